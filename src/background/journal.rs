//! The acts of each tab in `storage.session`, as [`crate::protocol::stored::Journal`]. Entries are added and completed
//! as JavaScript objects, because the background doesn't need to deserialize what it only passes on.

use super::lock::lock;
use super::to_js;
use crate::protocol::message::Target;
use crate::protocol::stored::{Act, MAX_ACTS, VERSION, journal_key};
use crate::webext::{object, property, set_property, storage};
use js_sys::Array;
use wasm_bindgen::JsValue;

/// Adds an entry for the act `id` before it begins.
pub async fn begin(target: &Target, id: u64, ask: String, note: String) -> Result<(), String> {
    let _lock = lock().await;
    let at = js_sys::Date::now() as i64;
    let acts = load(target.tab).await?;
    acts.push(&to_js(&Act { id, at, target: target.clone(), ask, note, reply: None })?);
    while acts.length() as usize > MAX_ACTS {
        acts.shift();
    }
    store(target.tab, &acts).await
}

/// Adds the page's reply to the entry; an empty `reply` if there was none. Only the newest act is shown later, so the
/// replies of the others are removed to save space.
pub async fn finish(target: &Target, id: u64, reply: &str) -> Result<(), String> {
    let _lock = lock().await;
    let acts = load(target.tab).await?;
    for act in acts.iter() {
        if property(&act, "id") == id as f64 {
            set_property(&act, "reply", reply.into());
        } else if property(&act, "reply").is_string() {
            set_property(&act, "reply", "".into());
        }
    }
    store(target.tab, &acts).await
}

/// Moves the journal of tab `old` in front of the entries of `tab`.
pub async fn follow(old: i32, tab: i32) -> Result<(), String> {
    let _lock = lock().await;
    let (before, since) = (load(old).await?, load(tab).await?);
    if before.length() == 0 {
        return Ok(());
    }
    let acts = before.concat(&since);
    store(tab, &acts.slice(acts.length().saturating_sub(MAX_ACTS as u32), acts.length())).await?;
    storage::remove(&journal_key(old).into()).await
}

async fn load(tab: i32) -> Result<Array, String> {
    let stored = storage::get(&journal_key(tab)).await?;
    let acts = property(&stored, "acts");
    let known = property(&stored, "v") == f64::from(VERSION) && Array::is_array(&acts);
    Ok(if known { acts.into() } else { Array::new() })
}

async fn store(tab: i32, acts: &Array) -> Result<(), String> {
    let journal = object([("v", VERSION.into()), ("acts", JsValue::from(acts))]);
    storage::set(&journal_key(tab), journal).await
}
