//! Replays the SDK's queue: when and in which order waiting calls run, and what stops it
//! (docs/sdk-reference.md#waiting-calls).

use super::super::entry::Entry;
use super::super::history::{CallResult, LossReason, Phase};
use super::Replay;
use crate::visitor::page_value::PageValue;

impl Replay {
    /// A call left the queue.
    pub(super) fn done(&mut self, entry: &Entry, id: u64) {
        let Some(&index) = self.by_id.get(&id) else { return };
        let call = &self.history.calls[index];
        let another_init = call.is("init") && self.init != Some(index);
        if another_init || !call.waited() || !matches!(call.result, CallResult::Waiting | CallResult::Unknown) {
            return;
        }
        let early = self.init_done && matches!(self.history.phase, Phase::Before | Phase::Closed);
        match self.history.calls[index].call.name.as_str() {
            "init" => self.init_ran(index, entry),
            "updateConnection" | "reset" if early => self.before_connecting(entry),
            _ => {
                self.leave_queue(index, entry);
                self.run(index);
            }
        }
    }

    /// A waiting `init` was processed.
    pub(super) fn init_ran(&mut self, index: usize, entry: &Entry) {
        self.leave_queue(index, entry);
        self.init(index);
    }

    /// Just before the connection, all waiting resets run first, then the waiting updates. They reach the server only
    /// in `hello`.
    pub(super) fn before_connecting(&mut self, entry: &Entry) {
        let named = |replay: &Self, name: &str| -> Vec<usize> {
            replay.waiting.iter().copied().filter(|index| replay.history.calls[*index].is(name)).collect()
        };
        let (resets, updates) = (named(self, "reset"), named(self, "updateConnection"));
        let any = !resets.is_empty() || !updates.is_empty();
        if any && !self.history.marks.handshakes.is_empty() && self.history.marks.dead_queue.is_none() {
            self.history.marks.dead_queue = Some(entry.id);
        }
        for index in resets {
            self.leave_queue(index, entry);
            self.reset(index, false);
        }
        for index in updates {
            self.leave_queue(index, entry);
            if hangs(self.history.calls[index].call.arg(0)) {
                return self.hang(index);
            }
            self.update(index, true);
        }
    }

    pub(super) fn leave_queue(&mut self, index: usize, entry: &Entry) {
        self.waiting.retain(|waiting| *waiting != index);
        self.history.calls[index].result = CallResult::Processed(entry.id);
    }

    /// Another function replaced the called one. It has a separate queue and `init`, and the results of calls that
    /// waited in the old queue are unknown.
    pub(super) fn replaced(&mut self) {
        for index in std::mem::take(&mut self.waiting) {
            self.history.calls[index].result = CallResult::Unknown;
            let id = self.history.calls[index].call.id;
            self.by_id.remove(&id);
        }
        (self.init, self.init_done) = (None, false);
    }

    /// A handshake disproves that a call hangs the SDK, and the queue is processed.
    pub(super) fn go_on(&mut self) {
        let Some(index) = self.history.marks.hung.take().and_then(|entry| self.history.index_of(entry)) else { return };
        self.update(index, true);
        for (index, call) in self.history.calls.iter_mut().enumerate() {
            if call.result == CallResult::Lost(LossReason::Hung) {
                call.result = CallResult::Waiting;
                self.waiting.push(index);
            }
        }
    }

    fn hang(&mut self, index: usize) {
        self.history.marks.hung = Some(self.history.calls[index].entry);
        for index in std::mem::take(&mut self.waiting) {
            self.history.calls[index].result = CallResult::Lost(LossReason::Hung);
        }
    }
}

/// Whether a *waiting* `updateConnection` with this argument hangs the SDK: no argument, or truthy `identities` or
/// `tags` that are neither string nor list (*ran*).
pub fn hangs(argument: Option<&PageValue>) -> bool {
    let Some(argument) = argument.filter(|argument| !argument.is_falsy()) else { return true };
    let fine = |value: &PageValue| {
        value.is_falsy()
            || !value.is_whole()
            || matches!(value, PageValue::Text(_) | PageValue::CutText { .. } | PageValue::List(..))
    };
    ["identities", "tags"].iter().any(|key| argument.get(key).is_some_and(|value| !fine(value)))
}
