//! What `extension/practice/page.js` has to tell the page it stands in.

use js_sys::Function;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = practice, js_name = follow)]
    fn practice_follow(then: &Function);
}

/// Calls `then` with what there is to see, now and whenever it becomes another.
pub fn follow(then: impl FnMut(JsValue) + 'static) {
    let then: Box<dyn FnMut(JsValue)> = Box::new(then);
    practice_follow(Closure::wrap(then).into_js_value().unchecked_ref());
}
