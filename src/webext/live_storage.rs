//! Changes of `storage.session` and `storage.local`, and a write that starts synchronously.

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

/// Starts writing `value` to `storage.session` in the current task. For click handlers: a permission request is allowed
/// only before the first `await`.
pub fn begin_set(key: &str, value: JsValue) -> Promise {
    session_set(&object([(key, value)]))
}

/// Calls `listener` for every change until the page is closed, with an object of `{newValue, …}` by key and the name of
/// the storage area.
pub fn on_changed(listener: impl Fn(JsValue, String) + 'static) {
    let listener = Closure::<dyn Fn(JsValue, String)>::new(listener);
    add_listener(&listener.into_js_value());
}
