//! Where entries are not here.

/// Where entries of a document are not here. What happened there is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The number of the first that is not.
    pub first: u64,
    /// The latest time of an entry before, in milliseconds since the document's time origin.
    pub t: i64,
}
