//! What was recorded, as the popup or a page of its own shows it when it is opened.

use js_sys::Function;
use upscope_inspector::recorded;
use wasm_bindgen::prelude::*;
use web_sys::Element;

fn main() {
    recorded::start();
}

/// Shows one of the recorded views; see [`recorded::open`].
#[wasm_bindgen]
pub fn open(into: Element, tab: Option<i32>, view: &str, host: JsValue) {
    recorded::open(into, tab, view, host);
}

/// Tells who set what holds now, and whenever that changes; see [`recorded::provenance`].
#[wasm_bindgen]
pub fn provenance(tab: i32, document: &str, tell: Function) {
    recorded::provenance(tab, document, tell);
}

/// What to copy in the place of a text; see [`upscope_inspector::app::masked::masked`].
#[wasm_bindgen]
pub fn masked(what: &str, text: &str) -> Option<String> {
    upscope_inspector::app::masked::masked(what, text)
}

/// Shows the form that connects the team's account; see [`upscope_inspector::account::options`].
#[wasm_bindgen]
pub fn options(into: web_sys::Element) {
    upscope_inspector::account::options(&into);
}

/// Shows the search for visitors; see [`upscope_inspector::account::find`].
#[wasm_bindgen]
pub fn find(into: web_sys::Element) {
    upscope_inspector::account::find(&into);
}

/// Shows the first-run page; see [`upscope_inspector::account::welcome`].
#[wasm_bindgen]
pub fn welcome(into: web_sys::Element) {
    upscope_inspector::account::welcome(&into);
}

/// Opens the palette of presets over the popup; see [`upscope_inspector::account::presets`].
#[wasm_bindgen]
pub fn presets(tab: Option<i32>, host: JsValue) {
    upscope_inspector::account::presets(tab, host);
}

/// Offers values used before, from the first editor on; see [`upscope_inspector::account::offers`].
#[wasm_bindgen]
pub fn offers(tab: Option<i32>, look: Function) {
    upscope_inspector::account::offers(tab, look);
}

/// Compares the page's visitor with the server's; see [`upscope_inspector::account::server`].
#[wasm_bindgen]
pub fn server(page: js_sys::Function, tell: js_sys::Function) -> JsValue {
    upscope_inspector::account::server(page, tell)
}
