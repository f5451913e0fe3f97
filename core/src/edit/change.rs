//! Keep, set or remove: the possible changes of a value.

use serde::{Deserialize, Serialize};

/// The change of a value: `Keep` omits the key (the SDK ignores an absent key), `Set` sends a value, `Remove` sends
/// `null` (documentation page "Identifying the Visitor").
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Change<T> {
    #[default]
    Keep,
    Set(T),
    Remove,
}

impl<T> Change<T> {
    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }
}
