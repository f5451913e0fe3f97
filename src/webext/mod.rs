//! Typed bindings to the WebExtensions API. Together with the message texts, it has the only `extern "C"` blocks.
//! Nothing here is specific to Upscope.
//!
//! `chrome.*` with promises works in both browsers (*seen* in Chromium 156 and Firefox 153), so there is no shim. A
//! rejected promise is a [`BrowserError`] with the browser's text.

#[cfg(feature = "background")]
pub mod action;
pub mod bootstrap;
pub mod clipboard;
#[cfg(feature = "popup")]
pub mod commands;
mod error;
#[cfg(feature = "popup")]
pub mod file;
#[cfg(feature = "background")]
pub mod http;
#[cfg(feature = "background")]
pub mod indexed_db;
pub mod live_storage;
#[cfg(feature = "popup")]
pub mod lock;
pub mod permissions;
#[cfg(feature = "popup")]
pub mod practice;
pub mod preferences;
pub mod random;
pub mod runtime;
pub mod scripting;
pub mod storage;
pub mod tabs;
pub mod timer;

use crate::errors::BrowserError;
pub use error::error_text;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Waits for the result of a browser API. It takes a call that may have thrown, because imports that are `async` lose
/// exceptions and never complete.
async fn settle(call: Result<Promise, JsValue>) -> Result<JsValue, BrowserError> {
    Ok(JsFuture::from(call?).await?)
}

/// Creates a plain object.
pub fn object<const N: usize>(properties: [(&str, JsValue); N]) -> JsValue {
    let object = js_sys::Object::new().into();
    properties.into_iter().for_each(|(name, value)| set_property(&object, name, value));
    object
}

/// Sets a property of a plain object. This can't fail.
pub fn set_property(object: &JsValue, name: &str, value: JsValue) {
    let _ = js_sys::Reflect::set(object, &name.into(), &value);
}

/// Reads a property; `undefined` if the object doesn't have it.
pub fn property(object: &JsValue, name: &str) -> JsValue {
    // `Reflect.get` throws if the target isn't an object.
    js_sys::Reflect::get(object, &name.into()).unwrap_or_default()
}
