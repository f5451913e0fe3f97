//! The popup around the views, as an object of optional functions:
//!
//! - `look(): string | undefined`: the newest raw text of the probe for the frame that is shown
//! - `propose(patch: string)`: shows the argument of an `updateConnection`, as JSON, as an edit to review
//! - `shown(view: string)`: the views went to `timeline`, `checks`, `history` or `sites` by themselves
//!
//! A page of its own has no host.

use crate::browser::property;
use js_sys::Function;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    static HOST: RefCell<JsValue> = const { RefCell::new(JsValue::UNDEFINED) };
}

pub fn set(host: JsValue) {
    HOST.set(host);
}

pub fn can_look() -> bool {
    function("look").is_some()
}

pub fn can_propose() -> bool {
    function("propose").is_some()
}

/// The newest raw text of the probe.
pub fn look() -> Option<String> {
    call("look", &JsValue::UNDEFINED)?.as_string()
}

pub fn propose(patch: &str) {
    call("propose", &patch.into());
}

pub fn shown(view: &str) {
    call("shown", &view.into());
}

fn function(name: &str) -> Option<Function> {
    HOST.with_borrow(|host| property(host, name).dyn_into().ok())
}

/// What the host's function gave, where there is one that did not throw.
fn call(name: &str, argument: &JsValue) -> Option<JsValue> {
    function(name)?.call1(&JsValue::UNDEFINED, argument).ok()
}
