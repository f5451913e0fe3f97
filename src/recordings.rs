//! Reading the recordings that the background keeps in `storage.session`.

use crate::browser::{property, storage};
use crate::domain::timeline::Timeline;
use crate::protocol::recordings::{Batch, Index, VERSION, chunk_key, index_key, push};
use js_sys::Array;
use wasm_bindgen::JsValue;

/// How many chunks are read at most; there are a few dozen.
const MAX_CHUNKS: u32 = 2000;

/// The recording of a tab, as a timeline; `None` without one.
pub async fn load(tab: i32) -> Option<Timeline> {
    let (index, chunks) = stored(tab).await.ok()??;
    let mut timeline = Timeline::default();
    timeline.forgotten_before(index.dropped);
    for Batch { head, texts } in chunks.iter().flat_map(batches) {
        push(&mut timeline, &head, texts.iter().map(String::as_str));
    }
    Some(timeline)
}

/// The index and the chunks of a tab; `None` without a recording of this version.
pub async fn stored(tab: i32) -> Result<Option<(Index, Vec<JsValue>)>, String> {
    let value = storage::get(&index_key(tab)).await?;
    let Some(index) = index(&value) else { return Ok(None) };
    let [from, to] = ["from", "to"].map(|end| property(&value, end).as_f64().unwrap_or(0.0) as u32);
    let keys: Vec<_> = (from..to.min(from.saturating_add(MAX_CHUNKS))).map(|chunk| chunk_key(tab, chunk)).collect();
    let chunks = storage::get_all(keys.iter().cloned()).await?;
    Ok(Some((index, keys.iter().map(|key| property(&chunks, key)).collect())))
}

/// An index as it is stored; `None` for what is none of this version.
pub fn index(value: &JsValue) -> Option<Index> {
    let count = |key: &str| property(value, key).as_f64().unwrap_or(0.0) as u64;
    let known = property(value, "v") == f64::from(VERSION);
    known.then(|| Index { entries: count("entries"), dropped: count("dropped") })
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
