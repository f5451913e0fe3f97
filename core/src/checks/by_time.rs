//! Sorts the events that several parts of a history record.

use crate::ordered;

/// Merges events of several kinds, sorted by time. Each kind is nearly in order. Of events at the same time, those of
/// an earlier kind come first.
pub fn by_time<E, const N: usize>(kinds: [Vec<(i64, E)>; N]) -> impl Iterator<Item = (i64, E)> {
    let is_earlier = |one: &(i64, E), other: &(i64, E)| one.0 < other.0;
    let sorted = kinds.into_iter().map(|events| ordered::sorted(events, is_earlier));
    sorted.fold(vec![], |all, more| ordered::merge(all, more, is_earlier)).into_iter()
}
