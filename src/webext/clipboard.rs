//! `navigator.clipboard`.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Puts `text` on the clipboard. Fails when the document has lost the focus.
    #[wasm_bindgen(catch, js_namespace = ["navigator", "clipboard"], js_name = writeText)]
    pub async fn write_text(text: &str) -> Result<JsValue, JsValue>;
}
