//! The program that shows recordings, as `popup.js` starts it: a wasm module of ours beside this one.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The exports of `src/bin/recorded.rs`.
    pub type Recorded;

    /// Shows a view in an element; `host` is what the popup offers it.
    #[wasm_bindgen(method)]
    pub fn open(this: &Recorded, into: &web_sys::Element, tab: Option<i32>, view: &str, host: &JsValue);

    /// Tells now and after every change what was recorded of a document: `tell([[key, words, cause, entry]] | undefined,
    /// problems)`.
    #[wasm_bindgen(method)]
    pub fn provenance(this: &Recorded, tab: i32, document: &str, tell: &Function);

    /// What to copy in the place of a text; see `app::masked`.
    #[wasm_bindgen(method)]
    pub fn masked(this: &Recorded, what: &str, text: &str) -> Option<String>;
    /// Opens the palette of presets over the page; `host` as for `open`.
    #[wasm_bindgen(method)]
    pub fn presets(this: &Recorded, tab: Option<i32>, host: &JsValue);

    /// An editor was opened: offers in it what was used before. `look()` gives the raw text of the last look.
    #[wasm_bindgen(method)]
    pub fn offers(this: &Recorded, tab: Option<i32>, look: &JsValue);

    /// Compares the page's visitor with the server's from now on: `page()` gives the raw text of the last look, and
    /// `tell(lines, summary)` is called at each change; see `account::watch`.
    #[wasm_bindgen(method)]
    pub fn server(this: &Recorded, page: &Function, tell: &Function) -> Comparison;

    /// A comparison under way.
    #[derive(Clone)]
    pub type Comparison;

    /// Asks the server again.
    #[wasm_bindgen(method)]
    pub fn refresh(this: &Comparison);

    /// The person sent this argument of an `updateConnection`, as JSON, to the page that was looked at since.
    #[wasm_bindgen(method)]
    pub fn edited(this: &Comparison, argument: &str);

    /// Opens a tab that watches the visitor; the promise holds what went wrong in words, or an empty text.
    #[wasm_bindgen(method)]
    pub fn watch(this: &Comparison) -> Promise;
}
