//! The program of every extension page: the popup, which starts at once, and the other pages, which are lazy parts.

use upscope_inspector::lazy::NotLoaded;
use upscope_inspector::ui;
use wasm_bindgen::prelude::*;
use web_sys::Element;

/// Logs a panic to the console.
fn main() {
    std::panic::set_hook(Box::new(|panic| web_sys::console::error_1(&panic.to_string().into())));
}

/// Starts the popup.
#[wasm_bindgen]
pub fn popup() {
    ui::popup::start();
}

/// Shows a view of the recording in its own page; see [`ui::recording::open`].
#[wasm_bindgen]
pub async fn recorded(into: Element, tab: Option<i32>, view: String) -> Result<(), JsValue> {
    loaded(ui::recording::open(into, tab, view, None).await)
}

/// Shows the options; see [`ui::options::open`].
#[wasm_bindgen]
pub async fn options(into: Element) -> Result<(), JsValue> {
    loaded(ui::options::open(into).await)
}

/// Shows the visitor search; see [`ui::search::open`].
#[wasm_bindgen]
pub async fn find(into: Element) -> Result<(), JsValue> {
    loaded(ui::search::open(into).await)
}

/// Shows the first-run page; see [`ui::welcome::open`].
#[wasm_bindgen]
pub async fn welcome(into: Element) -> Result<(), JsValue> {
    loaded(ui::welcome::open(into).await)
}

fn loaded(outcome: Result<(), NotLoaded>) -> Result<(), JsValue> {
    outcome.map_err(|NotLoaded| "a part of the program was not loaded".into())
}
