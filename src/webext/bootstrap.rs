//! What `popup.js` began in its first tick, before the wasm was there.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The object `popup.js` leaves on `globalThis`.
    pub type Early;

    #[wasm_bindgen(thread_local_v2, js_name = early)]
    static EARLY: Early;

    /// The tab named in the address, if any.
    #[wasm_bindgen(method, getter)]
    pub fn tab(this: &Early) -> Option<i32>;

    /// The answer to the first request.
    #[wasm_bindgen(method, getter)]
    pub fn answer(this: &Early) -> Promise;

    /// The id of the active tab of this window, or `undefined`; settled at once where the address names a tab.
    #[wasm_bindgen(method, getter)]
    pub fn active(this: &Early) -> Promise;

    /// What `storage.session` keeps for this tab.
    #[wasm_bindgen(method, getter)]
    pub fn kept(this: &Early) -> Promise;

    /// Takes the skeleton out of the page, since the popup itself takes its place, and hears the shortcut that copies the
    /// lookup code from now on: the window has an event `copy-code` when it was pressed for this popup.
    #[wasm_bindgen(method)]
    pub fn begin(this: &Early);

    /// Shows in plain words that the popup has stopped for good.
    #[wasm_bindgen(method)]
    pub fn crashed(this: &Early);
}

/// What `popup.js` began.
pub fn early() -> Early {
    EARLY.with(|early| early.unchecked_ref::<JsValue>().clone().unchecked_into())
}
