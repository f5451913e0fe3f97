//! `chrome.runtime`, with typed messages.

use crate::errors::WireError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Sends a message to the other parts of the extension. Resolves to the reply, and rejects if there is no listener.
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = sendMessage)]
    pub fn send_message(message: &JsValue) -> js_sys::Promise;
}

/// Converts a value for messages and storage: `None` is `null`, and maps are plain objects.
pub fn to_js(value: &impl Serialize) -> Result<JsValue, WireError> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}

/// Converts a value to a type. The error names what doesn't match.
pub fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, WireError> {
    Ok(serde_wasm_bindgen::from_value(value)?)
}
