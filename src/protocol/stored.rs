//! Shapes kept in `storage.session`, one set of keys for each tab, removed when the tab closes.
//!
//! Drafts and the chosen frame are kept as JSON text, the journal as an object that the background adds to.
//! `storage.session` lives in memory and only the extension's own pages read it, so personal data never reaches the disk.

use super::message::Target;
use inspector_core::edit::draft::Draft;
use inspector_core::json_read;
use inspector_core::json_text::{compact, object};
use serde::Serialize;
use serde_json::Value;

/// The version of every shape here; another one is read as nothing stored.
pub const VERSION: u32 = 1;

/// How many drafts are set aside for a tab; the oldest goes first.
pub const MAX_ASIDE: usize = 5;

/// How many acts are kept for a tab; the oldest goes first.
pub const MAX_ACTS: usize = 20;

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
    /// The newest act of the journal.
    pub last: Option<Act>,
    pub chosen: Option<ChosenFrame>,
}

/// The drafts of one tab.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Drafts {
    pub v: u32,
    /// The edit in the making.
    pub current: Option<StoredDraft>,
    /// Edits whose page has moved on, newest first.
    pub aside: Vec<StoredDraft>,
}

impl Drafts {
    /// The JSON text they are kept as.
    pub fn to_text(&self) -> String {
        let current = self.current.as_ref().map(StoredDraft::to_json).into();
        let aside = self.aside.iter().map(StoredDraft::to_json).collect();
        compact(&object([("v", self.v.into()), ("current", current), ("aside", aside)]))
    }

    /// Reads the JSON text they are kept as; `None` for what is not of this version.
    pub fn read(text: &str) -> Option<Self> {
        let stored: Value = json_read::read(text).ok()?;
        let aside = stored.get("aside")?.as_array()?.iter().filter_map(StoredDraft::read).collect();
        (stored["v"] == VERSION).then(|| Self { v: VERSION, current: StoredDraft::read(&stored["current"]), aside })
    }
}

impl StoredDraft {
    fn to_json(&self) -> Value {
        object([
            ("document", self.document.as_str().into()),
            ("page", self.page.as_str().into()),
            ("at", self.at.into()),
            ("edit", self.edit.to_json()),
        ])
    }

    fn read(stored: &Value) -> Option<Self> {
        let (document, page) = (stored.get("document")?.as_str()?, stored.get("page")?.as_str()?);
        let edit = StoredEdit::read(stored.get("edit")?)?;
        Some(Self { document: document.to_owned(), page: page.to_owned(), at: stored.get("at")?.as_i64()?, edit })
    }
}

impl StoredEdit {
    /// The form it is kept in.
    pub fn to_json(&self) -> Value {
        object([("switch", self.switch.into()), ("draft", self.draft.to_json()), ("code", self.code.as_deref().into())])
    }

    /// Reads the form it is kept in; `None` for any other.
    pub fn read(stored: &Value) -> Option<Self> {
        Some(Self {
            switch: stored.get("switch")?.as_bool()?,
            draft: Draft::read(stored.get("draft")?)?,
            code: stored.get("code")?.as_str().map(str::to_owned),
        })
    }
}

impl ChosenFrame {
    /// The JSON text it is kept as.
    pub fn to_text(&self) -> String {
        let (frame, page) = (self.frame.into(), self.page.as_str().into());
        compact(&object([("v", self.v.into()), ("frame", frame), ("page", page)]))
    }

    /// Reads the JSON text it is kept as; `None` for what is not of this version.
    pub fn read(text: &str) -> Option<Self> {
        let stored: Value = json_read::read(text).ok()?;
        let (frame, page) = (stored.get("frame")?.as_i64()?, stored.get("page")?.as_str()?);
        (stored["v"] == VERSION).then(|| Self { v: VERSION, frame, page: page.to_owned() })
    }
}

/// An edit in the making and the document it was made for.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredDraft {
    /// The document's `performance.timeOrigin` as text.
    pub document: String,
    /// The page's address without query and fragment, to tell the person where it was.
    pub page: String,
    /// When it was last touched, in milliseconds since the epoch.
    pub at: i64,
    pub edit: StoredEdit,
}

/// What is being typed.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct StoredEdit {
    /// Whether it identifies a new visitor instead of changing the one shown.
    pub switch: bool,
    pub draft: Draft,
    /// The lookup code being chosen.
    pub code: Option<String>,
}

/// The acts of one tab, oldest first.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
pub struct Journal {
    pub v: u32,
    pub acts: Vec<Act>,
}

/// One thing that was done to a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Act {
    /// Tells it from every other: a random number below 2^53. None in what an older version wrote, which is read as 0.
    pub id: u64,
    /// When it was asked for, in milliseconds since the epoch.
    pub at: i64,
    pub target: Target,
    /// The `Ask` as JSON.
    pub ask: String,
    /// The popup's note (see `Request::Act`).
    pub note: String,
    /// The probe's text afterwards; `None` while it is under way, and for ever when the background was stopped in the
    /// middle: then nobody knows whether the page got the call.
    pub reply: Option<String>,
}

/// The frame a person chose.
#[derive(Clone, Debug, PartialEq)]
pub struct ChosenFrame {
    pub v: u32,
    pub frame: i64,
    /// The frame's address without query and fragment: ids change when the page is loaded again.
    pub page: String,
}
