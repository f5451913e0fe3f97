//! What a story does not know, because entries are not here.

use super::story::{DocStory, Step};

impl DocStory {
    /// In how many places entries from before `t` are not here.
    pub fn gaps_before(&self, t: i64) -> usize {
        self.gaps.partition_point(|gap| gap.t < t)
    }

    /// Whether nothing is missing between two steps of a value.
    pub fn follows(&self, step: &Step, next: &Step) -> bool {
        self.gaps_before(step.t) == self.gaps_before(next.t)
    }

    /// Whether nothing is missing since a step was last seen to hold.
    pub fn is_certain(&self, step: &Step) -> bool {
        let seen = [Some(step.entry), step.read, step.sent].into_iter().flatten();
        let last = seen.filter_map(|entry| entry.seq.of_page()).max();
        self.gaps.last().is_none_or(|gap| last.is_some_and(|last| last > gap.first))
    }
}
