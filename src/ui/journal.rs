//! Reads the journal that the background stores.

use crate::storage_format::session::{JOURNAL_VERSION, Journal, JournalEntry};
use crate::webext::runtime::from_js;
use wasm_bindgen::JsValue;

/// Returns the newest entry in a tab's journal; `None` for another version.
pub fn newest_entry(journal: &JsValue) -> Option<JournalEntry> {
    let journal: Journal = from_js(journal.clone()).ok()?;
    journal.entries.into_iter().next_back().filter(|_| journal.v == JOURNAL_VERSION)
}
