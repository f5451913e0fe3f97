//! What a history shows for certain, although entries may be missing.

use super::entry::EntryId;
use super::history::{DocumentHistory, HistoryStep, RecordedCall, ValueKey};
use crate::sdk_version::is_version_2;
use crate::visitor::Field;
use crate::visitor::argument::sets_values;
use crate::visitor::page_value::PageValue;

impl DocumentHistory {
    /// The number of gaps before `t`.
    pub fn gaps_before(&self, t: i64) -> usize {
        self.gaps.partition_point(|gap| gap.t < t)
    }

    /// Whether nothing unknown happened between two steps of a value: no entries are missing, and each call could be
    /// read.
    pub fn follows(&self, step: &HistoryStep, next: &HistoryStep) -> bool {
        let begin = self.calls.partition_point(|call| call.entry <= step.entry);
        let mut between = self.calls[begin..].iter().take_while(|call| call.entry < next.entry);
        self.gaps_before(step.t) == self.gaps_before(next.t) && !between.any(RecordedCall::is_unread)
    }

    /// Whether the URL changed between two entries, or may have: a single-page app showed another view.
    pub fn moves_between(&self, first: EntryId, second: EntryId) -> bool {
        let marks = &self.marks;
        let next = marks.addresses.partition_point(|address| address.entry < first);
        marks.addresses_end.is_some() || marks.addresses.get(next).is_some_and(|address| address.entry < second)
    }

    /// The value that a call sets for a field. A frame may show one that couldn't be read in the call.
    pub fn given<'a>(&'a self, call: &'a RecordedCall, field: Field) -> Option<&'a PageValue> {
        let given = call.call.given(field.key())?;
        // Most values are whole, and a long history is searched only for the others.
        if given.is_whole() {
            return Some(given);
        }
        let steps = &self.value_history(ValueKey::Field(field)).steps;
        let shown = steps.iter().find(|step| step.entry == call.entry).and_then(|step| step.value.as_ref());
        Some(shown.filter(|shown| shown.is_whole()).unwrap_or(given))
    }

    /// Whether the SDK is 2.x, as far as is known. Without an observed version, it may be 2.x only if no entry is
    /// missing.
    pub fn may_be_version_2(&self) -> bool {
        self.version().map_or(self.complete, is_version_2)
    }

    /// Whether no entries are missing since the step was last observed.
    pub fn is_certain(&self, step: &HistoryStep) -> bool {
        let seen = [Some(step.entry), step.read, step.sent].into_iter().flatten();
        let last = seen.filter_map(|entry| entry.seq.page_number()).max();
        self.gaps.last().is_none_or(|gap| last.is_some_and(|last| last > gap.first))
    }
}

impl RecordedCall {
    /// Whether the argument as a whole could not be read, so that the call may have set or removed any field.
    pub fn is_unread(&self) -> bool {
        let is_unread = |argument: &PageValue| !argument.is_whole() && !matches!(argument, PageValue::Map(..));
        sets_values(&self.call.name) && self.call.arg(0).is_some_and(is_unread)
    }
}
