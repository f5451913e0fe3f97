//! Every page of the extension: the popup, which starts at once, and the pages that a lazy part shows.

use upscope_inspector::lazy::NotLoaded;
use upscope_inspector::ui::{self, lazy_pages};
use upscope_inspector::ui::recording::mount;
use wasm_bindgen::prelude::*;
use web_sys::Element;

/// Says on the console why the program stopped.
fn main() {
    std::panic::set_hook(Box::new(|panic| web_sys::console::error_1(&panic.to_string().into())));
}

/// Starts the popup.
#[wasm_bindgen]
pub fn popup() {
    ui::start();
}

/// Shows a recorded view in a page of its own; see [`mount::open`].
#[wasm_bindgen]
pub async fn recorded(into: Element, tab: Option<i32>, view: String) -> Result<(), JsValue> {
    loaded(mount::open(into, tab, view, None).await)
}

/// Shows the options; see [`lazy_pages::options`].
#[wasm_bindgen]
pub async fn options(into: Element) -> Result<(), JsValue> {
    loaded(lazy_pages::options(into).await)
}

/// Shows the search for visitors; see [`lazy_pages::find`].
#[wasm_bindgen]
pub async fn find(into: Element) -> Result<(), JsValue> {
    loaded(lazy_pages::find(into).await)
}

/// Shows the first-run page; see [`lazy_pages::welcome`].
#[wasm_bindgen]
pub async fn welcome(into: Element) -> Result<(), JsValue> {
    loaded(lazy_pages::welcome(into).await)
}

fn loaded(outcome: Result<(), NotLoaded>) -> Result<(), JsValue> {
    outcome.map_err(|NotLoaded| "a part of the program was not loaded".into())
}
