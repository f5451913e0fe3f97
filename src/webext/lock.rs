//! Web locks, which exclude the extension's other pages.

use crate::errors::BrowserError;
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

/// Runs a task while holding the lock `name`.
///
/// # Errors
/// The task's error, or [`BrowserError::NoLock`] if the lock is refused; the task then doesn't run.
pub async fn with_lock<T, E>(name: &str, task: impl Future<Output = Result<T, E>> + 'static) -> Result<T, E>
where
    T: 'static,
    E: From<BrowserError> + 'static,
{
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
    outcome.take().unwrap_or_else(|| Err(BrowserError::NoLock.into()))
}
