//! Batches into chunks of `storage.session`, within the caps; the shapes are [`crate::protocol::recordings`]'s.
//!
//! An index keeps beside what readers need the size of each chunk, `sizes: [[entries, characters], …]`, and who the
//! documents are, `documents: {id: sender}`. One more key holds the characters of every tab.

use crate::browser::{object, property, set_property, storage};
use crate::protocol::recordings::{MAX_ENTRIES, MAX_STORED, VERSION, chunk_key, index_key};
use js_sys::{Array, JSON, JsString, Object};
use wasm_bindgen::{JsCast, JsValue};

/// Characters of each tab's recording, by its id.
const SIZES_KEY: &str = "recordingSizes";

/// From how many characters on a chunk is full. Each batch writes its chunk anew, so it is kept small.
const CHUNK_CHARS: f64 = 65_536.0;

/// How many documents of a tab are known by name; an older one only loses our own acts.
const MAX_DOCUMENTS: u32 = 100;

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
    let head = index.known(sender);
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
    let text = write(property(&head, "origin").as_f64().unwrap_or(0.0));
    index.append(&head, &Array::of1(&text.into())).await
}

/// Forgets a tab's recording.
pub async fn forget(tab: i32) -> Result<(), String> {
    let index = Index::load(tab).await?;
    let [from, to] = ["from", "to"].map(|key| index.number(key) as u32);
    let sizes = Sizes::load().await?;
    sizes.forget(tab);
    storage::set(SIZES_KEY, sizes.0).await?;
    storage::remove((from..to).map(|chunk| chunk_key(tab, chunk)).chain([index_key(tab)]).collect()).await
}

/// The index of one tab.
struct Index {
    tab: i32,
    stored: JsValue,
}

impl Index {
    async fn load(tab: i32) -> Result<Self, String> {
        let stored = storage::get(&index_key(tab)).await?;
        let fresh = || {
            let numbers = ["from", "to", "entries", "dropped"].map(|key| (key, JsValue::from(0)));
            let index = object(numbers);
            set_property(&index, "v", VERSION.into());
            set_property(&index, "sizes", Array::new().into());
            set_property(&index, "documents", Object::new().into());
            index
        };
        let stored = if property(&stored, "v") == f64::from(VERSION) { stored } else { fresh() };
        Ok(Self { tab, stored })
    }

    fn number(&self, key: &str) -> f64 {
        property(&self.stored, key).as_f64().unwrap_or(0.0)
    }

    fn add_to(&self, key: &str, amount: f64) {
        set_property(&self.stored, key, (self.number(key) + amount).into());
    }

    fn sizes(&self) -> Array {
        property(&self.stored, "sizes").unchecked_into()
    }

    fn documents(&self) -> JsValue {
        property(&self.stored, "documents")
    }

    /// The sender as this document was first heard of: a document on its way into Chromium's back/forward cache sends
    /// as another frame (*seen*).
    fn known(&self, sender: JsValue) -> JsValue {
        let (documents, id) = (self.documents(), property(&sender, "document").as_string().unwrap_or_default());
        let known = property(&documents, &id);
        if known.is_object() {
            return copy(&known);
        }
        let keys = Object::keys(documents.unchecked_ref::<Object>());
        if keys.length() >= MAX_DOCUMENTS {
            let _ = js_sys::Reflect::delete_property(documents.unchecked_ref::<Object>(), &keys.get(0));
        }
        set_property(&documents, &id, copy(&sender));
        sender
    }

    /// Adds a batch to the newest chunk, or to a new one, and drops what is beyond the caps.
    async fn append(&self, head: &JsValue, texts: &Array) -> Result<(), String> {
        let head = JSON::stringify(head).map_err(|_| "a head that is no JSON")?;
        let chars = f64::from(texts.iter().fold(head.length(), |sum, text| sum + length(&text)));
        let (number, chunk) = self.newest().await?;
        chunk.push(&Array::of2(&head, texts));
        self.count(f64::from(texts.length()), chars);
        let sizes = Sizes::load().await?;
        sizes.add(self.tab, chars);
        let gone = self.make_room(&sizes).await?;
        let items = object([(SIZES_KEY, sizes.0), (&index_key(self.tab), self.stored.clone())]);
        set_property(&items, &chunk_key(self.tab, number), chunk.into());
        storage::set_all(&items).await?;
        storage::remove(gone).await
    }

    /// The chunk to add to, and its number.
    async fn newest(&self) -> Result<(u32, Array), String> {
        let to = self.number("to") as u32;
        if self.sizes().iter().last().is_some_and(|size| pair(&size)[1] < CHUNK_CHARS) {
            let chunk = storage::get(&chunk_key(self.tab, to - 1)).await?;
            return Ok((to - 1, chunk.dyn_into().unwrap_or_default()));
        }
        self.add_to("to", 1.0);
        self.sizes().push(&Array::of2(&0.into(), &0.into()));
        Ok((to, Array::new()))
    }

    fn count(&self, entries: f64, chars: f64) {
        self.add_to("entries", entries);
        let sizes = self.sizes();
        let [had, long] = sizes.pop().dyn_into::<Array>().map(|size| pair(&size)).unwrap_or_default();
        sizes.push(&Array::of2(&(had + entries).into(), &(long + chars).into()));
    }

    /// Drops the oldest chunks beyond the caps, of this tab in memory only; gives the keys of those to remove.
    async fn make_room(&self, sizes: &Sizes) -> Result<Vec<String>, String> {
        let mut gone = vec![];
        while self.number("entries") > MAX_ENTRIES as f64 && self.number("to") - self.number("from") > 1.0 {
            gone.extend(self.drop_oldest(sizes));
        }
        while sizes.total() > MAX_STORED as f64 {
            let Some(largest) = sizes.largest() else { break };
            if largest == self.tab {
                gone.extend(self.drop_oldest(sizes));
            } else {
                let other = Self::load(largest).await?;
                gone.extend(other.drop_oldest(sizes));
                storage::set(&index_key(largest), other.stored).await?;
            }
        }
        Ok(gone)
    }

    /// Drops the oldest chunk from the index and the sizes; the key of what remains to be removed.
    fn drop_oldest(&self, sizes: &Sizes) -> Option<String> {
        let size = self.sizes().shift();
        if size.is_undefined() {
            sizes.forget(self.tab);
            return None;
        }
        let [entries, chars] = pair(&size);
        let from = self.number("from");
        self.add_to("from", 1.0);
        self.add_to("entries", -entries);
        self.add_to("dropped", entries);
        sizes.add(self.tab, -chars);
        Some(chunk_key(self.tab, from as u32))
    }
}

/// The characters of every tab.
struct Sizes(JsValue);

impl Sizes {
    async fn load() -> Result<Self, String> {
        let stored = storage::get(SIZES_KEY).await?;
        Ok(Self(if stored.is_object() { stored } else { Object::new().into() }))
    }

    fn add(&self, tab: i32, chars: f64) {
        let key = tab.to_string();
        let now = property(&self.0, &key).as_f64().unwrap_or(0.0);
        set_property(&self.0, &key, (now + chars).into());
    }

    fn forget(&self, tab: i32) {
        let _ = js_sys::Reflect::delete_property(self.0.unchecked_ref::<Object>(), &tab.to_string().into());
    }

    fn entries(&self) -> impl Iterator<Item = (i32, f64)> {
        let entries = Object::entries(self.0.unchecked_ref());
        entries
            .iter()
            .filter_map(|entry| {
                let entry: Array = entry.dyn_into().ok()?;
                Some((entry.get(0).as_string()?.parse().ok()?, entry.get(1).as_f64()?))
            })
            .collect::<Vec<_>>()
            .into_iter()
    }

    fn total(&self) -> f64 {
        self.entries().map(|(_, chars)| chars).sum()
    }

    fn largest(&self) -> Option<i32> {
        self.entries().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(tab, _)| tab)
    }
}

/// By JavaScript: the tables for writing a float in Rust weigh 11 KB.
fn text_of(number: f64) -> JsString {
    js_sys::Number::from(number).to_string_with_radix(10).unwrap_or_default()
}

fn copy(object: &JsValue) -> JsValue {
    Object::assign(&Object::new(), object.unchecked_ref()).into()
}

fn pair(size: &JsValue) -> [f64; 2] {
    let size = Array::from(size);
    [0, 1].map(|at| size.get(at).as_f64().unwrap_or(0.0))
}

fn length(text: &JsValue) -> u32 {
    text.dyn_ref::<JsString>().map_or(0, JsString::length)
}
