//! What can happen to the popup, and what it asks of the browser.

use super::acts::Note;
use super::copy_source::CopySource;
use super::model::Dialog;
use super::recorded::{Panel, Told};
use super::server::Server;
use crate::protocol::message::{Answer, Ask, Target};
use crate::protocol::stored::{ChosenFrame, Drafts, Kept};
use inspector_core::edit::change::Change;
use inspector_core::edit::draft::Editor;
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::visitor::Field;

/// What can happen to the popup.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The answer to an inspection.
    Inspected(Answer),
    /// The background could not be reached for an inspection, in the browser's words.
    NotInspected(String),
    /// What was kept for this tab.
    Restored(Box<Kept>),
    /// What was kept for this tab could not be read, in the browser's words.
    NotRestored(String),
    /// Something was saved, or was not, in the browser's words.
    Saved(Result<(), String>),
    /// Time to look again; the time in milliseconds since the epoch.
    Poll(i64),
    /// The person asked to look again now.
    Refresh,
    /// The person turns to the tab that is looked at.
    ShowTab,
    /// The browser gave the tab another id, as Chromium does when it unloads the page.
    Replaced {
        was: i32,
        is: i32,
    },
    /// The person picked a frame, an index into `Shown::frames`.
    ChooseFrame(usize),
    /// The person changed what is to be done with a field.
    Edit(Field, Change<Editor>),
    /// The person agrees to replace what could not be read of a field.
    ReplaceUnread(Field),
    /// The person throws the draft away.
    Discard,
    /// The person starts to identify a new visitor.
    BeginSwitch,
    /// The person takes up a set-aside draft, by its index, or throws it away.
    BringBack(usize),
    DropAside(usize),
    Open(Dialog),
    /// The lookup code as typed.
    TypeCode(String),
    CloseDialog,
    /// The person says yes to the dialog.
    Confirm,
    /// The person sends the draft.
    Apply,
    /// The person takes the last act back.
    Undo,
    DismissLast,
    /// The answer to an act; an error in the browser's words when none came.
    Acted(Result<Answer, String>),
    Copy {
        what: CopyWhat,
        /// Personal values are masked on the screen.
        masked: bool,
    },
    /// The shortcut that copies the lookup code was pressed.
    CopyCode {
        masked: bool,
    },
    /// Whether the browser copied what it was given.
    CopyAnswered(bool),
    /// The person gives access to the site at this address.
    GiveAccess,
    /// The browser's permission question was answered.
    AccessAnswered(bool),
    /// The person turns to another panel.
    Show(Panel),
    /// The tab has a recording.
    FoundRecording,
    /// What the recording tells of the document shown; `None`: nothing any more.
    Told(Option<Told>),
    /// The recorded views went to another one by themselves.
    Went(String),
    /// A lazy part of the program was not loaded.
    NotLoaded,
    /// A lazy part of the program was loaded.
    Loaded,
    /// The person takes up an edit that a check or a preset offers.
    Propose(VisitorPatch),
    /// An account is connected.
    FoundAccount,
    /// What comparing with the server tells.
    Compared(Box<Server>),
    /// The person asks the server again.
    AskServer,
    /// The person starts to watch the visitor.
    Watch,
    /// What went wrong with it, in words; empty when a tab was opened.
    Watched(String),
}

/// What a person can copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyWhat {
    LookupCode,
    ShortId,
    WatchLink,
    Field(Field),
    /// The JavaScript of the draft's call.
    Call,
    /// The report as JSON.
    Report,
}

/// What the popup asks of the browser.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Answered by [`Event::Inspected`] or [`Event::NotInspected`].
    Inspect {
        tab: Option<i32>,
    },
    /// Answered by [`Event::Acted`].
    Act {
        target: Target,
        ask: Ask,
        note: Note,
    },
    SaveDrafts {
        tab: i32,
        drafts: Drafts,
    },
    SaveFrame {
        tab: i32,
        chosen: ChosenFrame,
    },
    CopyText(String),
    /// Write this and copy it.
    CopySource(Box<CopySource>),
    /// Ask for access to the site at this address; must run in the person's own click. Answered by
    /// [`Event::AccessAnswered`].
    RequestAccess {
        url: String,
    },
    /// Bring this tab to the front.
    ShowTab {
        tab: i32,
    },
    /// Show one of the recorded views.
    ShowRecorded {
        view: String,
    },
    /// Follow what was recorded of a document. Answered by [`Event::Told`], now and after every change.
    WatchRecording {
        tab: i32,
        /// The browser's id of it.
        document: String,
    },
    /// Compare with the server. Answered by [`Event::Compared`], now and after every change.
    CompareServer,
    AskServer,
    /// Take into the comparison what was sent to the page as it is now.
    TellServer {
        sent: VisitorPatch,
    },
    /// Answered by [`Event::Watched`].
    Watch,
}
