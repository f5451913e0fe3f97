//! The WebExtensions API, typed. The only `extern "C"` beside the message texts; no word of Upscope in here.
//!
//! `chrome.*` with promises works in both browsers (*seen* in Chromium 156 and Firefox 153), so there is no shim. A rejected
//! promise becomes an `Err` with the browser's own words.

#[cfg(feature = "background")]
pub mod action;
pub mod bootstrap;
pub mod clipboard;
#[cfg(feature = "popup")]
pub mod commands;
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

use wasm_bindgen::{JsCast, JsValue};

/// The words of a thrown or rejected value.
pub fn error_text(error: &JsValue) -> String {
    let message = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    message
        .or_else(|| error.as_string())
        .unwrap_or_else(|| String::from(js_sys::JSON::stringify(error).unwrap_or_default()))
}

/// A plain object of these properties.
pub fn object<const N: usize>(properties: [(&str, JsValue); N]) -> JsValue {
    let object = js_sys::Object::new().into();
    properties.into_iter().for_each(|(name, value)| set_property(&object, name, value));
    object
}

/// Sets a property of a plain object, which cannot fail.
pub fn set_property(object: &JsValue, name: &str, value: JsValue) {
    let _ = js_sys::Reflect::set(object, &name.into(), &value);
}

/// A property of an object; `undefined` when there is none.
pub fn property(object: &JsValue, name: &str) -> JsValue {
    // `Reflect.get` throws for what is no object.
    js_sys::Reflect::get(object, &name.into()).unwrap_or_default()
}
