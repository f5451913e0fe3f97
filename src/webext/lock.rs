//! Web locks: one page of ours after the other.

use js_sys::Promise;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["navigator", "locks"], js_name = request)]
    fn request(name: &str, callback: &JsValue) -> Promise;
}

/// Does something while no other page of the extension does anything under this name. `None` where the lock is refused: then
/// nothing was done.
pub async fn alone<T: 'static>(name: &str, task: impl Future<Output = T> + 'static) -> Option<T> {
    let outcome = Rc::new(RefCell::new(None));
    let told = outcome.clone();
    let run = move || {
        future_to_promise(async move {
            let done = task.await;
            told.replace(Some(done));
            Ok(JsValue::UNDEFINED)
        })
    };
    // Where the lock is refused, the task was dropped with its closure and says nothing.
    let _ = JsFuture::from(request(name, &Closure::once_into_js(run))).await;
    outcome.take()
}
