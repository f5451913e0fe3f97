//! `chrome.commands`: the extension's keyboard shortcuts.

use super::{property, tabs};
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

// All fallible: Chromium has no `openShortcutSettings`, and Firefox for Android has no `commands`.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "commands"], js_name = getAll)]
    fn all_commands() -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "commands"], js_name = openShortcutSettings)]
    fn open_shortcut_settings() -> Result<JsValue, JsValue>;
}

/// The name and the current shortcut of each command in the manifest. The shortcut is in the browser's notation; empty
/// if none is set.
pub async fn all() -> Vec<(String, String)> {
    let Ok(all) = all_commands() else { return vec![] };
    let all = Array::from(&JsFuture::from(all).await.unwrap_or_default());
    let text = |command: &JsValue, key| property(command, key).as_string().unwrap_or_default();
    all.iter().map(|command| (text(&command, "name"), text(&command, "shortcut"))).collect()
}

/// The current shortcut of one command, as in [`all`].
pub async fn shortcut(name: &str) -> String {
    let found = all().await.into_iter().find(|(command, _)| command == name);
    found.map(|(_, shortcut)| shortcut).unwrap_or_default()
}

/// Opens the page where shortcuts are changed: a URL in Chromium, a function in Firefox.
pub async fn open_settings() {
    if open_shortcut_settings().is_err() {
        let _ = tabs::open("chrome://extensions/shortcuts").await;
    }
}
