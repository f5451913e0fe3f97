//! Web locks, which exclude the extension's other pages.

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

/// Runs a task while holding the lock `name`. Returns `None` if the lock is refused; the task then doesn't run.
pub async fn with_lock<T: 'static>(name: &str, task: impl Future<Output = T> + 'static) -> Option<T> {
    let outcome = Rc::new(RefCell::new(None));
    let result = outcome.clone();
    let run = move || {
        future_to_promise(async move {
            result.replace(Some(task.await));
            Ok(JsValue::UNDEFINED)
        })
    };
    // If the lock is refused, the closure is dropped with the task.
    let _ = JsFuture::from(request(name, &Closure::once_into_js(run))).await;
    outcome.take()
}
