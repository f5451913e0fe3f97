//! Batches into chunks of `storage.session`, within the caps; the shapes are [`inspector_core::recording::storage`]'s.
//!
//! A document's first chunk is its own: without its beginning, nobody could tell what the rest stands on. So when room is
//! made, the beginnings of the documents last heard of stay, and the oldest of all else goes. One more key holds the
//! size of every tab's recording.

use crate::webext::{object, property, set_property, storage};
use inspector_core::recording::storage::{MAX_ENTRIES, MAX_STORED, VERSION, chunk_key, index_key, stored_size};
use js_sys::{Array, JSON, JsString, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Bytes of each tab's recording, by its id.
const SIZES_KEY: &str = "recordingSizes";

/// From how many bytes on a chunk is full. Each batch writes its chunk anew, so it is kept small.
const CHUNK_BYTES: f64 = 65_536.0;

/// How many times more room is made, half of what is kept each time, for a write that the browser has no room for.
const MAX_HALVINGS: usize = 4;

/// How many documents of a tab are known by name; an older one only loses our own acts.
const MAX_DOCUMENTS: usize = 100;

/// What an index says of each of its chunks: how much is in it.
const ENTRIES: &str = "entries";
const BYTES: &str = "bytes";

/// The key of a chunk that was stored under another tab's id; no more is added to such a chunk.
const KEY: &str = "key";

/// What part of each cap is for the beginnings that stay.
const SHARE: f64 = 4.0;

/// How many characters of an address are kept.
const MAX_URL: u32 = 2048;

/// Who sent a batch, in a head's words. The browser says which frame and document; the relay, which is ours, says what of
/// them the browser does not; the page has no say.
pub fn sender_of(batch: &JsValue, sender: &JsValue) -> Option<JsValue> {
    let url: JsString = property(sender, "url").dyn_into().unwrap_or_default();
    let origin = property(batch, "origin").as_f64()?;
    let document = property(sender, "documentId");
    Some(object([
        ("frame", property(sender, "frameId").as_f64()?.into()),
        ("document", if document.is_string() { document } else { text_of(origin).into() }),
        ("url", url.slice(0, MAX_URL).into()),
        ("top", (property(batch, "top") == true).into()),
        ("less", (property(batch, "less") == true).into()),
        ("origin", origin.into()),
    ]))
}

/// Stores entries of a document, the first of which has the number `first`.
pub async fn add(tab: i32, sender: JsValue, first: f64, texts: &Array) -> Result<(), String> {
    let index = Index::load(tab).await?;
    let head = index.heard(sender, first + f64::from(texts.length()));
    set_property(&head, "first", first.into());
    index.append(&head, texts).await
}

/// Stores what we did in a document, if that one is recorded. `write` makes the entry from the number that the page's
/// next entry will have.
pub async fn add_own(tab: i32, document: &str, write: impl FnOnce(f64) -> String) -> Result<(), String> {
    let index = Index::load(tab).await?;
    let sender = property(&index.documents(), document);
    if sender.is_undefined() {
        return Ok(());
    }
    let head = copy(&sender);
    set_property(&head, "own", JsValue::TRUE);
    let text = write(number(&head, "first"));
    index.append(&head, &Array::of1(&text.into())).await
}

/// Keeps the recording of tab `old` as that of `tab`: the browser has given the tab another id. What was recorded under the
/// new id meanwhile follows it.
pub async fn follow(old: i32, tab: i32) -> Result<(), String> {
    let before = Index::load(old).await?;
    if keys(&before.chunks()).is_empty() && keys(&before.documents()).is_empty() {
        return Ok(());
    }
    let index = Index { sizes: before.sizes.clone(), ..Index::load(tab).await? };
    let merged = before.joined_by(&index);
    let items = object([(SIZES_KEY, index.sizes), (&index_key(tab), merged)]);
    storage::set_all(&items).await?;
    storage::remove(&index_key(old).into()).await
}

/// Forgets a tab's recording.
pub async fn forget(tab: i32) -> Result<(), String> {
    let index = Index::load(tab).await?;
    remove(&index.sizes, &tab.to_string().into());
    storage::set(SIZES_KEY, index.sizes.clone()).await?;
    let gone = Array::of1(&index_key(tab).into());
    keys(&index.chunks()).iter().for_each(|chunk| _ = gone.push(&index.key(chunk).into()));
    storage::remove(&gone).await
}

/// The index of one tab, and the bytes of every tab.
struct Index {
    tab: i32,
    stored: JsValue,
    sizes: JsValue,
}

impl Index {
    async fn load(tab: i32) -> Result<Self, String> {
        let key = index_key(tab);
        let kept = storage::get_all(&Array::of2(&key.as_str().into(), &SIZES_KEY.into())).await?;
        let stored = property(&kept, &key);
        let stored = if property(&stored, "v") == f64::from(VERSION) { stored } else { migrated(&stored) };
        Ok(Self { tab, stored, sizes: copy(&property(&kept, SIZES_KEY)) })
    }

    fn chunks(&self) -> JsValue {
        property(&self.stored, "chunks")
    }

    fn documents(&self) -> JsValue {
        property(&self.stored, "documents")
    }

    fn key(&self, chunk: &JsValue) -> String {
        let known = property(&get(&self.chunks(), chunk), KEY).as_string();
        known.unwrap_or_else(|| chunk_key(self.tab, &chunk.as_string().unwrap_or_default()))
    }

    /// This index with the chunks and documents of `later` behind its own. Every chunk stays where it is stored.
    fn joined_by(&self, later: &Self) -> JsValue {
        let (chunks, documents) = (object([]), copy(&self.documents()));
        for (index, begins) in [(self, 0.0), (later, number(&self.stored, "to"))] {
            for chunk in keys(&index.chunks()) {
                let known = get(&index.chunks(), &chunk);
                set_property(&known, KEY, index.key(&chunk).into());
                set(&chunks, &text_of(begins + number_of(&chunk)).into(), &known);
            }
        }
        for document in keys(&later.documents()) {
            remove(&documents, &document);
            set(&documents, &document, &get(&later.documents(), &document));
        }
        let joined = object([("v", VERSION.into()), ("chunks", chunks), ("documents", documents)]);
        for key in ["to", ENTRIES, "dropped"] {
            set_property(&joined, key, (number(&self.stored, key) + number(&later.stored, key)).into());
        }
        let moved = number(&later.sizes, &self.tab.to_string());
        remove(&later.sizes, &self.tab.to_string().into());
        add_to(&later.sizes, &later.tab.to_string(), moved);
        joined
    }

    /// The sender as this document was first heard of: a document on its way into Chromium's back/forward cache sends
    /// as another frame (*seen*). It is the one last heard of now; `next` is the number that its next entry will have.
    fn heard(&self, sender: JsValue, next: f64) -> JsValue {
        let (documents, id) = (self.documents(), property(&sender, "document"));
        let known = get(&documents, &id);
        let known = if known.is_object() { known } else { sender };
        set_property(&known, "first", number(&known, "first").max(next).into());
        remove(&documents, &id);
        set(&documents, &id, &copy(&known));
        let ids = keys(&documents);
        if ids.len() > MAX_DOCUMENTS {
            remove(&documents, &ids[0]);
        }
        known
    }

    /// Adds a batch to its document's beginning, to the newest chunk or to a new one, and drops what is beyond the caps.
    async fn append(&self, head: &JsValue, texts: &Array) -> Result<(), String> {
        let chunk = self.place(&property(head, "document"), property(head, "first") == 0.0);
        let key = self.key(&chunk);
        let head: JsValue = JSON::stringify(head).map_err(|_| "a head that is no JSON")?.into();
        let bytes = texts.iter().fold(size_of(&head), |sum, text| sum + size_of(&text));
        let batches: Array = storage::get(&key).await?.dyn_into().unwrap_or_default();
        batches.push(&Array::of2(&head, texts));
        self.count(&get(&self.chunks(), &chunk), f64::from(texts.length()), bytes);
        self.write(&chunk, &batches.into()).await
    }

    /// Writes the index, the sizes and one chunk. A browser that has no room although our own count allows it counts
    /// otherwise, or other things are kept: then more goes, before it is asked again.
    async fn write(&self, chunk: &JsValue, batches: &JsValue) -> Result<(), String> {
        let (gone, others) = (Array::new(), object([]));
        let key = self.key(chunk);
        self.make_room(MAX_STORED as f64, &gone, &others).await?;
        let mut written = storage::set_all(&self.items(chunk, &key, batches, &others)).await;
        for _ in 0..MAX_HALVINGS {
            if !written.as_ref().is_err_and(|why| is_full(why)) {
                break;
            }
            self.make_room(total(&self.sizes) / 2.0, &gone, &others).await?;
            storage::remove(&gone).await?;
            written = storage::set_all(&self.items(chunk, &key, batches, &others)).await;
        }
        written?;
        storage::remove(&gone).await
    }

    /// What is to be written: the chunk with the rest, unless it went itself.
    fn items(&self, chunk: &JsValue, key: &str, batches: &JsValue, others: &JsValue) -> JsValue {
        let items = copy(others);
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

    /// The chunk to add to: the first of `document` until that is full, then whichever is the newest of all.
    fn place(&self, document: &JsValue, begins: bool) -> JsValue {
        let chunks = self.chunks();
        let has_room = |chunk: &JsValue| {
            let known = get(&chunks, chunk);
            number(&known, BYTES) < CHUNK_BYTES && property(&known, KEY).is_undefined()
        };
        let own = self.chunk_of(document);
        let is_beginning = own.as_ref().map_or(begins, has_room);
        let of = if is_beginning { document } else { &JsValue::NULL };
        let known = if is_beginning { own } else { self.chunk_of(of).filter(has_room) };
        known.unwrap_or_else(|| {
            let to = number(&self.stored, "to");
            add_to(&self.stored, "to", 1.0);
            let chunk = text_of(to).into();
            set(&chunks, &chunk, &object([("of", of.clone())]));
            chunk
        })
    }

    /// The newest chunk of a document's own, or the newest of none.
    fn chunk_of(&self, document: &JsValue) -> Option<JsValue> {
        let chunks = self.chunks();
        keys(&chunks).into_iter().rev().find(|chunk| property(&get(&chunks, chunk), "of") == *document)
    }

    /// Drops chunks beyond the caps: the keys of those to remove go to `gone`, the changed indexes of other tabs to `others`.
    async fn make_room(&self, most: f64, gone: &Array, others: &JsValue) -> Result<(), String> {
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

    /// Drops the oldest chunk that need not stay from the index and the sizes, and tells the key of what remains to be
    /// removed; `false` when there is none.
    fn drop_one(&self, gone: &Array) -> bool {
        let (chunks, staying) = (self.chunks(), self.staying());
        let all = keys(&chunks);
        let Some(chunk) = all.iter().find(|chunk| !staying.contains(chunk)).or(all.first()) else {
            remove(&self.sizes, &self.tab.to_string().into());
            return false;
        };
        let counts = get(&chunks, chunk);
        gone.push(&self.key(chunk).into());
        remove(&chunks, chunk);
        let entries = number(&counts, ENTRIES);
        self.count(&counts, -entries, -number(&counts, BYTES));
        add_to(&self.stored, "dropped", entries);
        true
    }

    /// The beginnings of the documents last heard of, as many as have room in their share.
    fn staying(&self) -> Vec<JsValue> {
        let (mut entries, mut bytes) = (MAX_ENTRIES as f64 / SHARE, MAX_STORED as f64 / SHARE);
        let chunks = self.chunks();
        let mut staying = vec![];
        for chunk in keys(&self.documents()).iter().rev().filter_map(|id| self.chunk_of(id)) {
            let counts = get(&chunks, &chunk);
            entries -= number(&counts, ENTRIES);
            bytes -= number(&counts, BYTES);
            if entries < 0.0 || bytes < 0.0 {
                break;
            }
            staying.push(chunk);
        }
        staying
    }
}

/// The index of a tab without a recording; or of one that an older version of the extension made. Version 2 counted
/// characters, `chars`; version 1 knew chunks by `from` and `sizes: [[entries, characters], …]`, and none was a document's own.
/// Characters stand for bytes there: a write for which that was too little makes room.
fn migrated(old: &JsValue) -> JsValue {
    let (chunks, sizes) = (object([]), property(old, "sizes"));
    let counts =
        |entries: JsValue, bytes: JsValue, of: JsValue| object([(ENTRIES, entries), (BYTES, bytes), ("of", of)]);
    let from = number(old, "from");
    for at in 0..number(&sizes, "length") as u32 {
        let size = get(&sizes, &at.into());
        let known = counts(property(&size, "0"), property(&size, "1"), JsValue::NULL);
        set(&chunks, &text_of(from + f64::from(at)).into(), &known);
    }
    let before = property(old, "chunks");
    for chunk in keys(&copy(&before)) {
        let known = get(&before, &chunk);
        let [entries, chars, of] = [ENTRIES, "chars", "of"].map(|key| property(&known, key));
        set(&chunks, &chunk, &counts(entries, chars, of));
    }
    let documents = copy(&property(old, "documents"));
    let index = object([("v", VERSION.into()), ("chunks", chunks), ("documents", documents)]);
    ["to", ENTRIES, "dropped"].into_iter().for_each(|key| add_to(&index, key, number(old, key)));
    index
}

/// The tab with the largest recording, where all tabs together have more than `most`.
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

/// Whether the browser says that its storage has no room. Both name the quota (*seen*).
fn is_full(why: &str) -> bool {
    why.to_ascii_lowercase().contains("quota")
}

/// By JavaScript: the tables for writing a float in Rust weigh 11 KB.
fn text_of(number: f64) -> JsString {
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

/// The names of an object's properties: numbers first, ascending, then as they were set.
fn keys(object: &JsValue) -> Vec<JsValue> {
    Object::keys(object.unchecked_ref::<Object>()).to_vec()
}

fn add_to(object: &JsValue, key: &str, amount: f64) {
    set_property(object, key, (number(object, key) + amount).into());
}

/// What a text takes of the browser's quota, in bytes.
fn size_of(text: &JsValue) -> f64 {
    text.as_string().map_or(0.0, |text| stored_size(&text) as f64)
}

/// The number that the name of a property is.
fn number_of(name: &JsValue) -> f64 {
    js_sys::Number::from(name.clone()).value_of()
}
