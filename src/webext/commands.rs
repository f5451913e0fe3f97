//! `chrome.commands`: the extension's keyboard shortcuts.

use super::{property, tabs};
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

// Caught where they are called: Chromium has no `openShortcutSettings`, and Firefox for Android no `commands`.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "commands"], js_name = getAll)]
    fn all_commands() -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "commands"], js_name = openShortcutSettings)]
    fn open_shortcut_settings() -> Result<JsValue, JsValue>;
}

/// Each command of the manifest by its name, with the shortcut in force as the browser writes it; empty where none is set.
pub async fn all() -> Vec<(String, String)> {
    let Ok(all) = all_commands() else { return vec![] };
    let all = Array::from(&JsFuture::from(all).await.unwrap_or_default());
    let text = |command: &JsValue, key| property(command, key).as_string().unwrap_or_default();
    all.iter().map(|command| (text(&command, "name"), text(&command, "shortcut"))).collect()
}

/// The shortcut of one command, as in [`all`].
pub async fn of(name: &str) -> String {
    let found = all().await.into_iter().find(|(command, _)| command == name);
    found.map(|(_, shortcut)| shortcut).unwrap_or_default()
}

/// Opens the page on which the person changes them: Chromium has an address for it, Firefox a function.
pub async fn open_settings() {
    if open_shortcut_settings().is_err() {
        let _ = tabs::open("chrome://extensions/shortcuts").await;
    }
}
