//! Numbers as text, with the separators of the current language.

#[cfg(target_arch = "wasm32")]
use crate::webext::preferences::locale;
#[cfg(target_arch = "wasm32")]
use js_sys::{Array, Function, Intl, Object};
use std::fmt::Display;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen::JsValue;

/// An integer with grouped digits, as `1,325` in English and `1.325` in German.
pub fn grouped(number: impl Display) -> String {
    let digits = number.to_string();
    // No language groups three digits.
    if digits.len() > 3 { formatted(digits) } else { digits }
}

#[cfg(target_arch = "wasm32")]
thread_local! {
    // Creating a formatter is slow, and the language of a document doesn't change.
    static FORMAT: Function = Intl::NumberFormat::new(&Array::of1(&locale().into()), &Object::new()).format();
    static DECIMAL_SEPARATOR: char = formatted("0.5".to_owned()).chars().nth(1).unwrap_or('.');
}

#[cfg(target_arch = "wasm32")]
fn formatted(number: String) -> String {
    let text = FORMAT.with(|format| format.call1(&JsValue::UNDEFINED, &JsValue::from_str(&number)));
    text.ok().and_then(|text| text.as_string()).unwrap_or(number)
}

/// Natively there is no `Intl`, and only tests call this.
#[cfg(not(target_arch = "wasm32"))]
fn formatted(number: String) -> String {
    number
}

/// The decimal separator.
#[cfg(target_arch = "wasm32")]
pub fn decimal_separator() -> char {
    DECIMAL_SEPARATOR.with(|separator| *separator)
}

#[cfg(not(target_arch = "wasm32"))]
pub fn decimal_separator() -> char {
    '.'
}
