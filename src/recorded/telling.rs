//! Telling the visitor view who set what holds now: `tell(list, problems)`, where `list` holds
//! `[subject key, words, cause name, entry id, the value as the SDK sent it]` for each value and is `undefined` for a tab without a recording, and
//! `problems` counts the findings that are more than a note.

use super::store::Store;
use crate::app::recorded::{Model, Told, entry_text, provenance};
use crate::ui::i18n::last_set;
use crate::ui::words::told::cause_and_time;
use inspector_core::json_text::compact;
use js_sys::{Array, Function};
use std::cell::RefCell;
use wasm_bindgen::JsValue;

/// The document asked for, and who asked.
type Asked = (String, Function);

thread_local! {
    static ASKED: RefCell<Option<Asked>> = const { RefCell::new(None) };
}

/// From here on `tell` is told of this document, and nobody of any other.
pub fn set(document: String, tell: Function) {
    ASKED.set(Some((document, tell)));
}

/// Tells whoever asked.
pub fn tell(store: Store) {
    let Some((document, tell)) = ASKED.with_borrow(Option::clone) else { return };
    let (list, problems) = store.read(|model| (list(model, &document), model.problems()));
    let _ = tell.call2(&JsValue::UNDEFINED, &list.into(), &(problems as u32).into());
}

fn list(model: &Model, document: &str) -> Option<Array> {
    let told = provenance(model, document)?;
    Some(told.iter().map(|told| one(told)).collect())
}

fn one(told: &Told) -> Array {
    let entry = entry_text(told.step.entry);
    let words = last_set(&cause_and_time(told));
    let texts = [told.subject.key(), &words, told.step.cause.name(), &entry].map(JsValue::from_str);
    texts.into_iter().chain([sent(told).as_deref().map_or(JsValue::UNDEFINED, JsValue::from_str)]).collect()
}

/// The value as JSON, where a frame carried it to the server.
fn sent(told: &Told) -> Option<String> {
    let value = told.step.value.as_ref().filter(|_| told.step.sent.is_some())?;
    value.to_wire_json().map(|value| compact(&value))
}
