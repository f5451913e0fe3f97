//! `chrome.action`: the toolbar button of a tab.

use super::{object, property, settle};
use js_sys::Promise;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "action"], js_name = setBadgeText)]
    fn set_badge_text(details: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "action"], js_name = setBadgeBackgroundColor)]
    fn set_badge_background_color(details: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "action"], js_name = setTitle)]
    fn set_title(details: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "action"], js_name = setIcon)]
    fn set_icon(details: &JsValue, done: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(thread_local_v2, js_namespace = chrome, js_name = runtime)]
    static RUNTIME: JsValue;
}

/// The appearance of a tab's button.
pub struct Button<'a> {
    pub badge: &'a str,
    /// The badge's color in CSS syntax.
    pub color: &'a str,
    pub title: &'a str,
    /// The paths of the icons with 16 and 32 pixels.
    pub icons: [String; 2],
}

/// Sets the button of a tab until the tab is navigated (Chromium) or closed. Errors are ignored: the tab was closed.
pub async fn set_button(tab: i32, button: &Button<'_>) {
    let details = |name: &str, value: JsValue| object([("tabId", tab.into()), (name, value)]);
    let [small, large] = button.icons.each_ref().map(JsValue::from);
    let _ = settle(set_badge_text(&details("text", button.badge.into()))).await;
    let _ = settle(set_badge_background_color(&details("color", button.color.into()))).await;
    let _ = settle(set_title(&details("title", button.title.into()))).await;
    // With a promise, Chromium doesn't reject if the tab is closed, and logs an unchecked `runtime.lastError` (*seen*
    // in Chromium 156). The callback reads it.
    let done = Closure::once_into_js(|| RUNTIME.with(|runtime| _ = property(runtime, "lastError")));
    let _ = set_icon(&details("path", object([("16", small), ("32", large)])), &done);
}
