//! `navigator.clipboard`.

use super::settle;
use crate::errors::BrowserError;
use js_sys::Promise;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["navigator", "clipboard"], js_name = writeText)]
    fn write(text: &str) -> Result<Promise, JsValue>;
}

/// Writes `text` to the clipboard. Fails if the document doesn't have the focus.
pub async fn write_text(text: &str) -> Result<(), BrowserError> {
    settle(write(text)).await.map(drop)
}
