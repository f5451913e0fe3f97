//! `storage.session`, which is in memory until the browser is closed and readable only by the extension's pages; and
//! [`local`], which is on disk.

use super::{object, property, settle};
use crate::errors::BrowserError;
use js_sys::{Function, Object, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "session"], js_name = get)]
    fn session_get(keys: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "session"], js_name = set)]
    fn session_set(items: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "session"], js_name = remove)]
    fn session_remove(keys: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "session"], js_name = clear)]
    fn session_clear() -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = clear)]
    fn local_clear() -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session", "onChanged"], js_name = addListener)]
    fn session_listen(listener: &Function);

    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = get)]
    fn local_get(key: &str) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = set)]
    fn local_set(items: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = remove)]
    fn local_remove(key: &str) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "managed"], js_name = get)]
    fn managed_get(keys: &JsValue) -> Result<Promise, JsValue>;

    #[cfg(feature = "popup")]
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "managed", "onChanged"], js_name = addListener)]
    fn managed_listen(listener: &Function) -> Result<(), JsValue>;
}

/// Calls `then` after each change of the managed storage, if the browser reports changes.
#[cfg(feature = "popup")]
pub fn on_managed_change(then: impl FnMut() + 'static) {
    let then: Box<dyn FnMut()> = Box::new(then);
    let _ = managed_listen(Closure::wrap(then).into_js_value().unchecked_ref());
}

/// Starts reading the managed storage; `null` for all keys.
pub fn managed(keys: &JsValue) -> Promise {
    managed_get(keys).unwrap_or_else(|error| Promise::reject(&error))
}

/// Reads the value of `key`; `undefined` if there is none.
pub async fn get(key: &str) -> Result<JsValue, BrowserError> {
    settle(session_get(&key.into())).await.map(|items| property(&items, key))
}

/// Reads the values of a list of keys as an object. Missing keys are absent.
pub async fn get_all(keys: &JsValue) -> Result<JsValue, BrowserError> {
    settle(session_get(keys)).await
}

/// Writes the value of `key`.
pub async fn set(key: &str, value: JsValue) -> Result<(), BrowserError> {
    settle(session_set(&object([(key, value)]))).await.map(drop)
}

/// Writes each property of an object: all or none.
pub async fn set_all(items: &JsValue) -> Result<(), BrowserError> {
    settle(session_set(items)).await.map(drop)
}

/// All keys.
pub async fn keys() -> Result<Vec<String>, BrowserError> {
    let all = settle(session_get(&JsValue::NULL)).await?;
    let all: Object = all.unchecked_into();
    Ok(Object::keys(&all).iter().filter_map(|key| key.as_string()).collect())
}

/// Deletes everything.
pub async fn clear() -> Result<(), BrowserError> {
    settle(session_clear()).await.map(drop)
}

/// Deletes a key or a list of keys.
pub async fn remove(keys: &JsValue) -> Result<(), BrowserError> {
    settle(session_remove(keys)).await.map(drop)
}

/// `storage.local`, which is on disk until the extension is removed.
pub mod local {
    use super::{BrowserError, local_clear, local_get, local_remove, local_set, object, property, settle};
    use wasm_bindgen::JsValue;

    /// Reads the value of `key`; `undefined` if there is none.
    pub async fn get(key: &str) -> Result<JsValue, BrowserError> {
        settle(local_get(key)).await.map(|items| property(&items, key))
    }

    /// Deletes everything.
    pub async fn clear() -> Result<(), BrowserError> {
        settle(local_clear()).await.map(drop)
    }

    /// Deletes the value of `key`.
    pub async fn remove(key: &str) -> Result<(), BrowserError> {
        settle(local_remove(key)).await.map(drop)
    }

    /// Writes the value of `key`.
    pub async fn set(key: &str, value: JsValue) -> Result<(), BrowserError> {
        settle(local_set(&object([(key, value)]))).await.map(drop)
    }
}

/// Calls `then` once, when an object is first written to `key`.
#[cfg(feature = "popup")]
pub fn on_first_change(key: String, then: impl FnOnce() + 'static) {
    let mut then = Some(then);
    let listener: Box<dyn FnMut(JsValue)> = Box::new(move |changes| {
        if property(&changes, &key).is_object()
            && let Some(then) = then.take()
        {
            then();
        }
    });
    session_listen(Closure::wrap(listener).into_js_value().unchecked_ref());
}
