//! Gaps, where entries are missing.

/// A run of missing entries of a document. The events in it are unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The number of the first missing entry.
    pub first: u64,
    /// The latest time of an entry before the gap, in milliseconds since the document's time origin.
    pub t: i64,
}
