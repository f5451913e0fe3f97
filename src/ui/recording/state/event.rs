//! The events and effects of the recorded views.

use super::destination::Destination;
use super::expectations::{ExpectationEffect, ExpectationEvent, ExpectationKey};
use super::model::{CopyTarget, Dialog, RequestProgress, Site};
use super::rows::{Group, RowKey};
use crate::errors::FileError;
use crate::ui::request_error::RecordingError;
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::page_report::Report;
use inspector_core::recording::storage::{Batch, Index};

/// An event of the recorded views.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A view or an entry was requested.
    Go(Destination),
    /// Whether the views have a page of their own, and whether an edit can be reviewed.
    Placed {
        is_standalone: bool,
        can_review: bool,
    },
    /// The stored recording was read, or part of it changed. `index` is `None` if it didn't change.
    Stored {
        /// When it was read, in milliseconds since the epoch.
        at: i64,
        index: Option<Option<Index>>,
        batches: Vec<Batch>,
    },
    /// The report on the page, if it can be inspected.
    Inspected(Option<Box<Report>>),
    /// The person chose a file. Its result comes later, and is announced even if it is the same as the last one.
    FileChosen,
    /// A chosen file was read, or couldn't be read.
    FileRead {
        /// See [`Model::file_choice`](super::model::Model::file_choice).
        choice: u32,
        name: String,
        text: Result<String, FileError>,
    },

    /// The text to search for.
    Find(String),
    /// Turns the filter for a group on or off.
    ToggleGroup(Group),
    ShowAll,
    /// Moves the current row.
    Move(CursorMove),
    /// Expands or collapses a row.
    ToggleRow(RowKey),

    Copy {
        what: CopyTarget,
        /// Personal data is masked on the screen.
        masked: bool,
    },
    NotCopied,
    /// Opens the edit that repairs a finding, by the finding's index.
    Review(usize),

    Open(Dialog),
    CloseDialog,
    /// Whether the file to export is masked.
    SetMasked(bool),
    /// The person confirmed the dialog. The time in milliseconds since the epoch.
    Confirm(i64),

    /// What the browser reports about the tab.
    Site(Site),
    Sites(Vec<String>),
    /// The person requests to record the tab's site. The time in milliseconds since the epoch.
    Record(i64),
    /// The progress of the request to record the site with this match pattern.
    Recording {
        pattern: String,
        progress: RequestProgress,
    },
    Stop(String),
    /// The result of an action, or why it failed.
    Done(Result<(), RecordingError>),
    Expectation(ExpectationEvent),
    /// Opens the expectations in a page of their own, where a file can be chosen.
    OpenExpectations,
    /// Opens the page's current behavior as a new expectation.
    ExpectSeen,
    /// Opens the recorded views in a page of their own, for this tab or for a file.
    OpenPage {
        file: bool,
    },
}

/// An effect that the browser performs.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// The provenance of current values changed: notify the follower.
    NotifyFollower,
    /// Another view is shown: notify the host.
    NotifyHost,
    /// Scroll to the row of an entry.
    Reveal(RowKey),
    CopyText(String),
    /// Copies an expectation that is not met as a ticket.
    CopyTicket {
        key: ExpectationKey,
        /// With placeholders in place of personal data.
        masked: bool,
    },
    Propose(VisitorPatch),
    Save {
        name: String,
        text: String,
    },
    /// Ask the background to delete the tab's recording.
    Clear {
        tab: i32,
    },
    /// Request permission for the site, then ask the background to record it.
    Record {
        pattern: String,
        tab: i32,
        at: i64,
    },
    Stop {
        pattern: String,
    },
    OpenPage(String),
    Expectation(ExpectationEffect),
}

/// A keyboard command in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CursorMove {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    /// Expands or collapses the current row.
    Toggle,
}
