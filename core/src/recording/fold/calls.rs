//! Calls: at once or into the queue.

use super::super::entry::{Call, Entry, SocketMoment};
use super::super::story::{CallStory, Effect, Fate, Loss, Phase, Subject};
use super::Fold;
use crate::visitor::Field;
use crate::visitor::page_value::PageValue;
use std::sync::Arc;

impl Fold {
    pub(super) fn call(&mut self, entry: &Entry, call: &Arc<Call>) {
        let index = self.story.calls.len();
        let fate = if call.waits { Fate::Waiting } else { Fate::AtOnce };
        self.story.calls.push(CallStory {
            entry: entry.id,
            t: entry.t,
            task: entry.task,
            call: Arc::clone(call),
            fate,
            effects: vec![],
            own: None,
            phase: self.story.phase,
        });
        self.by_id.insert(call.id, index);
        self.claim(index);
        if call.name == "init" && self.init.is_some() {
            self.story.calls[index].fate = Fate::Lost(Loss::SecondInit);
            return;
        }
        if call.name == "init" && !self.story.gaps.is_empty() {
            // One before it may be what counts.
            self.story.calls[index].fate = Fate::Unknown;
            return;
        }
        if call.name == "init" {
            self.init = Some(index);
        }
        if self.story.marks.hung.is_some() {
            self.story.calls[index].fate = Fate::Lost(Loss::Hung);
        } else if call.waits {
            self.waiting.push(index);
        } else {
            self.run(index);
        }
    }

    /// What a call does that is taken by a ready SDK.
    pub(super) fn run(&mut self, index: usize) {
        match self.story.calls[index].call.name.as_str() {
            "init" => self.init(index),
            "updateConnection" => self.update(index, false),
            "reset" => self.reset(index, true),
            _ => {}
        }
    }

    /// What the configuration reads after a call, which counts for more than what the rules say it must be.
    pub(super) fn change(&mut self, entry: &Entry, call: Option<u64>, keys: &[(Field, PageValue)]) {
        let Some(&index) = call.and_then(|call| self.by_id.get(&call)) else {
            return keys.iter().for_each(|(field, value)| self.read(entry, *field, Some(value)));
        };
        for (field, value) in keys {
            let subject = Subject::Field(*field);
            let value = super::something(value);
            if self.story.calls[index].did(subject, Effect::Wiped) {
                continue; // it reads so for the rest of this task only
            }
            if self.now(subject).is_none() || !self.agrees(subject, value.as_ref()) {
                let (cause, effect) =
                    (self.cause_of(index), if value.is_some() { Effect::Set } else { Effect::Removed });
                let at = (self.story.calls[index].entry, entry.t);
                self.step(subject, at, cause, value);
                self.story.calls[index].effects.push((subject, effect));
            }
            if let Some(now) = self.now_mut(subject) {
                now.read = Some(entry.id);
            }
        }
    }

    pub(super) fn socket(&mut self, entry: &Entry, what: SocketMoment) {
        match what {
            SocketMoment::New => {
                // A socket proves that `init` was read, though the recorder may notice the configuration later.
                if let Some(init) = self.init.filter(|_| !self.init_done) {
                    self.init_ran(init, entry);
                }
                self.before_connecting(entry);
                self.story.phase = Phase::Connecting;
                self.socket = Some(entry.id);
            }
            SocketMoment::Close | SocketMoment::Error if self.story.phase != Phase::Before => {
                // A session that goes on says so after the next handshake.
                (self.story.phase, self.story.in_session) = (Phase::Closed, false);
                self.lost.clear();
            }
            _ => {}
        }
    }
}
