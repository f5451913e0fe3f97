//! How long something may be missing before that is a mistake.

use crate::recording::history::DocumentHistory;

/// How long a page must have waited in vain before it was left, in milliseconds. A shorter visit shows nothing.
const VISIT_MS: i64 = 3_000;

/// How long `doc` must have waited in vain, in milliseconds: `patience` while it is open, less once it was left.
pub fn patience_with(doc: &DocumentHistory, patience: i64) -> i64 {
    if doc.marks.left.is_some() { VISIT_MS } else { patience }
}
