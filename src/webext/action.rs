//! `action`: the toolbar button of one tab.

use super::{object, property};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "action"], js_name = setBadgeText)]
    async fn set_badge_text(details: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "action"], js_name = setBadgeBackgroundColor)]
    async fn set_badge_background_color(details: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "action"], js_name = setTitle)]
    async fn set_title(details: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "action"], js_name = setIcon)]
    fn set_icon(details: &JsValue, done: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(thread_local_v2, js_namespace = chrome, js_name = runtime)]
    static RUNTIME: JsValue;
}

/// How the button of a tab looks; `None` is as in the manifest.
pub struct Button<'a> {
    pub badge: &'a str,
    /// The badge's colour, as CSS has it.
    pub color: &'a str,
    pub title: &'a str,
    /// The pictures for 16 and 32 pixels, as paths in the extension.
    pub icons: [String; 2],
}

/// Gives a tab's button another look, until the tab is navigated (Chromium) or closed. That a tab is gone says nothing worth
/// telling.
pub async fn dress(tab: i32, button: &Button<'_>) {
    let of = |name: &str, value: JsValue| object([("tabId", tab.into()), (name, value)]);
    let [small, large] = button.icons.each_ref().map(JsValue::from);
    let _ = set_badge_text(&of("text", button.badge.into())).await;
    let _ = set_badge_background_color(&of("color", button.color.into())).await;
    let _ = set_title(&of("title", button.title.into())).await;
    // Chromium tells no promise of a picture that its tab is gone (*seen* in Chromium 156), and writes to the console what
    // nobody has read.
    let done = Closure::once_into_js(|| RUNTIME.with(|runtime| _ = property(runtime, "lastError")));
    let _ = set_icon(&of("path", object([("16", small), ("32", large)])), &done);
}
