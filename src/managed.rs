//! Reading what the organisation has set, in `storage.managed`. Property by property, so that the background needs no JSON
//! reader.

use crate::webext::{error_text, property, storage};
use inspector_core::json_read;
use inspector_core::policy::Policy;
use inspector_core::policy::{ALLOWED_ORIGINS, MAX_ORIGINS, READ_ONLY, Rules, Setting};
use js_sys::Array;
use std::pin::Pin;
use std::task::{Context, Poll};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// What Firefox rejects with where nothing is set (*seen* in Firefox 153); Chromium gives an empty object.
const NONE_SET: &str = "manifest not found";

/// The browser was asked for the rules. A future by hand: each `async` would weigh on every program that waits for it.
pub struct Asked {
    set: JsFuture,
    patient: bool,
}

/// Asks for the rules, in this very moment.
pub fn ask() -> Asked {
    let keys = Array::of2(&READ_ONLY.into(), &ALLOWED_ORIGINS.into());
    Asked { set: JsFuture::from(storage::managed(&keys)), patient: true }
}

impl Asked {
    /// If not `patient`: the rules that have come by now, else as if there were none.
    pub fn wait(self, patient: bool) -> Self {
        Self { patient, ..self }
    }
}

impl Future for Asked {
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
        // Something is set that cannot be read.
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

/// Everything that is set.
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
