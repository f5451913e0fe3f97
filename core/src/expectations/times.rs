//! An index of times.

use std::ops::Range;

/// The times of items in the order of the recording. A page's clock may go back, so they may not be sorted.
pub(super) struct Times {
    /// Of each item, the greatest time of it and those before it.
    greatest: Vec<i64>,
    /// Of each item, the least time of it and those after it.
    least: Vec<i64>,
}

impl Times {
    pub fn new(times: impl Iterator<Item = i64>) -> Self {
        let mut greatest: Vec<i64> = times.collect();
        let mut least = greatest.clone();
        for at in 1..greatest.len() {
            greatest[at] = greatest[at].max(greatest[at - 1]);
        }
        for at in (1..least.len()).rev() {
            least[at - 1] = least[at - 1].min(least[at]);
        }
        Self { greatest, least }
    }

    /// The index of the last item at or before `t`.
    pub fn last_until(&self, t: i64) -> Option<usize> {
        self.least.partition_point(|least| *least <= t).checked_sub(1)
    }

    /// The indices that all items after `from` and until `until` have. Others may be among them.
    pub fn between(&self, from: i64, until: i64) -> Range<usize> {
        let first = self.greatest.partition_point(|greatest| *greatest <= from);
        let end = self.least.partition_point(|least| *least <= until);
        first..end.max(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_index_finds_what_a_search_finds(times in prop::collection::vec(0..9_i64, 0..9), from in 0..9_i64, until in 0..9_i64) {
            let index = Times::new(times.iter().copied());
            prop_assert_eq!(index.last_until(until), times.iter().rposition(|t| *t <= until));
            let range = index.between(from, until);
            for (at, t) in times.iter().enumerate() {
                prop_assert!(range.contains(&at) || !(*t > from && *t <= until));
            }
            if let (Some(first), Some(last)) = (times.get(range.start), range.clone().last()) {
                prop_assert!(range.is_empty() || (*first > from && times[last] <= until));
            }
        }
    }
}
