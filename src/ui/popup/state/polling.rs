//! How often the page is inspected. The browser lists all keys of an object at once, so a page with a million keys
//! takes half a second (*measured* in V8) for each inspection, and longer in a slow one. Such a page is inspected less
//! often.

use super::model::Model;

/// The popup rests for this many times the duration of the last inspection: a page is inspected at most a fifth of its
/// time.
const REST_FACTOR: i64 = 4;

/// The longest rest, in milliseconds.
const MAX_REST: i64 = 10_000;

/// Notes the duration of an inspection, in milliseconds.
pub(super) fn rest(model: &mut Model, duration: i64) {
    model.rests_until = model.now.saturating_add(duration.saturating_mul(REST_FACTOR).clamp(0, MAX_REST));
}

/// Whether the popup rests. A clock that was set back doesn't make the rest longer.
pub(super) fn is_resting(model: &Model) -> bool {
    (1..=MAX_REST).contains(&model.rests_until.saturating_sub(model.now))
}
