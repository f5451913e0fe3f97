//! Reads the recordings that the background stores in `storage.session`.

use crate::errors::BrowserError;
use crate::webext::{property, storage};
use inspector_core::recording::Timeline;
use inspector_core::recording::storage::{Batch, DocumentProgress, Index, VERSION, chunk_key, index_key, names, push};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Returns the recording of a tab as a timeline; `None` if there is none.
pub async fn load(tab: i32) -> Result<Option<Timeline>, BrowserError> {
    let Some((index, chunks)) = stored(tab).await? else { return Ok(None) };
    let mut timeline = Timeline::default();
    for Batch { head, texts } in chunks.iter().flat_map(batches) {
        push(&mut timeline, &head, texts.iter().map(String::as_str));
    }
    index.note(&mut timeline);
    Ok(Some(timeline))
}

/// The index and the chunks of a tab; `None` without a recording of this version.
pub async fn stored(tab: i32) -> Result<Option<(Index, Vec<JsValue>)>, BrowserError> {
    let value = storage::get(&index_key(tab)).await?;
    let Some(index) = index(&value) else { return Ok(None) };
    let keys: Array = chunk_keys(tab, &property(&value, names::CHUNKS)).into_iter().map(JsValue::from).collect();
    let chunks = storage::get_all(&keys).await?;
    Ok(Some((index, keys.iter().map(|key| Reflect::get(&chunks, &key).unwrap_or_default()).collect())))
}

/// The keys of an index's chunks, oldest first.
fn chunk_keys(tab: i32, chunks: &JsValue) -> Vec<String> {
    let chunks: Object = chunks.clone().dyn_into().unwrap_or_default();
    let key = |number: JsValue| {
        let known = property(&Reflect::get(&chunks, &number).ok()?, names::KEY).as_string();
        known.or_else(|| Some(chunk_key(tab, &number.as_string()?)))
    };
    Object::keys(&chunks).iter().filter_map(key).collect()
}

/// Reads a stored index; `None` for another version.
pub fn index(value: &JsValue) -> Option<Index> {
    let is_known = property(value, names::VERSION) == f64::from(VERSION);
    is_known.then(|| Index {
        entries: count(value, names::ENTRIES),
        dropped: count(value, names::DROPPED),
        progress: read_senders(value),
    })
}

fn read_senders(index: &JsValue) -> Vec<DocumentProgress> {
    let documents: Object = property(index, names::DOCUMENTS).dyn_into().unwrap_or_default();
    let one = |head: JsValue| {
        let document = property(&head, names::DOCUMENT).as_string()?;
        Some(DocumentProgress {
            frame: property(&head, names::FRAME).as_f64()? as i64,
            document,
            next: count(&head, names::FIRST),
        })
    };
    Object::values(&documents).iter().filter_map(one).collect()
}

fn count(object: &JsValue, key: &str) -> u64 {
    property(object, key).as_f64().unwrap_or(0.0) as u64
}

/// The batches of one chunk, `[head, [text, …]]` each.
pub fn batches(chunk: &JsValue) -> Vec<Batch> {
    let batch = |batch: JsValue| {
        let batch = Array::from(&batch);
        let texts = Array::from(&batch.get(1)).iter().filter_map(|text| text.as_string()).collect();
        Some(Batch { head: batch.get(0).as_string()?, texts })
    };
    if Array::is_array(chunk) { Array::from(chunk).iter().filter_map(batch).collect() } else { vec![] }
}
