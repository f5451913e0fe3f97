//! `chrome.permissions`.

use super::{object, property, settle};
use crate::errors::BrowserError;
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = request)]
    fn request_permissions(permissions: &JsValue) -> Promise;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "permissions"], js_name = contains)]
    fn contains_permissions(permissions: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "permissions"], js_name = getAll)]
    fn all_permissions() -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "permissions"], js_name = remove)]
    fn remove_permissions(permissions: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "permissions", "onAdded"], js_name = addListener)]
    fn listen_for_added(listener: &JsValue);

    #[wasm_bindgen(js_namespace = ["chrome", "permissions", "onRemoved"], js_name = addListener)]
    fn listen_for_removed(listener: &JsValue);
}

/// Asks the person for access to the pages that match `pattern`. Resolves to whether it was granted. Call it in the
/// task of a click, before any `await`, or the browser refuses to ask.
pub fn request_origin(pattern: &str) -> Promise {
    request_permissions(&origin(pattern))
}

/// Whether the extension has access to all pages that match `pattern`; `false` for an invalid pattern.
pub async fn has_origin(pattern: &str) -> bool {
    settle(contains_permissions(&origin(pattern))).await.is_ok_and(|has| has.is_truthy())
}

/// Removes the access to the pages that match `pattern`.
pub async fn remove_origin(pattern: &str) -> Result<(), BrowserError> {
    settle(remove_permissions(&origin(pattern))).await.map(drop)
}

/// The match patterns of all pages that the extension has access to.
pub async fn origins() -> Vec<String> {
    let all = settle(all_permissions()).await.unwrap_or_default();
    Array::from(&property(&all, "origins")).iter().filter_map(|origin| origin.as_string()).collect()
}

/// Calls `listener` after every permission that is granted or removed, until the page is closed.
pub fn on_changed(listener: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn()>::new(listener).into_js_value();
    listen_for_added(&listener);
    listen_for_removed(&listener);
}

fn origin(pattern: &str) -> JsValue {
    object([("origins", Array::of1(&pattern.into()).into())])
}

/// The match pattern of the site at `url`; `None` if it isn't a website.
pub fn origin_pattern(url: &str) -> Option<String> {
    let url = web_sys::Url::new(url).ok()?;
    let website = matches!(url.protocol().as_str(), "http:" | "https:");
    // Match patterns have no port: https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Match_patterns
    website.then(|| format!("{}//{}/*", url.protocol(), url.hostname()))
}
