//! `commands`: the keys of the extension.

use super::property;
use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "commands"], js_name = getAll)]
    async fn all_commands() -> Result<JsValue, JsValue>;
}

/// The keys that do what a click on the toolbar button does, as the browser writes them; empty where there are none.
pub async fn action_keys() -> String {
    let all = all_commands().await.unwrap_or_default();
    let action = Array::from(&all).iter().find(|command| property(command, "name") == "_execute_action");
    action.and_then(|command| property(&command, "shortcut").as_string()).unwrap_or_default()
}
