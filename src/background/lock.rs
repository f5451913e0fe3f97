//! A lock that serializes tasks, in the order of calls: reading, changing and writing a stored value must not be
//! interleaved.

use js_sys::{Function, Promise};
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

thread_local! {
    /// Resolves when the last task in the queue is done.
    static LAST: RefCell<Promise> = RefCell::new(Promise::resolve(&JsValue::UNDEFINED));
}

/// The lock, released when it is dropped.
pub struct Lock(Option<Function>);

impl Drop for Lock {
    fn drop(&mut self) {
        // A promise's `resolve` doesn't throw.
        let _ = self.0.as_ref().map(|end| end.call0(&JsValue::UNDEFINED));
    }
}

/// Waits until all earlier tasks are done.
pub async fn lock() -> Lock {
    let mut end = None;
    let done = Promise::new(&mut |resolve, _| end = Some(resolve));
    let lock = Lock(end);
    let before = LAST.with(|last| last.replace(done));
    let _ = JsFuture::from(before).await;
    lock
}
