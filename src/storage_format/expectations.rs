//! The stored expectations: one text of `inspector_core::expectations::stored` in `storage.local`. And the one that is
//! being edited, in `storage.session`.

use super::session;
use serde::{Deserialize, Serialize};

/// The key of the list.
pub const EXPECTATIONS_KEY: &str = "expectations";

/// The web lock for changes, so that two pages don't overwrite each other's changes.
pub const EXPECTATIONS_LOCK: &str = EXPECTATIONS_KEY;

/// The key of the draft.
pub const DRAFT_KEY: &str = "expectationDraft";

/// The version of the draft. Any other version is read as nothing stored.
pub const VERSION: u32 = 1;

/// An expectation that is being edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectationDraft {
    pub v: u32,
    /// Its name in the list; `None` for a new one.
    pub of: Option<String>,
    /// The text as typed, which may be invalid.
    pub text: String,
}

impl ExpectationDraft {
    /// Serializes the draft as JSON text.
    pub fn to_text(&self) -> String {
        session::write(self)
    }

    /// Reads the JSON text; `None` if it has another version.
    pub fn read(text: &str) -> Option<Self> {
        session::read(text).filter(|draft: &Self| draft.v == VERSION)
    }
}
