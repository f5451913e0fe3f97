//! What the background does seldom: a program apart, so that the background starts without it.

use upscope_inspector::errands;
use wasm_bindgen::prelude::*;

fn main() {}

/// Dresses the button of a tab; see [`errands::button::judge`].
#[wasm_bindgen]
pub async fn judge(tab: i32) {
    errands::button::judge(tab).await;
}

/// Answers what one of the extension's pages asks about Upscope's servers; see [`errands::server::answer`].
#[wasm_bindgen]
pub async fn server(message: JsValue) -> JsValue {
    errands::server::answer(&message).await
}
