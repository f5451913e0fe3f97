//! Reads the journal that the background stores, property by property like [`super::answer`].

use crate::protocol::message::Target;
use crate::protocol::stored::{Act, VERSION};
use crate::webext::property;
use js_sys::Array;
use wasm_bindgen::JsValue;

/// Returns the newest act in a tab's journal; `None` for another version.
pub fn newest_act(journal: &JsValue) -> Option<Act> {
    let acts = property(journal, "acts");
    if property(journal, "v") != f64::from(VERSION) || !Array::is_array(&acts) {
        return None;
    }
    let act = Array::from(&acts).pop();
    let target = property(&act, "target");
    Some(Act {
        id: property(&act, "id").as_f64().unwrap_or(0.0) as u64,
        at: property(&act, "at").as_f64()? as i64,
        target: Target {
            tab: property(&target, "tab").as_f64()? as i32,
            frame: property(&target, "frame").as_f64()? as i64,
            document_id: property(&target, "documentId").as_string(),
            document: property(&target, "document").as_string()?,
        },
        ask: property(&act, "ask").as_string()?,
        note: property(&act, "note").as_string()?,
        reply: property(&act, "reply").as_string(),
    })
}
