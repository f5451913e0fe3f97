//! Storage as it changes: every change of `storage.session` and `storage.local`, and a write that is not waited for.

use super::object;
use js_sys::Promise;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = set)]
    fn session_set(items: &JsValue) -> Promise;

    #[wasm_bindgen(js_namespace = ["chrome", "storage", "onChanged"], js_name = addListener)]
    fn add_listener(listener: &JsValue);
}

/// Keeps `value` in `storage.session` under `key`. Begun in this very task and not waited for: a click allows a request
/// for permission only as long as nothing was awaited.
pub fn begin_set(key: &str, value: JsValue) -> Promise {
    session_set(&object([(key, value)]))
}

/// Hands every change to `tell` for as long as the page lives: an object of `{newValue, …}` by key, and the area's name.
pub fn on_changed(tell: impl Fn(JsValue, String) + 'static) {
    let listener = Closure::<dyn Fn(JsValue, String)>::new(tell);
    add_listener(&listener.into_js_value());
}
