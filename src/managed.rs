//! Reads the managed storage (`storage.managed`) property by property, so that the background needs no JSON reader.

use crate::webext::{error_text, property, storage};
use inspector_core::json_read;
use inspector_core::policy::Policy;
use inspector_core::policy::{ALLOWED_ORIGINS, MAX_ORIGINS, READ_ONLY, Rules, Setting};
use js_sys::Array;
use std::pin::Pin;
use std::task::{Context, Poll};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Firefox's error if nothing is set (*seen* in Firefox 153). Chromium returns an empty object.
const NONE_SET: &str = "manifest not found";

/// A pending read of the rules. A hand-written future, because each `async` adds code to every program that awaits it.
pub struct PendingRules {
    set: JsFuture,
    patient: bool,
}

/// Starts reading the rules at once.
pub fn rules() -> PendingRules {
    let keys = Array::of2(&READ_ONLY.into(), &ALLOWED_ORIGINS.into());
    PendingRules { set: JsFuture::from(storage::managed(&keys)), patient: true }
}

impl PendingRules {
    /// Returns the rules. If not `patient`, rules that haven't arrived yet count as absent.
    pub fn wait(self, patient: bool) -> Self {
        Self { patient, ..self }
    }
}

impl Future for PendingRules {
    type Output = Rules;

    #[inline(never)]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Rules> {
        match Pin::new(&mut self.set).poll(context) {
            Poll::Ready(set) => Poll::Ready(read(set)),
            Poll::Pending if self.patient => Poll::Pending,
            Poll::Pending => Poll::Ready(Rules::default()),
        }
    }
}

fn read(set: Result<JsValue, JsValue>) -> Rules {
    match set {
        Ok(set) => Rules::of(&read_only(&property(&set, READ_ONLY)), origins(&property(&set, ALLOWED_ORIGINS))),
        Err(error) if error_text(&error).ends_with(NONE_SET) => Rules::default(),
        // Something is set that can't be read.
        Err(_) => Rules::closed(),
    }
}

fn read_only(value: &JsValue) -> Setting<bool> {
    match value.as_bool() {
        Some(value) => Setting::Value(value),
        None if value.is_undefined() => Setting::Nothing,
        None => Setting::Wrong,
    }
}

fn origins(value: &JsValue) -> Setting<Vec<String>> {
    if value.is_undefined() {
        return Setting::Nothing;
    }
    if !Array::is_array(value) {
        return Setting::Wrong;
    }
    let (list, mut texts) = (Array::from(value), vec![]);
    for index in 0..list.length().min(MAX_ORIGINS as u32) {
        texts.push(list.get(index).as_string().unwrap_or_default());
    }
    Setting::Value(texts)
}

/// Reads the whole policy.
pub async fn policy() -> Policy {
    match JsFuture::from(storage::managed(&JsValue::NULL)).await {
        Ok(set) => {
            let text = js_sys::JSON::stringify(&set).map(String::from).unwrap_or_default();
            json_read::read(&text).map_or_else(|_| Policy::unreadable(), |set| Policy::read(&set))
        }
        Err(error) if error_text(&error).ends_with(NONE_SET) => Policy::default(),
        Err(_) => Policy::unreadable(),
    }
}
