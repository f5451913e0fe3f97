//! What can happen to the recorded views, and what they then ask of the browser.

use super::model::{Dialog, NotOpened, Site};
use super::place::Place;
use super::rows::{Group, RowKey};
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::page_report::Report;
use inspector_core::recording::entry::EntryId;
use inspector_core::recording::storage::{Batch, Index};

/// Something happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Somebody asked for a view or an entry.
    Go(Place),
    /// Where the views stand: on a page of their own, or where an edit can be shown for review.
    Placed {
        alone: bool,
        can_review: bool,
    },
    /// The stored recording was read, or some of it changed. `index`: `None` where it did not change.
    Stored {
        index: Option<Option<Index>>,
        batches: Vec<Batch>,
    },
    /// The page as last read, where there is one to read.
    Looked(Option<Box<Report>>),
    /// A file was read.
    Opened {
        name: String,
        text: String,
    },
    NotOpened(NotOpened),

    /// The text to find.
    Find(String),
    /// Shows, or does not show, the kinds of a group.
    Choose(Group),
    ShowAll,
    /// Moves the keyboard's place in the list.
    Move(Move),
    /// Expands or folds a row.
    Toggle(RowKey),

    Copy {
        what: CopyWhat,
        /// Personal values are masked on the screen.
        masked: bool,
    },
    NotCopied,
    /// Shows the edit that would repair a finding, by the finding's place.
    Review(usize),

    Open(Dialog),
    CloseDialog,
    Mask(bool),
    /// Yes to the question. The time in milliseconds since the epoch.
    Confirm(i64),

    /// What the browser lets be seen of the tab.
    Site(Site),
    Sites(Vec<String>),
    /// The person wants the tab's site recorded. The time in milliseconds since the epoch.
    Record(i64),
    /// What became of the wish.
    Recording(Given),
    Stop(String),
    /// What was asked for was done, or why it was not.
    Done(Result<(), String>),
    /// Opens the recorded views as a page of their own: of this tab, or for a file.
    OpenPage {
        file: bool,
    },
}

/// What the browser is to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// What holds now has changed: tell whoever asked.
    Tell,
    /// Another view is shown: tell whoever shows which one it is.
    Shown,
    /// Bring the row of an entry into sight.
    Reveal(RowKey),
    CopyText(String),
    Propose(VisitorPatch),
    Save {
        name: String,
        text: String,
    },
    /// Asks the background to forget the tab's recording.
    Clear {
        tab: i32,
    },
    /// Asks the person for the site, then the background to record it.
    Record {
        pattern: String,
        tab: i32,
        at: i64,
    },
    Stop {
        pattern: String,
    },
    OpenPage(String),
}

/// A step of the keyboard in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    /// Expands or folds where the keyboard is.
    Toggle,
}

/// What a person can copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyWhat {
    /// The entry as JSON, as `docs/recording.md` has it.
    Json(EntryId),
    /// The call as code.
    Code(EntryId),
    /// All calls that are shown, as code.
    Calls,
    /// The code of a finding's repair, by the finding's place.
    Repair(usize),
}

/// How far the wish to record a site has come.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Given {
    #[default]
    No,
    /// The browser asks the person.
    Asking,
    /// Permission was given; the page is about to load anew.
    Starting,
    Started,
    /// The person said no.
    Refused,
    /// In the browser's or the background's own words.
    Failed(String),
}
