//! The background program: the functions that `extension/background.js` calls.

use js_sys::Function;
use upscope_inspector::background::recording::SiteEvent;
use upscope_inspector::background::{self, BackgroundError};
use wasm_bindgen::prelude::*;

fn main() {}

/// Answers one message of a page; see [`background::answer`].
#[wasm_bindgen]
pub async fn answer(message: JsValue, probe: Function) -> Result<JsValue, JsValue> {
    background::answer(message, &probe).await.map_err(JsValue::from)
}

/// Updates a tab's toolbar button; see [`background::update_badge`].
#[wasm_bindgen]
pub async fn badge(tab: i32) -> Result<(), JsValue> {
    background::update_badge(tab).await.map_err(BackgroundError::from)?.await.map_err(JsValue::from)
}

/// Handles that the person granted a permission; see [`background::recording::handle`].
#[wasm_bindgen(js_name = permissionGranted)]
pub async fn permission_granted() -> Result<(), JsValue> {
    background::recording::handle(SiteEvent::PermissionGranted).await.map_err(JsValue::from)
}

/// Checks the recorded sites after an event that may make them outdated; see [`background::recording::handle`].
#[wasm_bindgen(js_name = checkSites)]
pub async fn check_sites() -> Result<(), JsValue> {
    background::recording::handle(SiteEvent::MayBeOutdated).await.map_err(JsValue::from)
}

/// Stores a relay's batch and returns the reply to the relay; see [`background::recording::take_batch`].
#[wasm_bindgen(js_name = takeBatch)]
pub async fn take_batch(batch: JsValue, sender: JsValue) -> Result<JsValue, JsValue> {
    background::recording::take_batch(&batch, &sender).await.map_err(JsValue::from)
}

/// Moves a tab's data to its new ID; see [`background::follow`].
#[wasm_bindgen]
pub async fn follow(old: i32, tab: i32) -> Result<(), JsValue> {
    background::follow(old, tab).await.map_err(JsValue::from)
}

/// Completes what a stopped background left unfinished; see [`background::resume`].
#[wasm_bindgen]
pub async fn resume() -> Result<(), JsValue> {
    background::resume().await.map_err(JsValue::from)
}

/// Deletes the data of a closed tab; see [`background::forget`].
#[wasm_bindgen]
pub async fn forget(tab: i32) -> Result<(), JsValue> {
    background::forget(tab).await.map_err(JsValue::from)
}
