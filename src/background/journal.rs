//! The journal of each tab in `storage.session`, as [`crate::storage_format::session::Journal`]. Entries are added and
//! completed as JavaScript objects, so that the existing entries are preserved.

use super::error::BackgroundError;
use super::lock::lock;
use crate::messages::{DocumentTarget, PendingEdit};
use crate::storage_format::session::{JOURNAL_VERSION, JournalEntry, MAX_ENTRIES, journal_key};
use crate::webext::runtime::to_js;
use crate::webext::{object, property, set_property, storage};
use js_sys::Array;
use wasm_bindgen::JsValue;

/// Adds an entry for the command `id` before it begins.
pub async fn begin(target: &DocumentTarget, id: u64, edit: PendingEdit) -> Result<(), BackgroundError> {
    let _lock = lock().await;
    let at = js_sys::Date::now() as i64;
    let entries = load(target.tab).await?;
    let entry = JournalEntry { id, at, target: target.clone(), edit: Box::new(edit), reply: None };
    entries.push(&to_js(&entry).map_err(BackgroundError::NotWritten)?);
    while entries.length() as usize > MAX_ENTRIES {
        entries.shift();
    }
    store(target.tab, &entries).await
}

/// Adds the page's reply to the entry; an empty `reply` if there was none. Only the newest entry is shown later, so the
/// replies of the others are removed to save space.
pub async fn finish(target: &DocumentTarget, id: u64, reply: &str) -> Result<(), BackgroundError> {
    let _lock = lock().await;
    let entries = load(target.tab).await?;
    for entry in entries.iter() {
        if property(&entry, "id") == id as f64 {
            set_property(&entry, "reply", reply.into());
        } else if property(&entry, "reply").is_string() {
            set_property(&entry, "reply", "".into());
        }
    }
    store(target.tab, &entries).await
}

/// Moves the journal of tab `old` in front of the entries of `tab`.
pub async fn follow(old: i32, tab: i32) -> Result<(), BackgroundError> {
    let _lock = lock().await;
    let (before, since) = (load(old).await?, load(tab).await?);
    if before.length() == 0 {
        return Ok(());
    }
    let entries = before.concat(&since);
    store(tab, &entries.slice(entries.length().saturating_sub(MAX_ENTRIES as u32), entries.length())).await?;
    Ok(storage::remove(&journal_key(old).into()).await?)
}

async fn load(tab: i32) -> Result<Array, BackgroundError> {
    let stored = storage::get(&journal_key(tab)).await?;
    let entries = property(&stored, "entries");
    let known = property(&stored, "v") == f64::from(JOURNAL_VERSION) && Array::is_array(&entries);
    Ok(if known { entries.into() } else { Array::new() })
}

async fn store(tab: i32, entries: &Array) -> Result<(), BackgroundError> {
    let journal = object([("v", JOURNAL_VERSION.into()), ("entries", JsValue::from(entries))]);
    Ok(storage::set(&journal_key(tab), journal).await?)
}
