//! `chrome.runtime`.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Sends one message to the extension's other parts; the promise holds the answer, and is rejected when nobody
    /// is there to give one.
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = sendMessage)]
    pub fn send_message(message: &JsValue) -> js_sys::Promise;
}
