//! The formats in `storage.session`: one set of keys for each tab, removed when the tab is closed.
//!
//! Drafts and the chosen frame are stored as JSON text, the journal as an object that the background extends.
//! `storage.session` is in memory and only the extension's pages can read it, so personal data is never written to
//! disk. Browsers clear it when the extension is updated, so no version reads data of an older one.

use crate::messages::{DocumentTarget, EditInput, PendingEdit};
use inspector_core::json_read;
use inspector_core::json_text::compact;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The version of drafts and of the chosen frame. Any other version is read as nothing stored.
pub const VERSION: u32 = 1;

/// The version of the journal. Any other version is read as nothing stored.
pub const JOURNAL_VERSION: u32 = 2;

/// The maximum number of drafts of other documents in a tab. The oldest is deleted first.
pub const MAX_STORED_DRAFTS: usize = 5;

/// The maximum number of journal entries in a tab. The oldest is deleted first.
pub const MAX_ENTRIES: usize = 20;

/// The key of a tab's drafts.
pub fn drafts_key(tab: i32) -> String {
    format!("drafts:{tab}")
}

/// The key of a tab's journal.
pub fn journal_key(tab: i32) -> String {
    format!("journal:{tab}")
}

/// The key of a tab's chosen frame.
pub fn frame_key(tab: i32) -> String {
    format!("frame:{tab}")
}

/// Everything stored for a tab that has the current version.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct StoredTabState {
    pub drafts: Drafts,
    /// The newest entry of the journal.
    pub last: Option<JournalEntry>,
    pub chosen: Option<ChosenFrame>,
}

/// The drafts of one tab.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Drafts {
    pub v: u32,
    /// The current edit.
    pub current: Option<StoredDraft>,
    /// Drafts of documents that are no longer shown, newest first.
    #[serde(rename = "aside")]
    pub others: Vec<StoredDraft>,
}

impl Drafts {
    /// Serializes the drafts as JSON text.
    pub fn to_text(&self) -> String {
        write(self)
    }

    /// Reads the JSON text; `None` if it has another version.
    pub fn read(text: &str) -> Option<Self> {
        read(text).filter(|drafts: &Self| drafts.v == VERSION)
    }
}

impl ChosenFrame {
    /// Serializes it as JSON text.
    pub fn to_text(&self) -> String {
        write(self)
    }

    /// Reads the JSON text; `None` if it has another version.
    pub fn read(text: &str) -> Option<Self> {
        read(text).filter(|chosen: &Self| chosen.v == VERSION)
    }
}

/// By way of a [`Value`](serde_json::Value), so that there is one JSON reader and writer (`inspector_core::json_read`,
/// `json_text`).
pub(super) fn write(format: &impl Serialize) -> String {
    // These types have no values that JSON can't represent.
    serde_json::to_value(format).map(|value| compact(&value)).unwrap_or_default()
}

pub(super) fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(json_read::read(text).ok()?).ok()
}

/// An edit that is not applied yet, and its document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredDraft {
    /// The document's `performance.timeOrigin` as text.
    pub document: String,
    /// The page's URL without query and fragment, shown to the person.
    pub page: String,
    /// When it was last changed, in milliseconds since the epoch.
    pub at: i64,
    pub edit: EditInput,
}

impl StoredDraft {
    /// Whether it is the same edit of the same document, whenever it was stored.
    pub fn is_same_edit(&self, other: &Self) -> bool {
        self.document == other.document && self.edit == other.edit
    }
}

/// The commands performed in a tab, oldest first.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Journal {
    pub v: u32,
    pub entries: Vec<JournalEntry>,
}

/// A command that was performed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// A random ID, at most [`MAX_SAFE_INTEGER`](inspector_core::js_number::MAX_SAFE_INTEGER).
    pub id: u64,
    /// When it was requested, in milliseconds since the epoch.
    pub at: i64,
    pub target: DocumentTarget,
    pub edit: Box<PendingEdit>,
    /// The probe's report afterwards. `None` while the command runs, and after the background was stopped in between:
    /// it is then unknown whether the page got the call.
    pub reply: Option<String>,
}

/// The frame that the person chose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChosenFrame {
    pub v: u32,
    pub frame: i64,
    /// The frame's URL without query and fragment, because frame IDs change when the page is reloaded.
    pub page: String,
}
