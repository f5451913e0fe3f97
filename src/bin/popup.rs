//! Every page of the extension: the popup, which starts at once, and the pages that a lazy part shows.

use upscope_inspector::lazy::NotLoaded;
use upscope_inspector::{account, recorded, ui};
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

/// Shows a recorded view in a page of its own; see [`recorded::open`].
#[wasm_bindgen]
pub async fn recorded(into: Element, tab: Option<i32>, view: String) -> Result<(), JsValue> {
    loaded(recorded::open(into, tab, view, None).await)
}

/// Shows the options; see [`account::options`].
#[wasm_bindgen]
pub async fn options(into: Element) -> Result<(), JsValue> {
    loaded(account::options(into).await)
}

/// Shows the search for visitors; see [`account::find`].
#[wasm_bindgen]
pub async fn find(into: Element) -> Result<(), JsValue> {
    loaded(account::find(into).await)
}

/// Shows the first-run page; see [`account::welcome`].
#[wasm_bindgen]
pub async fn welcome(into: Element) -> Result<(), JsValue> {
    loaded(account::welcome(into).await)
}

fn loaded(outcome: Result<(), NotLoaded>) -> Result<(), JsValue> {
    outcome.map_err(|NotLoaded| "a part of the program was not loaded".into())
}
