//! Keep, set or remove: the three things the SDK can be told about a value.

use crate::json_text::object;
use serde_json::Value;

/// What to do with a value: `Keep` leaves the key out (the SDK ignores an absent key), `Set` gives it, `Remove` sends
/// `null` (documentation page "Identifying the Visitor").
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Change<T> {
    #[default]
    Keep,
    Set(T),
    Remove,
}

impl<T> Change<T> {
    /// The form it is stored in.
    pub fn to_json(&self, write: impl FnOnce(&T) -> Value) -> Value {
        match self {
            Self::Keep => "keep".into(),
            Self::Set(value) => object([("set", write(value))]),
            Self::Remove => "remove".into(),
        }
    }

    /// Reads the form it is stored in. By hand, as everything the popup reads back: derived readers of its stored shapes
    /// and answers came to 16 KB gzip of a popup that may have 140. `None` for any other form.
    pub fn read(stored: &Value, read: impl FnOnce(&Value) -> Option<T>) -> Option<Self> {
        match stored.as_str() {
            Some("keep") => Some(Self::Keep),
            Some("remove") => Some(Self::Remove),
            _ => stored.get("set").and_then(read).map(Self::Set),
        }
    }

    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }
}
