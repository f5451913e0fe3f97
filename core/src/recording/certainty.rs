//! What a history shows for certain, although entries may be missing.

use super::history::{DocumentHistory, HistoryStep};
use crate::sdk_version::is_version_2;

impl DocumentHistory {
    /// The number of gaps before `t`.
    pub fn gaps_before(&self, t: i64) -> usize {
        self.gaps.partition_point(|gap| gap.t < t)
    }

    /// Whether no entries are missing between two steps of a value.
    pub fn follows(&self, step: &HistoryStep, next: &HistoryStep) -> bool {
        self.gaps_before(step.t) == self.gaps_before(next.t)
    }

    /// Whether the SDK is 2.x, as far as is known. Without an observed version, it may be 2.x only if no entry is missing.
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
