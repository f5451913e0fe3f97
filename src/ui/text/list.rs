//! Several texts as one, separated as the current language does: "A, B" in English, and "A、B" in Japanese.

#[cfg(target_arch = "wasm32")]
use crate::webext::{object, preferences::locale};
#[cfg(target_arch = "wasm32")]
use js_sys::{Array, Intl, JsString};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen::JsCast;

#[cfg(target_arch = "wasm32")]
thread_local! {
    /// Creating a formatter is slow, and the language of a document doesn't change. The narrow style has the fewest
    /// words.
    static FORMAT: Intl::ListFormat = {
        let options = object([("style", "narrow".into())]);
        Intl::ListFormat::new(&Array::of1(&locale().into()), options.unchecked_ref())
    };
}

/// The texts, separated as in the current language.
#[cfg(target_arch = "wasm32")]
pub fn joined<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let texts: Array = texts.into_iter().map(|text| JsString::from(text.as_ref())).collect();
    FORMAT.with(|format| format.format(&texts)).into()
}

/// Natively there is no `Intl`, and only tests call this: as in English.
#[cfg(not(target_arch = "wasm32"))]
pub fn joined<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let texts: Vec<T> = texts.into_iter().collect();
    texts.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ")
}
