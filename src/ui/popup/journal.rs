//! Reading what the background has written down of what was done to a tab's pages.

use crate::storage_format::session::{JOURNAL_VERSION, Journal, JournalEntry};
use crate::webext::runtime::from_js;
use wasm_bindgen::JsValue;

/// The newest entry of a tab's journal, as far as it is of this version.
pub fn newest_entry(journal: &JsValue) -> Option<JournalEntry> {
    let journal: Journal = from_js(journal.clone()).ok()?;
    journal.entries.into_iter().next_back().filter(|_| journal.v == JOURNAL_VERSION)
}
