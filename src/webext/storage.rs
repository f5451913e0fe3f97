//! `storage.session`: in memory, for as long as the browser runs, readable by the extension's own pages only; and
//! [`local`], which stays on the disk.

use super::{error_text, object, property};
use js_sys::{Function, Object, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "session"], js_name = get)]
    async fn session_get(keys: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "session"], js_name = set)]
    async fn session_set(items: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "session"], js_name = remove)]
    async fn session_remove(keys: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "session"], js_name = clear)]
    async fn session_clear() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = clear)]
    async fn local_clear() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session", "onChanged"], js_name = addListener)]
    fn session_listen(listener: &Function);

    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = get)]
    async fn local_get(key: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = set)]
    async fn local_set(items: &JsValue) -> Result<JsValue, JsValue>;

    #[cfg(feature = "popup")]
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = remove)]
    async fn local_remove(key: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "managed"], js_name = get)]
    fn managed_get(keys: &JsValue) -> Result<Promise, JsValue>;

    #[cfg(feature = "popup")]
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "managed", "onChanged"], js_name = addListener)]
    fn managed_listen(listener: &Function) -> Result<(), JsValue>;
}

/// Calls `then` whenever the administrator's settings change, where the browser tells of it.
#[cfg(feature = "popup")]
pub fn on_managed_change(then: impl FnMut() + 'static) {
    let then: Box<dyn FnMut()> = Box::new(then);
    let _ = managed_listen(Closure::wrap(then).into_js_value().unchecked_ref());
}

/// Asks in this very moment what the browser's administrator has set; `null` for all of it.
pub fn managed(keys: &JsValue) -> Promise {
    managed_get(keys).unwrap_or_else(|error| Promise::reject(&error))
}

/// The value kept under `key`; `undefined` when there is none.
pub async fn get(key: &str) -> Result<JsValue, String> {
    session_get(&key.into()).await.map(|items| property(&items, key)).map_err(|error| error_text(&error))
}

/// An object of what `storage.session` keeps under these keys, a list, of those that are there.
pub async fn get_all(keys: &JsValue) -> Result<JsValue, String> {
    session_get(keys).await.map_err(|error| error_text(&error))
}

/// Keeps `value` under `key`.
pub async fn set(key: &str, value: JsValue) -> Result<(), String> {
    session_set(&object([(key, value)])).await.map(drop).map_err(|error| error_text(&error))
}

/// Keeps each of the object's properties under its name, all or none.
pub async fn set_all(items: &JsValue) -> Result<(), String> {
    session_set(items).await.map(drop).map_err(|error| error_text(&error))
}

/// All keys under which something is kept.
pub async fn keys() -> Result<Vec<String>, String> {
    let all = session_get(&JsValue::NULL).await.map_err(|error| error_text(&error))?;
    let all: Object = all.unchecked_into();
    Ok(Object::keys(&all).iter().filter_map(|key| key.as_string()).collect())
}

/// Removes everything.
pub async fn clear() -> Result<(), String> {
    session_clear().await.map(drop).map_err(|error| error_text(&error))
}

/// Removes one key or a list of keys, those that are there.
pub async fn remove(keys: &JsValue) -> Result<(), String> {
    session_remove(keys).await.map(drop).map_err(|error| error_text(&error))
}

/// `storage.local`: kept until the extension is removed.
pub mod local {
    use super::{error_text, local_clear, local_get, local_set, object, property};
    use wasm_bindgen::JsValue;

    /// The value kept under `key`; `undefined` when there is none.
    pub async fn get(key: &str) -> Result<JsValue, String> {
        local_get(key).await.map(|items| property(&items, key)).map_err(|error| error_text(&error))
    }

    /// Removes everything.
    pub async fn clear() -> Result<(), String> {
        local_clear().await.map(drop).map_err(|error| error_text(&error))
    }

    /// Removes what is kept under `key`.
    #[cfg(feature = "popup")]
    pub async fn remove(key: &str) -> Result<(), String> {
        super::local_remove(key).await.map(drop).map_err(|error| error_text(&error))
    }

    /// Keeps `value` under `key`.
    pub async fn set(key: &str, value: JsValue) -> Result<(), String> {
        local_set(&object([(key, value)])).await.map(drop).map_err(|error| error_text(&error))
    }
}

/// Calls `then` once, when something is first kept under `key`.
#[cfg(feature = "popup")]
pub fn on_first_change(key: String, then: impl FnOnce() + 'static) {
    let mut then = Some(then);
    let heard: Box<dyn FnMut(JsValue)> = Box::new(move |changes| {
        if property(&changes, &key).is_object()
            && let Some(then) = then.take()
        {
            then();
        }
    });
    session_listen(Closure::wrap(heard).into_js_value().unchecked_ref());
}
