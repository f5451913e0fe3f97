//! `chrome.runtime`, and its messages as typed values.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Sends one message to the extension's other parts; the promise holds the answer, and is rejected when nobody
    /// is there to give one.
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = sendMessage)]
    pub fn send_message(message: &JsValue) -> js_sys::Promise;
}

/// A value as browsers send it in messages and store it: `null` for nothing, and no maps.
pub fn to_js(value: &impl Serialize) -> Result<JsValue, String> {
    value.serialize(&Serializer::json_compatible()).map_err(|error| error.to_string())
}

/// A typed value; an error says what it has that the type doesn't.
pub fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, String> {
    serde_wasm_bindgen::from_value(value).map_err(|error| error.to_string())
}
