//! The SDK's queue: when waiting calls run, in which order, and how it goes dead (docs/sdk-reference.md#waiting-calls).

use super::super::entry::Entry;
use super::super::story::{Fate, Loss, Phase};
use super::Fold;
use crate::visitor::page_value::PageValue;

impl Fold {
    /// A call left the queue.
    pub(super) fn done(&mut self, entry: &Entry, id: u64) {
        let Some(&index) = self.by_id.get(&id) else { return };
        let call = &self.story.calls[index];
        let another_init = call.is("init") && self.init != Some(index);
        if another_init || !call.waited() || !matches!(call.fate, Fate::Waiting | Fate::Unknown) {
            return;
        }
        let early = self.init_done && matches!(self.story.phase, Phase::Before | Phase::Closed);
        match self.story.calls[index].call.name.as_str() {
            "init" => self.init_ran(index, entry),
            "updateConnection" | "reset" if early => self.before_connecting(entry),
            _ => {
                self.leave_queue(index, entry);
                self.run(index);
            }
        }
    }

    /// An `init` that waited for the SDK was read.
    pub(super) fn init_ran(&mut self, index: usize, entry: &Entry) {
        self.leave_queue(index, entry);
        self.init(index);
    }

    /// Just before connecting, waiting resets run first, whatever their order, then waiting updates; they reach the
    /// server through `hello` only.
    pub(super) fn before_connecting(&mut self, entry: &Entry) {
        let named = |fold: &Self, name: &str| -> Vec<usize> {
            fold.waiting.iter().copied().filter(|index| fold.story.calls[*index].is(name)).collect()
        };
        let (resets, updates) = (named(self, "reset"), named(self, "updateConnection"));
        let any = !resets.is_empty() || !updates.is_empty();
        if any && !self.story.marks.handshakes.is_empty() && self.story.marks.dead_queue.is_none() {
            self.story.marks.dead_queue = Some(entry.id);
        }
        for index in resets {
            self.leave_queue(index, entry);
            self.reset(index, false);
        }
        for index in updates {
            self.leave_queue(index, entry);
            if hangs(self.story.calls[index].call.arg(0)) {
                return self.hang(index);
            }
            self.update(index, true);
        }
    }

    fn leave_queue(&mut self, index: usize, entry: &Entry) {
        self.waiting.retain(|waiting| *waiting != index);
        self.story.calls[index].fate = Fate::Processed(entry.id);
    }

    /// Another function took the place of the one that was called: it has a queue and an `init` of its own, and nobody sees any
    /// more what becomes of the calls that waited in the other.
    pub(super) fn replaced(&mut self) {
        for index in std::mem::take(&mut self.waiting) {
            self.story.calls[index].fate = Fate::Unknown;
            let id = self.story.calls[index].call.id;
            self.by_id.remove(&id);
        }
        (self.init, self.init_done) = (None, false);
    }

    fn hang(&mut self, index: usize) {
        self.story.marks.hung = Some(self.story.calls[index].entry);
        for index in std::mem::take(&mut self.waiting) {
            self.story.calls[index].fate = Fate::Lost(Loss::Hung);
        }
    }
}

/// Whether a *waiting* `updateConnection` with this argument hangs the SDK: no argument, or truthy `identities` or `tags`
/// that are neither string nor list (*ran*).
pub fn hangs(argument: Option<&PageValue>) -> bool {
    let Some(argument) = argument.filter(|argument| !argument.is_falsy()) else { return true };
    let fine = |value: &PageValue| {
        value.is_falsy()
            || !value.is_whole()
            || matches!(value, PageValue::Text(_) | PageValue::CutText { .. } | PageValue::List(..))
    };
    ["identities", "tags"].iter().any(|key| argument.get(key).is_some_and(|value| !fine(value)))
}
