//! Gaps in a document's entries.

/// A run of missing entries of a document. The events in it are unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The number of the first missing entry.
    pub first: u64,
    /// A time after all entries before the gap and before all entries after it, in milliseconds since the document's
    /// time origin.
    pub t: i64,
}
