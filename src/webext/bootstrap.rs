//! The requests that `popup.js` sends before the wasm is loaded.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The global object `bootstrap` of `popup.js`.
    pub type Bootstrap;

    #[wasm_bindgen(thread_local_v2, js_name = bootstrap)]
    static BOOTSTRAP: Bootstrap;

    /// The tab in the page's URL, if any.
    #[wasm_bindgen(method, getter)]
    pub fn tab(this: &Bootstrap) -> Option<i32>;

    /// The reply to the first `Inspect` request.
    #[wasm_bindgen(method, getter)]
    pub fn reply(this: &Bootstrap) -> Promise;

    /// The ID of the active tab of this window. Resolves at once to `undefined` if the URL has a tab.
    #[wasm_bindgen(method, getter)]
    pub fn active(this: &Bootstrap) -> Promise;

    /// The tab's values in `storage.session`.
    #[wasm_bindgen(method, getter)]
    pub fn stored(this: &Bootstrap) -> Promise;

    /// Removes the skeleton, because the popup replaces it, and starts listening for the shortcut that copies the
    /// lookup code. For each use of it the window gets an event `copy-code`.
    #[wasm_bindgen(method)]
    pub fn begin(this: &Bootstrap);

    /// Shows a text that the popup has crashed.
    #[wasm_bindgen(method)]
    pub fn crashed(this: &Bootstrap);
}

/// The object that `popup.js` created.
pub fn bootstrap() -> Bootstrap {
    BOOTSTRAP.with(|bootstrap| bootstrap.unchecked_ref::<JsValue>().clone().unchecked_into())
}
