//! What the person chose for our own pages, as `extension/settings.js` keeps it: see there why that is no Rust.

use super::BrowserError;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// The choice of this name: `language`, `theme` or `masked`. `None` where the browser decides.
    #[wasm_bindgen(js_namespace = preferences)]
    pub fn get(name: &str) -> Option<String>;

    /// Makes a choice, or with `None` leaves it to the browser. Settled when it is kept; another language then loads the
    /// document anew.
    #[wasm_bindgen(js_namespace = preferences)]
    pub fn set(name: &str, value: Option<&str>) -> Promise;

    /// The tag by which dates and times are written.
    #[wasm_bindgen(js_namespace = preferences)]
    pub fn locale() -> String;

    /// What a language of ours, named by its folder, calls itself.
    #[wasm_bindgen(js_namespace = preferences, js_name = nameOf)]
    pub fn name_of(language: &str) -> String;
}

/// Whether personal values are masked on the screen and in what is copied.
pub fn is_masked() -> bool {
    get("masked").is_some()
}

/// Masker them, or shows them again. In force at once, kept or not.
pub fn set_masked(on: bool) -> Promise {
    set("masked", on.then_some("yes"))
}

/// Waits until a choice is kept.
pub async fn kept(choice: Promise) -> Result<(), BrowserError> {
    JsFuture::from(choice).await.map(drop).map_err(BrowserError::from)
}
