//! Stores batches as chunks in `storage.session`, within the limits. The formats are defined in
//! [`inspector_core::recording::storage`].
//!
//! The first chunk of a document has only its entries, because later entries depend on the beginning. To free space,
//! the oldest chunks are removed, except the beginnings of the documents that sent last. Another key has the size of
//! every tab's recording.

use super::super::error::BackgroundError;
use crate::errors::{BrowserError, WireError};
use crate::webext::{error_text, object, property, set_property, storage};
use inspector_core::recording::MAX_ENTRIES;
use inspector_core::recording::storage::names::{self, BYTES, CHUNKS, DOCUMENTS, DROPPED, ENTRIES, KEY, OF, TO};
use inspector_core::recording::storage::{MAX_STORED, VERSION, chunk_key, index_key, stored_size};
use inspector_core::recording::wire::MAX_VALUE;
use js_sys::{Array, JSON, JsString, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Bytes of each tab's recording, by tab ID.
const SIZES_KEY: &str = "recordingSizes";

/// The size in bytes from which a chunk is full. Small, because each batch writes its whole chunk.
const CHUNK_BYTES: f64 = 65_536.0;

/// How often a failed write is repeated, each time with half of the stored data removed.
const MAX_HALVINGS: usize = 4;

/// The maximum number of documents known per tab. An older document only loses the inspector's own acts.
const MAX_DOCUMENTS: usize = 100;

/// The divisor of each limit for the beginnings that stay.
const STABLE_SHARE: f64 = 4.0;

/// The maximum length of a stored URL, in characters.
const MAX_URL: u32 = MAX_VALUE as u32;

/// The sender of a batch, for its head. The browser reports the frame and the document; the extension's relay reports
/// the rest. The page has no influence.
pub fn sender_of(batch: &JsValue, sender: &JsValue) -> Option<JsValue> {
    let url: JsString = property(sender, "url").dyn_into().unwrap_or_default();
    let origin = property(batch, "origin").as_f64()?;
    let document = property(sender, "documentId");
    Some(object([
        (names::FRAME, property(sender, "frameId").as_f64()?.into()),
        (names::DOCUMENT, if document.is_string() { document } else { number_text(origin).into() }),
        (names::URL, url.slice(0, MAX_URL).into()),
        (names::TOP, (property(batch, "top") == true).into()),
        (names::LESS_TRUSTED, (property(batch, "less") == true).into()),
        (names::ORIGIN, origin.into()),
    ]))
}

/// Stores entries of a document; `first` is the number of the first one.
pub async fn add(tab: i32, sender: JsValue, first: f64, texts: &Array) -> Result<(), BackgroundError> {
    let index = Index::load(tab).await?;
    let head = index.update_sender(sender, first + f64::from(texts.length()));
    set_property(&head, names::FIRST, first.into());
    index.append(&head, texts).await
}

/// Stores an act of the inspector, if its document is recorded. `write` creates the entry from the number of the page's
/// next entry.
pub async fn add_own(tab: i32, document: &str, write: impl FnOnce(f64) -> String) -> Result<(), BackgroundError> {
    let index = Index::load(tab).await?;
    let sender = property(&index.documents(), document);
    if sender.is_undefined() {
        return Ok(());
    }
    let head = copy(&sender);
    set_property(&head, names::OWN, JsValue::TRUE);
    let text = write(number(&head, names::FIRST));
    index.append(&head, &Array::of1(&text.into())).await
}

/// Moves the recording of tab `old` to `tab`, because the browser changed the tab's ID. Entries already recorded under
/// the new ID follow it.
pub async fn follow(old: i32, tab: i32) -> Result<(), BackgroundError> {
    let before = Index::load(old).await?;
    if keys(&before.chunks()).is_empty() && keys(&before.documents()).is_empty() {
        return Ok(());
    }
    let index = Index { sizes: before.sizes.clone(), ..Index::load(tab).await? };
    let merged = before.merge(&index);
    let items = object([(SIZES_KEY, index.sizes), (&index_key(tab), merged)]);
    storage::set_all(&items).await?;
    Ok(storage::remove(&index_key(old).into()).await?)
}

/// Deletes the recordings of these tabs, together with the values of other keys. The sizes are written last: a size
/// without a recording is removed when space is freed.
pub async fn forget(tabs: &[i32], gone: Array) -> Result<(), BackgroundError> {
    for tab in tabs {
        let index = Index::load(*tab).await?;
        gone.push(&index_key(*tab).into());
        keys(&index.chunks()).iter().for_each(|chunk| _ = gone.push(&index.key(chunk).into()));
    }
    storage::remove(&gone).await?;
    let sizes = copy(&storage::get(SIZES_KEY).await?);
    tabs.iter().for_each(|tab| remove(&sizes, &tab.to_string().into()));
    Ok(storage::set(SIZES_KEY, sizes).await?)
}

/// The index of a tab, and the sizes of all tabs.
struct Index {
    tab: i32,
    stored: JsValue,
    sizes: JsValue,
}

impl Index {
    async fn load(tab: i32) -> Result<Self, BackgroundError> {
        let key = index_key(tab);
        let items = storage::get_all(&Array::of2(&key.as_str().into(), &SIZES_KEY.into())).await?;
        let stored = property(&items, &key);
        let stored = if property(&stored, names::VERSION) == f64::from(VERSION) { stored } else { new_index() };
        Ok(Self { tab, stored, sizes: copy(&property(&items, SIZES_KEY)) })
    }

    fn chunks(&self) -> JsValue {
        property(&self.stored, CHUNKS)
    }

    fn documents(&self) -> JsValue {
        property(&self.stored, DOCUMENTS)
    }

    fn key(&self, chunk: &JsValue) -> String {
        let known = property(&get(&self.chunks(), chunk), KEY).as_string();
        known.unwrap_or_else(|| chunk_key(self.tab, &chunk.as_string().unwrap_or_default()))
    }

    /// Merges the index with the chunks and documents of `later`. The chunks' keys don't change.
    fn merge(&self, later: &Self) -> JsValue {
        let (chunks, documents) = (object([]), copy(&self.documents()));
        for (index, begins) in [(self, 0.0), (later, number(&self.stored, TO))] {
            for chunk in keys(&index.chunks()) {
                let known = get(&index.chunks(), &chunk);
                set_property(&known, KEY, index.key(&chunk).into());
                set(&chunks, &number_text(begins + name_number(&chunk)).into(), &known);
            }
        }
        for document in keys(&later.documents()) {
            remove(&documents, &document);
            set(&documents, &document, &get(&later.documents(), &document));
        }
        let merged = object([(names::VERSION, VERSION.into()), (CHUNKS, chunks), (DOCUMENTS, documents)]);
        for key in [TO, ENTRIES, DROPPED] {
            set_property(&merged, key, (number(&self.stored, key) + number(&later.stored, key)).into());
        }
        let moved = number(&later.sizes, &self.tab.to_string());
        remove(&later.sizes, &self.tab.to_string().into());
        add_to(&later.sizes, &later.tab.to_string(), moved);
        merged
    }

    /// The sender as first reported for this document: a document that enters Chromium's back/forward cache sends from
    /// another frame (*seen*). It becomes the last active one; `next` is the number of its next entry.
    fn update_sender(&self, sender: JsValue, next: f64) -> JsValue {
        let (documents, id) = (self.documents(), property(&sender, names::DOCUMENT));
        let known = get(&documents, &id);
        let known = if known.is_object() { known } else { sender };
        set_property(&known, names::FIRST, number(&known, names::FIRST).max(next).into());
        remove(&documents, &id);
        set(&documents, &id, &copy(&known));
        let ids = keys(&documents);
        if ids.len() > MAX_DOCUMENTS {
            remove(&documents, &ids[0]);
        }
        known
    }

    /// Adds a batch to its document's first chunk, to the newest chunk, or to a new one, and removes chunks over the
    /// limits.
    async fn append(&self, head: &JsValue, texts: &Array) -> Result<(), BackgroundError> {
        let chunk = self.choose_chunk(&property(head, names::DOCUMENT), property(head, names::FIRST) == 0.0);
        let key = self.key(&chunk);
        let head: JsValue =
            JSON::stringify(head).map_err(|error| BackgroundError::NotWritten(WireError(error_text(&error))))?.into();
        let bytes = texts.iter().fold(size_of(&head), |sum, text| sum + size_of(&text));
        let known = get(&self.chunks(), &chunk);
        // What is stored under the key of a new chunk is of another version.
        let is_new = property(&known, ENTRIES).is_undefined();
        let stored = if is_new { JsValue::UNDEFINED } else { storage::get(&key).await? };
        let batches: Array = stored.dyn_into().unwrap_or_default();
        batches.push(&Array::of2(&head, texts));
        self.count(&known, f64::from(texts.length()), bytes);
        self.write(&chunk, &batches.into()).await
    }

    /// Writes the index, the sizes and one chunk. If the browser has no space although the limits allow it, more chunks
    /// are removed in the next attempt.
    async fn write(&self, chunk: &JsValue, batches: &JsValue) -> Result<(), BackgroundError> {
        let (gone, others) = (Array::new(), object([]));
        let key = self.key(chunk);
        self.make_room(MAX_STORED as f64, &gone, &others).await?;
        let mut written = storage::set_all(&self.items(chunk, &key, batches, &gone, &others)).await;
        for _ in 0..MAX_HALVINGS {
            if !matches!(written, Err(BrowserError::Full(_))) {
                break;
            }
            self.make_room(total(&self.sizes) / 2.0, &gone, &others).await?;
            written = storage::set_all(&self.items(chunk, &key, batches, &gone, &others)).await;
        }
        written?;
        Ok(storage::remove(&gone).await?)
    }

    /// The items to write. The chunk is included unless it was removed. Removed chunks are emptied in the same step,
    /// because the browser may stop the background before their keys are removed.
    fn items(&self, chunk: &JsValue, key: &str, batches: &JsValue, gone: &Array, others: &JsValue) -> JsValue {
        let items = copy(others);
        gone.iter().for_each(|gone| set(&items, &gone, &JsValue::NULL));
        set_property(&items, SIZES_KEY, self.sizes.clone());
        set_property(&items, &index_key(self.tab), self.stored.clone());
        if get(&self.chunks(), chunk).is_object() {
            set_property(&items, key, batches.clone());
        }
        items
    }

    fn count(&self, chunk: &JsValue, entries: f64, bytes: f64) {
        add_to(chunk, ENTRIES, entries);
        add_to(chunk, BYTES, bytes);
        add_to(&self.stored, ENTRIES, entries);
        add_to(&self.sizes, &self.tab.to_string(), bytes);
    }

    /// The chunk to add to: the document's first chunk until it is full, then the newest chunk.
    fn choose_chunk(&self, document: &JsValue, begins: bool) -> JsValue {
        let chunks = self.chunks();
        let has_room = |chunk: &JsValue| {
            let known = get(&chunks, chunk);
            number(&known, BYTES) < CHUNK_BYTES && property(&known, KEY).is_undefined()
        };
        let first = self.chunk_of(document);
        let is_beginning = first.as_ref().map_or(begins, has_room);
        let of = if is_beginning { document } else { &JsValue::NULL };
        let known = if is_beginning { first } else { self.chunk_of(of).filter(has_room) };
        known.unwrap_or_else(|| {
            let to = number(&self.stored, TO);
            add_to(&self.stored, TO, 1.0);
            let chunk = number_text(to).into();
            set(&chunks, &chunk, &object([(OF, of.clone())]));
            chunk
        })
    }

    /// The newest chunk that belongs to a document, or to none.
    fn chunk_of(&self, document: &JsValue) -> Option<JsValue> {
        let chunks = self.chunks();
        keys(&chunks).into_iter().rev().find(|chunk| property(&get(&chunks, chunk), OF) == *document)
    }

    /// Removes chunks over the limits. The removed keys are added to `gone`, the changed indexes of other tabs to
    /// `others`.
    async fn make_room(&self, most: f64, gone: &Array, others: &JsValue) -> Result<(), BackgroundError> {
        while number(&self.stored, ENTRIES) > MAX_ENTRIES as f64 && self.drop_one(gone) {}
        while let Some(largest) = largest(&self.sizes, most) {
            if largest == self.tab {
                self.drop_one(gone);
                continue;
            }
            let key = index_key(largest);
            let known = property(others, &key);
            let stored = if known.is_object() { known } else { Self::load(largest).await?.stored };
            let other = Self { tab: largest, stored, sizes: self.sizes.clone() };
            other.drop_one(gone);
            set_property(others, &key, other.stored);
        }
        Ok(())
    }

    /// Removes the oldest chunk that needn't stay from the index and the sizes, and adds its key to `gone`; `false` if
    /// there is none.
    fn drop_one(&self, gone: &Array) -> bool {
        let (chunks, stable_chunks) = (self.chunks(), self.stable_chunks());
        let all = keys(&chunks);
        let Some(chunk) = all.iter().find(|chunk| !stable_chunks.contains(chunk)).or(all.first()) else {
            remove(&self.sizes, &self.tab.to_string().into());
            return false;
        };
        let counts = get(&chunks, chunk);
        gone.push(&self.key(chunk).into());
        remove(&chunks, chunk);
        let entries = number(&counts, ENTRIES);
        self.count(&counts, -entries, -number(&counts, BYTES));
        add_to(&self.stored, DROPPED, entries);
        true
    }

    /// The first chunks of the documents that sent last, as many as their share allows.
    fn stable_chunks(&self) -> Vec<JsValue> {
        let (mut entries, mut bytes) = (MAX_ENTRIES as f64 / STABLE_SHARE, MAX_STORED as f64 / STABLE_SHARE);
        let chunks = self.chunks();
        let mut stable_chunks = vec![];
        for chunk in keys(&self.documents()).iter().rev().filter_map(|id| self.chunk_of(id)) {
            let counts = get(&chunks, &chunk);
            entries -= number(&counts, ENTRIES);
            bytes -= number(&counts, BYTES);
            if entries < 0.0 || bytes < 0.0 {
                break;
            }
            stable_chunks.push(chunk);
        }
        stable_chunks
    }
}

/// The index of a tab without a recording. It also replaces the index of another version.
fn new_index() -> JsValue {
    object([
        (names::VERSION, VERSION.into()),
        (TO, 0.into()),
        (ENTRIES, 0.into()),
        (DROPPED, 0.into()),
        (CHUNKS, object([])),
        (DOCUMENTS, object([])),
    ])
}

/// The tab with the largest recording, if all tabs together exceed `most`.
fn largest(sizes: &JsValue, most: f64) -> Option<i32> {
    let mut largest = None;
    for tab in keys(sizes) {
        let bytes = get(sizes, &tab).as_f64().unwrap_or(0.0);
        if largest.as_ref().is_none_or(|(known, _)| bytes > *known) {
            largest = Some((bytes, tab));
        }
    }
    let (_, tab) = largest.filter(|_| total(sizes) > most)?;
    Some(tab.unchecked_into_f64() as i32)
}

fn total(sizes: &JsValue) -> f64 {
    keys(sizes).iter().filter_map(|tab| get(sizes, tab).as_f64()).sum()
}

/// Uses JavaScript: Rust's float formatting tables add 11 KB.
fn number_text(number: f64) -> JsString {
    js_sys::Number::from(number).to_string_with_radix(10).unwrap_or_default()
}

fn copy(object: &JsValue) -> JsValue {
    Object::assign(&Object::new(), object.unchecked_ref()).into()
}

fn number(object: &JsValue, key: &str) -> f64 {
    property(object, key).as_f64().unwrap_or(0.0)
}

fn get(object: &JsValue, key: &JsValue) -> JsValue {
    Reflect::get(object, key).unwrap_or_default()
}

fn set(object: &JsValue, key: &JsValue, value: &JsValue) {
    let _ = Reflect::set(object, key, value);
}

fn remove(object: &JsValue, key: &JsValue) {
    let _ = Reflect::delete_property(object.unchecked_ref::<Object>(), key);
}

/// The property names of an object: integers first, ascending, then in insertion order.
fn keys(object: &JsValue) -> Vec<JsValue> {
    Object::keys(object.unchecked_ref::<Object>()).to_vec()
}

fn add_to(object: &JsValue, key: &str, amount: f64) {
    set_property(object, key, (number(object, key) + amount).into());
}

/// The size of a text in the browser's quota, in bytes.
fn size_of(text: &JsValue) -> f64 {
    text.as_string().map_or(0.0, |text| stored_size(&text) as f64)
}

/// The number in a property name.
fn name_number(name: &JsValue) -> f64 {
    js_sys::Number::from(name.clone()).value_of()
}
