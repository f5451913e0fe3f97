//! Reads the managed storage (`storage.managed`): the rules that the background checks, or the whole policy.

use crate::webext::{error_text, property, storage};
use inspector_core::json_read;
use inspector_core::policy::Policy;
use inspector_core::policy::{ALLOWED_ORIGINS, MAX_ORIGINS, READ_ONLY, Rules, Setting};
use js_sys::Array;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Firefox's error if nothing is set (*seen* in Firefox 153). Chromium returns an empty object.
const NONE_SET: &str = "manifest not found";

/// Rules that are being read.
pub struct PendingRules(JsFuture);

/// Starts reading the rules, even before they are awaited.
pub fn read_rules() -> PendingRules {
    let keys = Array::of2(&READ_ONLY.into(), &ALLOWED_ORIGINS.into());
    PendingRules(JsFuture::from(storage::managed(&keys)))
}

impl PendingRules {
    /// Waits for the rules. A policy that can't be read allows nothing.
    pub async fn wait(self) -> Rules {
        self.known().await.unwrap_or_else(Rules::closed)
    }

    /// Waits for the rules. `None` if a policy is set that can't be read.
    pub async fn known(self) -> Option<Rules> {
        read(self.0.await)
    }

    /// The rules if they have arrived, or else rules that restrict nothing.
    pub fn now(self) -> Rules {
        match pin!(self.wait()).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(rules) => rules,
            Poll::Pending => Rules::default(),
        }
    }
}

fn read(set: Result<JsValue, JsValue>) -> Option<Rules> {
    match set {
        Ok(set) => Some(Rules::new(&read_only(&property(&set, READ_ONLY)), origins(&property(&set, ALLOWED_ORIGINS)))),
        Err(error) => error_text(&error).ends_with(NONE_SET).then(Rules::default),
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
pub async fn read_policy() -> Policy {
    match JsFuture::from(storage::managed(&JsValue::NULL)).await {
        Ok(set) => {
            let text = js_sys::JSON::stringify(&set).map(String::from).unwrap_or_default();
            json_read::read(&text).map_or_else(|_| Policy::unreadable(), |set| Policy::read(&set))
        }
        Err(error) if error_text(&error).ends_with(NONE_SET) => Policy::default(),
        Err(_) => Policy::unreadable(),
    }
}
