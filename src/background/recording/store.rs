//! Batches into chunks of `storage.session`, within the caps; the shapes are [`crate::protocol::recordings`]'s.
//!
//! A document's first chunk is its own: without its beginning, nobody could tell what the rest stands on. So when room is
//! made, the beginnings of the documents last heard of stay, and the oldest of all else goes. One more key holds the
//! characters of every tab.

use crate::browser::{object, property, set_property, storage};
use crate::protocol::recordings::{MAX_ENTRIES, MAX_STORED, VERSION, chunk_key, index_key};
use js_sys::{Array, JSON, JsString, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Characters of each tab's recording, by its id.
const SIZES_KEY: &str = "recordingSizes";

/// From how many characters on a chunk is full. Each batch writes its chunk anew, so it is kept small.
const CHUNK_CHARS: f64 = 65_536.0;

/// How many documents of a tab are known by name; an older one only loses our own acts.
const MAX_DOCUMENTS: usize = 100;

/// What an index says of each of its chunks: how much is in it.
const ENTRIES: &str = "entries";
const CHARS: &str = "chars";

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

/// Stores what we did in a document, if that one is recorded. `write` makes the entry from when its time began.
pub async fn add_own(tab: i32, document: &str, write: impl FnOnce(f64) -> String) -> Result<(), String> {
    let index = Index::load(tab).await?;
    let sender = property(&index.documents(), document);
    if sender.is_undefined() {
        return Ok(());
    }
    let head = copy(&sender);
    set_property(&head, "own", JsValue::TRUE);
    let text = write(number(&head, "origin"));
    index.append(&head, &Array::of1(&text.into())).await
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

/// The index of one tab, and the characters of every tab.
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
        let stored = if property(&stored, "v") == f64::from(VERSION) { stored } else { renewed(&stored) };
        Ok(Self { tab, stored, sizes: copy(&property(&kept, SIZES_KEY)) })
    }

    fn chunks(&self) -> JsValue {
        property(&self.stored, "chunks")
    }

    fn documents(&self) -> JsValue {
        property(&self.stored, "documents")
    }

    fn key(&self, chunk: &JsValue) -> String {
        chunk_key(self.tab, &chunk.as_string().unwrap_or_default())
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
        let head = JSON::stringify(head).map_err(|_| "a head that is no JSON")?;
        let chars = f64::from(texts.iter().fold(head.length(), |sum, text| sum + length(&text)));
        let batches: Array = storage::get(&key).await?.dyn_into().unwrap_or_default();
        batches.push(&Array::of2(&head, texts));
        self.count(&get(&self.chunks(), &chunk), f64::from(texts.length()), chars);
        let gone = self.make_room().await?;
        let items = object([
            (SIZES_KEY, self.sizes.clone()),
            (&index_key(self.tab), self.stored.clone()),
            (&key, batches.into()),
        ]);
        storage::set_all(&items).await?;
        storage::remove(&gone).await
    }

    fn count(&self, chunk: &JsValue, entries: f64, chars: f64) {
        add_to(chunk, ENTRIES, entries);
        add_to(chunk, CHARS, chars);
        add_to(&self.stored, ENTRIES, entries);
        add_to(&self.sizes, &self.tab.to_string(), chars);
    }

    /// The chunk to add to: the first of `document` until that is full, then whichever is the newest of all.
    fn place(&self, document: &JsValue, begins: bool) -> JsValue {
        let chunks = self.chunks();
        let has_room = |chunk: &JsValue| number(&get(&chunks, chunk), CHARS) < CHUNK_CHARS;
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

    /// Drops chunks beyond the caps, of this tab in memory only; gives the keys of those to remove.
    async fn make_room(&self) -> Result<Array, String> {
        let gone = Array::new();
        while number(&self.stored, ENTRIES) > MAX_ENTRIES as f64 && self.drop_one(&gone) {}
        while let Some(largest) = largest(&self.sizes) {
            if largest == self.tab {
                self.drop_one(&gone);
                continue;
            }
            let other = Self { sizes: self.sizes.clone(), ..Self::load(largest).await? };
            other.drop_one(&gone);
            storage::set(&index_key(largest), other.stored).await?;
        }
        Ok(gone)
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
        remove(&chunks, chunk);
        let entries = number(&counts, ENTRIES);
        self.count(&counts, -entries, -number(&counts, CHARS));
        add_to(&self.stored, "dropped", entries);
        gone.push(&self.key(chunk).into());
        true
    }

    /// The beginnings of the documents last heard of, as many as have room in their share.
    fn staying(&self) -> Vec<JsValue> {
        let (mut entries, mut chars) = (MAX_ENTRIES as f64 / SHARE, MAX_STORED as f64 / SHARE);
        let chunks = self.chunks();
        let mut staying = vec![];
        for chunk in keys(&self.documents()).iter().rev().filter_map(|id| self.chunk_of(id)) {
            let counts = get(&chunks, &chunk);
            entries -= number(&counts, ENTRIES);
            chars -= number(&counts, CHARS);
            if entries < 0.0 || chars < 0.0 {
                break;
            }
            staying.push(chunk);
        }
        staying
    }
}

/// The index of a tab without a recording; or of one that an older version of the extension made, whose chunks were known
/// by `from` and `sizes: [[entries, characters], …]`, and none was a document's own.
fn renewed(old: &JsValue) -> JsValue {
    let (chunks, sizes) = (object([]), property(old, "sizes"));
    let from = number(old, "from");
    for at in 0..number(&sizes, "length") as u32 {
        let size = get(&sizes, &at.into());
        let counts = object([(ENTRIES, property(&size, "0")), (CHARS, property(&size, "1")), ("of", JsValue::NULL)]);
        set(&chunks, &text_of(from + f64::from(at)).into(), &counts);
    }
    let documents = copy(&property(old, "documents"));
    let index = object([("v", VERSION.into()), ("chunks", chunks), ("documents", documents)]);
    ["to", ENTRIES, "dropped"].into_iter().for_each(|key| add_to(&index, key, number(old, key)));
    index
}

/// The tab with the most characters, where all tabs together have more than may be kept.
fn largest(sizes: &JsValue) -> Option<i32> {
    let (mut total, mut most, mut largest) = (0.0, 0.0, None);
    for tab in keys(sizes) {
        let chars = get(sizes, &tab).as_f64().unwrap_or(0.0);
        total += chars;
        if chars > most {
            (most, largest) = (chars, Some(tab));
        }
    }
    largest.filter(|_| total > MAX_STORED as f64).map(|tab| tab.unchecked_into_f64() as i32)
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

fn length(text: &JsValue) -> u32 {
    text.dyn_ref::<JsString>().map_or(0, JsString::length)
}
