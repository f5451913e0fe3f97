//! One at a time, in the order of asking: what reads, changes and writes a stored value must not be interleaved.

use js_sys::{Function, Promise};
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

thread_local! {
    /// Resolves when the last in the line is done.
    static LAST: RefCell<Promise> = RefCell::new(Promise::resolve(&JsValue::UNDEFINED));
}

/// A turn, which ends when it is dropped.
pub struct Turn(Option<Function>);

impl Drop for Turn {
    fn drop(&mut self) {
        // A promise's `resolve` does not throw.
        let _ = self.0.as_ref().map(|end| end.call0(&JsValue::UNDEFINED));
    }
}

/// Waits until all that came before is done.
pub async fn turn() -> Turn {
    let mut end = None;
    let done = Promise::new(&mut |resolve, _| end = Some(resolve));
    let turn = Turn(end);
    let before = LAST.with(|last| last.replace(done));
    let _ = JsFuture::from(before).await;
    turn
}
