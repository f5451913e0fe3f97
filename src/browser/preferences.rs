//! What the person chose for our own pages, as `extension/settings.js` keeps it: see there why that is no Rust.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

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

/// Masks them, or shows them again.
pub fn set_masked(on: bool) {
    // Kept or not, it is in force: a browser that keeps nothing has said so in its console.
    let _ = set("masked", on.then_some("yes"));
}
