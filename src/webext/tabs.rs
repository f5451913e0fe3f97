//! `tabs`: which tab is meant and what may be seen of it.

use super::{error_text, object, property};
use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "tabs"], js_name = query)]
    async fn tabs_query(query: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "tabs"], js_name = get)]
    async fn tabs_get(id: i32) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "tabs"], js_name = create)]
    async fn tabs_create(properties: &JsValue) -> Result<JsValue, JsValue>;

    #[cfg(feature = "popup")]
    #[wasm_bindgen(catch, js_namespace = ["chrome", "tabs"], js_name = update)]
    async fn tabs_update(id: i32, properties: &JsValue) -> Result<JsValue, JsValue>;

    #[cfg(feature = "popup")]
    #[wasm_bindgen(catch, js_namespace = ["chrome", "windows"], js_name = update)]
    async fn windows_update(id: i32, properties: &JsValue) -> Result<JsValue, JsValue>;

    #[cfg(feature = "popup")]
    #[wasm_bindgen(catch, js_namespace = ["chrome", "tabs"], js_name = getCurrent)]
    async fn tabs_own() -> Result<JsValue, JsValue>;

    #[cfg(feature = "popup")]
    #[wasm_bindgen(catch, js_namespace = ["chrome", "tabs"], js_name = remove)]
    async fn tabs_remove(id: i32) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "tabs"], js_name = reload)]
    async fn tabs_reload(id: i32) -> Result<JsValue, JsValue>;
}

/// A tab, as far as the browser lets it be seen.
pub struct TabInfo {
    pub id: i32,
    /// Only with access to the tab's page.
    pub url: Option<String>,
    pub title: Option<String>,
    pub active: bool,
    /// It runs nothing until the person turns to it. Only Chromium, since 132, says so.
    pub frozen: bool,
    /// Its page is unloaded.
    pub discarded: bool,
    /// It shows a page of the browser, as its icon tells: Firefox gives an error page the address of what did not load.
    pub icon_of_browser: bool,
}

/// The active tab of the window in front; `None` when there is none.
pub async fn active() -> Result<Option<TabInfo>, String> {
    let query = object([("active", JsValue::TRUE), ("lastFocusedWindow", JsValue::TRUE)]);
    let found = tabs_query(&query).await.map_err(|error| error_text(&error))?;
    Ok(Array::from(&found).iter().next().map(|tab| info(&tab)))
}

/// The tab with this id.
pub async fn get(id: i32) -> Result<TabInfo, String> {
    tabs_get(id).await.map(|tab| info(&tab)).map_err(|error| error_text(&error))
}

/// Opens an address, or by its path one of the extension's own pages, in a new tab.
pub async fn open(url: &str) -> Result<(), String> {
    tabs_create(&object([("url", url.into())])).await.map(drop).map_err(|error| error_text(&error))
}

/// Loads the tab's page again.
pub async fn reload(id: i32) -> Result<(), String> {
    tabs_reload(id).await.map(drop).map_err(|error| error_text(&error))
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

/// The address of a tab, as far as it may be seen, and whether it is in a private window.
#[cfg(feature = "popup")]
pub async fn place(id: i32) -> Option<(String, bool)> {
    let tab = tabs_get(id).await.ok()?;
    Some((property(&tab, "url").as_string()?, property(&tab, "incognito").is_truthy()))
}

/// The ids of all tabs.
#[cfg(feature = "popup")]
pub async fn all() -> Vec<i32> {
    let found = tabs_query(&object([])).await.unwrap_or_default();
    Array::from(&found).iter().filter_map(|tab| property(&tab, "id").as_f64()).map(|id| id as i32).collect()
}

/// Brings a tab and its window to the front; that it is gone says nothing worth telling.
#[cfg(feature = "popup")]
pub async fn show(id: i32) {
    let tab = tabs_update(id, &object([("active", JsValue::TRUE)])).await.unwrap_or_default();
    if let Some(window) = property(&tab, "windowId").as_f64() {
        let _ = windows_update(window as i32, &object([("focused", JsValue::TRUE)])).await;
    }
}

/// Closes the tab that this page stands in.
#[cfg(feature = "popup")]
pub async fn close_own() {
    let own = tabs_own().await.unwrap_or_default();
    if let Some(id) = property(&own, "id").as_f64() {
        let _ = tabs_remove(id as i32).await;
    }
}
