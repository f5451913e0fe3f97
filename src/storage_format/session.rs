//! Formats kept in `storage.session`, one set of keys for each tab, removed when the tab closes.
//!
//! Drafts and the chosen frame are kept as JSON text, the journal as an object that the background adds to.
//! `storage.session` lives in memory and only the extension's own pages read it, so personal data never reaches the disk. Browsers
//! clear it with every update of the extension, so no version meets what an older one stored.

use crate::messages::{DocumentTarget, EditInput, PendingEdit};
use inspector_core::json_read;
use inspector_core::json_text::compact;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The version of drafts and of the chosen frame; another one is read as nothing stored.
pub const VERSION: u32 = 1;

/// The version of the journal; another one is read as nothing stored.
pub const JOURNAL_VERSION: u32 = 2;

/// How many drafts are set aside for a tab; the oldest goes first.
pub const MAX_ASIDE: usize = 5;

/// How many entries of the journal are kept for a tab; the oldest goes first.
pub const MAX_ENTRIES: usize = 20;

/// The key under which a tab's drafts are kept.
pub fn drafts_key(tab: i32) -> String {
    format!("drafts:{tab}")
}

/// The key under which what was done to a tab's pages is kept.
pub fn journal_key(tab: i32) -> String {
    format!("journal:{tab}")
}

/// The key under which the chosen frame of a tab is kept.
pub fn frame_key(tab: i32) -> String {
    format!("frame:{tab}")
}

/// Everything kept for one tab, as far as it is of this version.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Kept {
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
    pub aside: Vec<StoredDraft>,
}

impl Drafts {
    /// The JSON text they are kept as.
    pub fn to_text(&self) -> String {
        write(self)
    }

    /// Reads the JSON text they are kept as; `None` for what is not of this version.
    pub fn read(text: &str) -> Option<Self> {
        read(text).filter(|drafts: &Self| drafts.v == VERSION)
    }
}

impl ChosenFrame {
    /// Serializes it as JSON text.
    pub fn to_text(&self) -> String {
        write(self)
    }

    /// Reads the JSON text it is kept as; `None` for what is not of this version.
    pub fn read(text: &str) -> Option<Self> {
        read(text).filter(|chosen: &Self| chosen.v == VERSION)
    }
}

/// By way of a value: the extension has one JSON writer and one reader (`inspector_core::json_text`, `json_read`).
fn write(format: &impl Serialize) -> String {
    // Nothing here has a form that JSON can't have.
    serde_json::to_value(format).map(|value| compact(&value)).unwrap_or_default()
}

fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(json_read::read(text).ok()?).ok()
}

/// An edit in the making and the document it was made for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredDraft {
    /// The document's `performance.timeOrigin` as text.
    pub document: String,
    /// The page's address without query and fragment, to tell the person where it was.
    pub page: String,
    /// When it was last touched, in milliseconds since the epoch.
    pub at: i64,
    pub edit: EditInput,
}

/// What was done to the pages of one tab, oldest first.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Journal {
    pub v: u32,
    pub entries: Vec<JournalEntry>,
}

/// One thing that was done to a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// Tells it from every other: a random number below 2^53.
    pub id: u64,
    /// When it was asked for, in milliseconds since the epoch.
    pub at: i64,
    pub target: DocumentTarget,
    pub edit: Box<PendingEdit>,
    /// The probe's text afterwards. `None` while the command runs. It stays `None` if the background was stopped meanwhile:
    /// then it is unknown whether the page got the call.
    pub reply: Option<String>,
}

/// The frame a person chose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChosenFrame {
    pub v: u32,
    pub frame: i64,
    /// The frame's address without query and fragment: ids change when the page is loaded again.
    pub page: String,
}
