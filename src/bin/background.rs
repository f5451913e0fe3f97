//! The background: what `extension/background.js` hands its events to.

use js_sys::Function;
use upscope_inspector::background;
use wasm_bindgen::prelude::*;

fn main() {}

/// Answers one message of the popup; see [`background::answer`].
#[wasm_bindgen]
pub async fn answer(message: JsValue, probe: Function) -> Result<JsValue, JsValue> {
    background::answer(message, &probe).await.map_err(JsValue::from)
}

/// Hears an event of the browser; see [`background::recording::hear`].
#[wasm_bindgen]
pub async fn hear(event: String, first: JsValue, second: JsValue) -> Result<JsValue, JsValue> {
    background::recording::hear(&event, &first, &second).await.map_err(JsValue::from)
}

/// Keeps for a tab what was kept for it under another id; see [`background::follow`].
#[wasm_bindgen]
pub async fn follow(old: i32, tab: i32) -> Result<(), JsValue> {
    background::follow(old, tab).await.map_err(JsValue::from)
}

/// Goes on with what a stopped background left half moved; see [`background::resume`].
#[wasm_bindgen]
pub async fn resume() -> Result<(), JsValue> {
    background::resume().await.map_err(JsValue::from)
}

/// Forgets a closed tab; see [`background::forget`].
#[wasm_bindgen]
pub async fn forget(tab: i32) -> Result<(), JsValue> {
    background::forget(tab).await.map_err(JsValue::from)
}
