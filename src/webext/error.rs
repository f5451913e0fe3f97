//! What comes back instead of what the browser was asked for.

use super::error_text;
use thiserror::Error;
use wasm_bindgen::JsValue;

/// Why the browser did not do something.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BrowserError {
    /// There is no room in a storage, in the browser's own words: both browsers name the quota (*seen*).
    #[error("{0}")]
    Full(String),
    /// Anything else that was rejected or thrown, in the browser's own words.
    #[error("{0}")]
    Rejected(String),
    /// Another page could not be kept from doing the same meanwhile, so it was not begun.
    #[error("no lock")]
    NoLock,
    /// It needs a document, and there is none.
    #[error("no document")]
    NoDocument,
}

impl From<JsValue> for BrowserError {
    fn from(error: JsValue) -> Self {
        let words = error_text(&error);
        if words.to_ascii_lowercase().contains("quota") { Self::Full(words) } else { Self::Rejected(words) }
    }
}

/// For what is shown to a person as the browser says it.
impl From<BrowserError> for String {
    fn from(error: BrowserError) -> Self {
        error.to_string()
    }
}
