//! Replays calls, which run at once or wait in the queue.

use super::super::entry::{Call, Entry, SocketMoment};
use super::super::history::{CallEffect, CallResult, LossReason, Phase, RecordedCall, ValueKey};
use super::Replay;
use crate::visitor::Field;
use crate::visitor::page_value::PageValue;
use std::sync::Arc;

impl Replay {
    pub(super) fn call(&mut self, entry: &Entry, call: &Arc<Call>) {
        let index = self.history.calls.len();
        let result = if call.waits { CallResult::Waiting } else { CallResult::AtOnce };
        self.history.calls.push(RecordedCall {
            entry: entry.id,
            t: entry.t,
            task: entry.task,
            call: Arc::clone(call),
            result,
            effects: vec![],
            own: None,
            phase: self.history.phase,
        });
        self.by_id.insert(call.id, index);
        self.match_act(index);
        if call.name == "init" && !self.history.gaps.is_empty() {
            // A missing earlier `init` may be the effective one, and another function may have replaced the one that
            // got it.
            self.history.calls[index].result = CallResult::Unknown;
            return;
        }
        if call.name == "init" && self.init.is_some() {
            self.history.calls[index].result = CallResult::Lost(LossReason::SecondInit);
            return;
        }
        if call.name == "init" {
            self.init = Some(index);
        }
        if self.history.marks.hung.is_some() {
            self.history.calls[index].result = CallResult::Lost(LossReason::Hung);
        } else if call.waits {
            self.waiting.push(index);
        } else {
            self.run(index);
        }
    }

    /// Applies a call that a ready SDK processes.
    pub(super) fn run(&mut self, index: usize) {
        match self.history.calls[index].call.name.as_str() {
            "init" => self.init(index),
            "updateConnection" => self.update(index, false),
            "reset" => self.reset(index, true),
            _ => {}
        }
    }

    /// Applies the configuration as read after a call, which takes precedence over the documented rules.
    pub(super) fn change(&mut self, entry: &Entry, call: Option<u64>, keys: &[(Field, PageValue)]) {
        let Some(&index) = call.and_then(|call| self.by_id.get(&call)) else {
            return keys.iter().for_each(|(field, value)| self.read(entry, *field, Some(value)));
        };
        for (field, value) in keys {
            let key = ValueKey::Field(*field);
            let value = super::something(value);
            if self.history.calls[index].had_effect(key, CallEffect::Wiped) {
                continue; // the value stays only for the rest of this task
            }
            self.reveal(key, value.as_ref());
            if self.now(key).is_none() || !self.agrees(key, value.as_ref()) {
                let (cause, effect) =
                    (self.cause_of(index), if value.is_some() { CallEffect::Set } else { CallEffect::Removed });
                let at = (self.history.calls[index].entry, entry.t);
                self.add_step(key, at, cause, value);
                self.history.calls[index].effects.push((key, effect));
            }
            if let Some(now) = self.now_mut(key) {
                now.read = Some(entry.id);
            }
        }
    }

    pub(super) fn socket(&mut self, entry: &Entry, what: SocketMoment) {
        match what {
            SocketMoment::New => {
                // A socket proves that `init` was processed, although the recorder may observe the configuration later.
                if let Some(init) = self.init.filter(|_| !self.init_done) {
                    self.init_ran(init, entry);
                }
                self.before_connecting(entry);
                self.history.phase = Phase::Connecting;
                self.socket = Some(entry.id);
            }
            SocketMoment::Close | SocketMoment::Error if self.history.phase != Phase::Before => {
                // A continued session is announced after the next handshake.
                (self.history.phase, self.history.in_session) = (Phase::Closed, false);
                self.lost.clear();
            }
            _ => {}
        }
    }
}
