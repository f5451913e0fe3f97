//! `chrome.permissions`.

use super::{error_text, object, property};
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = request)]
    fn request_permissions(permissions: &JsValue) -> Promise;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "permissions"], js_name = contains)]
    async fn contains_permissions(permissions: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "permissions"], js_name = getAll)]
    async fn all_permissions() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "permissions"], js_name = remove)]
    async fn remove_permissions(permissions: &JsValue) -> Result<JsValue, JsValue>;
}

/// Asks the person for access to the pages that match `pattern`. The promise holds whether it was given. Browsers ask
/// only in the very task of a click, so this must be called without an `await` before it.
pub fn request_origin(pattern: &str) -> Promise {
    request_permissions(&origin(pattern))
}

/// Whether the extension has access to all pages that match `pattern`; not, where the browser takes it for no pattern.
pub async fn has_origin(pattern: &str) -> bool {
    contains_permissions(&origin(pattern)).await.is_ok_and(|has| has.is_truthy())
}

/// Gives the access to the pages that match `pattern` back.
pub async fn give_back(pattern: &str) -> Result<(), String> {
    remove_permissions(&origin(pattern)).await.map(drop).map_err(|error| error_text(&error))
}

/// The patterns of all pages the extension has access to.
pub async fn origins() -> Vec<String> {
    let all = all_permissions().await.unwrap_or_default();
    Array::from(&property(&all, "origins")).iter().filter_map(|origin| origin.as_string()).collect()
}

fn origin(pattern: &str) -> JsValue {
    object([("origins", Array::of1(&pattern.into()).into())])
}

/// The match pattern of every page of the site at `url`; `None` for what is no website.
pub fn origin_pattern(url: &str) -> Option<String> {
    let url = web_sys::Url::new(url).ok()?;
    let website = matches!(url.protocol().as_str(), "http:" | "https:");
    // Match patterns know no port: https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Match_patterns
    website.then(|| format!("{}//{}/*", url.protocol(), url.hostname()))
}
