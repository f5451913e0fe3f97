//! How long something may be missing before it counts as a mistake.

use crate::recording::history::{DocumentHistory, Observation};

/// How long the page must have been open before the visitor left it, in milliseconds. A shorter visit shows nothing.
const VISIT_MS: i64 = 3_000;

/// How long the SDK may take after its snippet or loader, in milliseconds.
pub const SDK_MS: i64 = 10_000;

/// How long something must have been missing in `doc`, in milliseconds: `patience` while the page is open, less after
/// the visitor has left it.
pub fn patience_with(doc: &DocumentHistory, patience: i64) -> i64 {
    if doc.marks.left.is_some() { VISIT_MS } else { patience }
}

/// Since when the page waits for the SDK, in milliseconds: since the newest snippet or loader, or else the first call.
/// `None` if it has none of them.
pub fn sdk_awaited_since(doc: &DocumentHistory) -> Option<i64> {
    let time = |mark: &Observation<_>| mark.t;
    let snippet = doc.marks.snippets.last().map(time).or_else(|| doc.calls.first().map(|call| call.t));
    snippet.max(doc.marks.account.as_ref().map(|mark| mark.t))
}
