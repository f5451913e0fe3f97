//! Keep, set or remove: the possible changes of a value.

use crate::json_text::object;
use serde_json::Value;

/// The change of a value: `Keep` omits the key (the SDK ignores an absent key), `Set` sends a value, `Remove` sends `null`
/// (documentation page "Identifying the Visitor").
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Change<T> {
    #[default]
    Keep,
    Set(T),
    Remove,
}

impl<T> Change<T> {
    /// Returns the stored form.
    pub fn to_json(&self, write: impl FnOnce(&T) -> Value) -> Value {
        match self {
            Self::Keep => "keep".into(),
            Self::Set(value) => object([("set", write(value))]),
            Self::Remove => "remove".into(),
        }
    }

    /// Reads the stored form; `None` for any other. Written without derived readers, which added 16 KB gzip to the popup.
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
