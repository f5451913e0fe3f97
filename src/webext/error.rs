//! Errors of browser APIs.

use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};

/// Why a browser API failed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BrowserError {
    /// A storage is full. Both browsers mention the quota in the error (*seen*).
    #[error("{0}")]
    Full(String),
    /// Any other rejection or exception, with the browser's text.
    #[error("{0}")]
    Rejected(String),
    /// The web lock was refused, so nothing was done.
    #[error("no lock")]
    NoLock,
    /// There is no document.
    #[error("no document")]
    NoDocument,
}

impl From<JsValue> for BrowserError {
    fn from(error: JsValue) -> Self {
        let words = error_text(&error);
        if words.to_ascii_lowercase().contains("quota") { Self::Full(words) } else { Self::Rejected(words) }
    }
}

/// For errors that are shown to a person as the browser reports them.
impl From<BrowserError> for String {
    fn from(error: BrowserError) -> Self {
        error.to_string()
    }
}

/// The text of an exception or a rejection.
pub fn error_text(error: &JsValue) -> String {
    let message = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    message
        .or_else(|| error.as_string())
        .unwrap_or_else(|| String::from(js_sys::JSON::stringify(error).unwrap_or_default()))
}
