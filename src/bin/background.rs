//! The background: what `extension/background.js` hands its events to.

use js_sys::Function;
use upscope_inspector::background;
use upscope_inspector::lazy::NotLoaded;
use wasm_bindgen::prelude::*;

fn main() {}

/// What a lazy function returned, or an error for the console.
fn loaded<T>(outcome: Result<T, NotLoaded>) -> Result<T, JsValue> {
    outcome.map_err(|NotLoaded| "a part of the background was not loaded".into())
}

/// Answers one message of a page; see [`background::answer`].
#[wasm_bindgen]
pub async fn answer(message: JsValue, probe: Function) -> Result<JsValue, JsValue> {
    background::answer(message, &probe).await.map_err(JsValue::from)
}

/// Updates a tab's toolbar button; see [`background::update_badge`].
#[wasm_bindgen]
pub async fn badge(tab: i32) -> Result<(), JsValue> {
    loaded(background::update_badge(tab).await)?.await;
    Ok(())
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
