//! The popup's events and effects.

use super::RecordedView;
use super::copy_source::CopySource;
use super::model::RestoreError;
use super::parts::{CopyTarget, Dialog, Panel, WatchError};
use crate::errors::BrowserError;
use crate::messages::{DocumentTarget, PageCommand, PendingEdit, Reply};
use crate::storage_format::session::{ChosenFrame, Drafts, StoredTabState};
use crate::ui::comparison::server_view::ServerView;
use crate::ui::recording::summary::RecordingSummary;
use crate::ui::request_error::RequestError;
use inspector_core::edit::change::Change;
use inspector_core::edit::draft::Editor;
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::visitor::Field;

/// An event of the popup.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The answer to an inspection.
    Inspected(Reply),
    /// How long the page and the background took for an inspection, in milliseconds.
    InspectionTook(i64),
    /// The background didn't answer an inspection.
    NotInspected(RequestError),
    /// The data stored for this tab.
    Restored(Box<StoredTabState>),
    /// The data stored for this tab couldn't be read.
    NotRestored(RestoreError),
    /// Another popup of this tab stored drafts.
    DraftsChanged(Drafts),
    /// The result of a write to storage.
    Saved(Result<(), BrowserError>),
    /// Time for the next inspection, in milliseconds since the epoch.
    Poll(i64),
    /// The person requests an inspection now.
    Refresh,
    /// The person switches to the inspected tab.
    ShowTab,
    /// The browser changed the tab's id, as Chromium does when it discards the page.
    Replaced {
        was: i32,
        is: i32,
    },
    /// A tab, by its ID, loads a page.
    TabLoading(i32),
    /// The person chose a frame, an index into `InspectedPage::frames`.
    ChooseFrame(usize),
    /// The person changed the edit of a field.
    Edit(Field, Change<Editor>),
    /// The person agrees to replace the unreadable part of a field.
    ReplaceUnread(Field),
    /// The person discards the draft.
    Discard,
    /// The person starts to identify a new visitor.
    BeginSwitch,
    /// The person restores a stored draft, by its index, or deletes it.
    RestoreDraft(usize),
    DeleteDraft(usize),
    Open(Dialog),
    /// The typed lookup code.
    TypeCode(String),
    CloseDialog,
    /// The person confirms the dialog.
    Confirm,
    /// The person applies the draft.
    Apply,
    /// The person undoes the last act.
    Undo,
    DismissLast,
    /// The answer to an act.
    Performed(Result<Reply, RequestError>),
    Copy {
        what: CopyTarget,
        /// Personal data is masked on the screen.
        masked: bool,
    },
    /// The person used the shortcut that copies the lookup code.
    CopyCode {
        masked: bool,
    },
    /// Whether the browser copied the text.
    CopyAnswered(bool),
    /// The person grants access to the site.
    GiveAccess,
    /// The person answered the browser's permission prompt.
    AccessAnswered(bool),
    /// The person opens a panel.
    Show(Panel),
    /// The tab has a recording.
    FoundRecording,
    /// The recording of the shown document changed; `None` if there is none any more.
    RecordingChanged(Option<RecordingSummary>),
    /// The recorded views navigated by themselves.
    Navigated(RecordedView),
    /// A lazy part of the program couldn't be loaded.
    NotLoaded,
    /// A lazy part of the program was loaded.
    Loaded,
    /// The person reviews an edit proposed by a check or a preset.
    Propose(VisitorPatch),
    /// An account is connected, or was changed or removed.
    FoundAccount,
    /// The comparison with the server changed.
    Compared(Box<ServerView>),
    /// The person requests the server's view again.
    RefreshServer,
    /// The person starts to watch the visitor.
    Watch,
    /// A tab was opened that watches the visitor.
    Watched(Result<(), WatchError>),
}

/// What the popup requests from the browser.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Answered by [`Event::Inspected`] or [`Event::NotInspected`].
    Inspect {
        tab: Option<i32>,
    },
    /// Answered by [`Event::Performed`].
    Perform {
        target: DocumentTarget,
        command: PageCommand,
        edit: PendingEdit,
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
    /// Write the text and copy it.
    CopySource(Box<CopySource>),
    /// Request access to the site with this URL, in the task of the click. Answered by [`Event::AccessAnswered`].
    RequestAccess {
        url: String,
    },
    /// Activate this tab.
    ShowTab {
        tab: i32,
    },
    /// Show one of the recorded views.
    ShowRecorded {
        view: RecordedView,
    },
    /// Follow the recording of a document. Answered by [`Event::RecordingChanged`], now and after every change.
    WatchRecording {
        tab: i32,
        /// The browser's document ID.
        document: String,
    },
    /// Compare with the server. Answered by [`Event::Compared`], now and after every change.
    CompareServer,
    RefreshServer,
    /// Add what was sent to the page to the comparison.
    CompareSent {
        sent: VisitorPatch,
    },
    /// Answered by [`Event::Watched`].
    Watch,
}
