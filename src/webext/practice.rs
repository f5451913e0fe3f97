//! The events of the practice page (`extension/practice/page.js`).

use js_sys::Function;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = practice, js_name = follow)]
    fn practice_follow(then: &Function);
}

/// Calls `then` with the current state and after each change.
pub fn follow(then: impl FnMut(JsValue) + 'static) {
    let then: Box<dyn FnMut(JsValue)> = Box::new(then);
    practice_follow(Closure::wrap(then).into_js_value().unchecked_ref());
}
