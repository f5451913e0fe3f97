//! `chrome.tabs`, and `chrome.windows` to show a tab.

use super::{object, property, settle};
use crate::errors::BrowserError;
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "tabs"], js_name = query)]
    fn tabs_query(query: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "tabs"], js_name = get)]
    fn tabs_get(id: i32) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "tabs"], js_name = create)]
    fn tabs_create(properties: &JsValue) -> Result<Promise, JsValue>;

    #[cfg(feature = "popup")]
    #[wasm_bindgen(catch, js_namespace = ["chrome", "tabs"], js_name = update)]
    fn tabs_update(id: i32, properties: &JsValue) -> Result<Promise, JsValue>;

    #[cfg(feature = "popup")]
    #[wasm_bindgen(catch, js_namespace = ["chrome", "windows"], js_name = update)]
    fn windows_update(id: i32, properties: &JsValue) -> Result<Promise, JsValue>;

    #[cfg(feature = "popup")]
    #[wasm_bindgen(catch, js_namespace = ["chrome", "tabs"], js_name = getCurrent)]
    fn tabs_get_current() -> Result<Promise, JsValue>;

    #[cfg(feature = "popup")]
    #[wasm_bindgen(catch, js_namespace = ["chrome", "tabs"], js_name = remove)]
    fn tabs_remove(id: i32) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "tabs"], js_name = reload)]
    fn tabs_reload(id: i32) -> Result<Promise, JsValue>;
}

/// The properties of a tab that the extension can see.
pub struct TabInfo {
    pub id: i32,
    /// Visible only with access to the page.
    pub url: Option<String>,
    pub title: Option<String>,
    pub active: bool,
    /// The tab runs no scripts until the person activates it. Reported by Chromium 132 and later.
    pub frozen: bool,
    /// The page is unloaded.
    pub discarded: bool,
    /// The icon is one of the browser's own. Firefox gives its error pages the URL of the page that didn't load.
    pub icon_of_browser: bool,
}

/// The active tab of the last focused window, if any.
pub async fn active() -> Result<Option<TabInfo>, BrowserError> {
    let query = object([("active", JsValue::TRUE), ("lastFocusedWindow", JsValue::TRUE)]);
    let found = settle(tabs_query(&query)).await?;
    Ok(Array::from(&found).iter().next().map(|tab| info(&tab)))
}

/// The tab with an ID.
pub async fn get(id: i32) -> Result<TabInfo, BrowserError> {
    settle(tabs_get(id)).await.map(|tab| info(&tab))
}

/// Opens a URL, or a page of the extension by its path, in a new tab.
pub async fn open(url: &str) -> Result<(), BrowserError> {
    settle(tabs_create(&object([("url", url.into())]))).await.map(drop)
}

/// Reloads a tab.
pub async fn reload(id: i32) -> Result<(), BrowserError> {
    settle(tabs_reload(id)).await.map(drop)
}

fn info(tab: &JsValue) -> TabInfo {
    TabInfo {
        id: property(tab, "id").as_f64().unwrap_or(-1.0) as i32,
        url: property(tab, "url").as_string().filter(|url| !url.is_empty()),
        title: property(tab, "title").as_string(),
        active: property(tab, "active").is_truthy(),
        frozen: property(tab, "frozen").is_truthy(),
        discarded: property(tab, "discarded").is_truthy(),
        icon_of_browser: property(tab, "favIconUrl").as_string().is_some_and(|icon| icon.starts_with("chrome:")),
    }
}

/// The URL of a tab, if it is visible, and whether the tab is in a private window.
#[cfg(feature = "popup")]
pub async fn url_and_incognito(id: i32) -> Option<(String, bool)> {
    let tab = settle(tabs_get(id)).await.ok()?;
    Some((property(&tab, "url").as_string()?, property(&tab, "incognito").is_truthy()))
}

/// The IDs of all tabs.
#[cfg(feature = "popup")]
pub async fn all() -> Vec<i32> {
    let found = settle(tabs_query(&object([]))).await.unwrap_or_default();
    Array::from(&found).iter().filter_map(|tab| property(&tab, "id").as_f64()).map(|id| id as i32).collect()
}

/// Activates a tab and focuses its window. Errors are ignored: the tab was closed.
#[cfg(feature = "popup")]
pub async fn show(id: i32) {
    let tab = settle(tabs_update(id, &object([("active", JsValue::TRUE)]))).await.unwrap_or_default();
    if let Some(window) = property(&tab, "windowId").as_f64() {
        let _ = settle(windows_update(window as i32, &object([("focused", JsValue::TRUE)]))).await;
    }
}

/// Closes the tab of this page.
#[cfg(feature = "popup")]
pub async fn close_current() {
    let current = settle(tabs_get_current()).await.unwrap_or_default();
    if let Some(id) = property(&current, "id").as_f64() {
        let _ = settle(tabs_remove(id as i32)).await;
    }
}
