//! The acts of each tab, written down in `storage.session` as [`crate::protocol::stored::Journal`]. Entries are added and
//! completed as JavaScript objects, so that the background need not deserialise what it only passes on.

use super::to_js;
use crate::browser::{object, property, set_property, storage};
use crate::protocol::message::Target;
use crate::protocol::stored::{Act, MAX_ACTS, VERSION, journal_key};
use js_sys::Array;
use wasm_bindgen::JsValue;

/// Tells one entry of a journal from the next: when it began.
pub type Entry = i64;

/// Writes down that an act begins.
pub async fn begin(target: &Target, ask: String, note: String) -> Result<Entry, String> {
    let at = js_sys::Date::now() as i64;
    let acts = load(target.tab).await;
    acts.push(&to_js(&Act { at, target: target.clone(), ask, note, reply: None })?);
    while acts.length() as usize > MAX_ACTS {
        acts.shift();
    }
    store(target.tab, &acts).await?;
    Ok(at)
}

/// Writes down what came of it; an empty `reply` when the page gave none.
pub async fn finish(target: &Target, entry: Entry, reply: &str) -> Result<(), String> {
    let acts = load(target.tab).await;
    for act in acts.iter().filter(|act| property(act, "at") == entry as f64) {
        set_property(&act, "reply", reply.into());
    }
    store(target.tab, &acts).await
}

async fn load(tab: i32) -> Array {
    let stored = storage::get(&journal_key(tab)).await.unwrap_or_default();
    let acts = property(&stored, "acts");
    if property(&stored, "v") == f64::from(VERSION) && Array::is_array(&acts) { acts.into() } else { Array::new() }
}

async fn store(tab: i32, acts: &Array) -> Result<(), String> {
    let journal = object([("v", VERSION.into()), ("acts", JsValue::from(acts))]);
    storage::set(&journal_key(tab), journal).await
}
