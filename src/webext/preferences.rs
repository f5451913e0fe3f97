//! The preferences of the extension's pages, stored by `extension/settings.js`, which explains why it is JavaScript.

use crate::errors::BrowserError;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// The preference `language`, `theme`, `contrast` or `masked`. `None` if it follows the browser.
    #[wasm_bindgen(js_namespace = preferences)]
    pub fn get(name: &str) -> Option<String>;

    /// Sets a preference; `None` follows the browser. Resolves when it is stored. A change of the language reloads the
    /// document.
    #[wasm_bindgen(js_namespace = preferences)]
    pub fn set(name: &str, value: Option<&str>) -> Promise;

    /// The language tag for dates and times.
    #[wasm_bindgen(js_namespace = preferences)]
    pub fn locale() -> String;

    /// The native name of a supported language. `language` is a folder of `_locales`.
    #[wasm_bindgen(js_namespace = preferences, js_name = nameOf)]
    pub fn name_of(language: &str) -> String;
}

/// Whether personal values are masked on the screen and in copied text.
pub fn is_masked() -> bool {
    get("masked").as_deref() == Some("yes")
}

/// Turns masking on or off. It takes effect at once, even if it can't be stored.
pub fn set_masked(on: bool) -> Promise {
    set("masked", on.then_some("yes"))
}

/// Turns masking on or off, without waiting until that is stored.
pub fn toggle_masked() {
    let _stored = set_masked(!is_masked());
}

/// Waits until a preference is stored.
pub async fn await_stored(choice: Promise) -> Result<(), BrowserError> {
    JsFuture::from(choice).await.map(drop).map_err(BrowserError::from)
}
