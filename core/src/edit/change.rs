//! Keep, set or remove: the three things the SDK can be told about a value.

use serde::{Deserialize, Serialize};

/// What to do with a value: `Keep` leaves the key out (the SDK ignores an absent key), `Set` gives it, `Remove` sends
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
