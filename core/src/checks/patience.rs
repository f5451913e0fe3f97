//! How long something may be missing before it counts as a mistake.

use crate::recording::history::DocumentHistory;

/// How long the page must have been open before the visitor left it, in milliseconds. A shorter visit shows nothing.
const VISIT_MS: i64 = 3_000;

/// How long something must have been missing in `doc`, in milliseconds: `patience` while the page is open, less after
/// the visitor has left it.
pub fn patience_with(doc: &DocumentHistory, patience: i64) -> i64 {
    if doc.marks.left.is_some() { VISIT_MS } else { patience }
}
