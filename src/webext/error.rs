//! Conversions from JavaScript's errors.

use crate::errors::{BrowserError, WireError};
use wasm_bindgen::{JsCast, JsValue};

impl From<JsValue> for BrowserError {
    fn from(error: JsValue) -> Self {
        let words = error_text(&error);
        if words.to_ascii_lowercase().contains("quota") { Self::Full(words) } else { Self::Rejected(words) }
    }
}

impl From<serde_wasm_bindgen::Error> for WireError {
    fn from(error: serde_wasm_bindgen::Error) -> Self {
        Self(error.to_string())
    }
}

/// The text of an exception or a rejection.
pub fn error_text(error: &JsValue) -> String {
    let message = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    message
        .or_else(|| error.as_string())
        .unwrap_or_else(|| String::from(js_sys::JSON::stringify(error).unwrap_or_default()))
}
