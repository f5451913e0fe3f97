//! Timers, in a worker as in a document.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(handler: &Function, milliseconds: u32) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// Waits.
pub async fn sleep(milliseconds: u32) {
    let promise = Promise::new(&mut |resolve, _| drop(set_timeout(&resolve, milliseconds)));
    let _ = JsFuture::from(promise).await;
}

/// Does something later, unless it is dropped before.
pub struct Alarm {
    timer: JsValue,
    _then: Closure<dyn FnMut()>,
}

impl Alarm {
    pub fn new(milliseconds: u32, then: impl FnMut() + 'static) -> Self {
        let then: Box<dyn FnMut()> = Box::new(then);
        let then = Closure::wrap(then);
        Self { timer: set_timeout(then.as_ref().unchecked_ref(), milliseconds), _then: then }
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        clear_timeout(&self.timer);
    }
}
