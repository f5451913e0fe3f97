//! The popup's model.

use super::parts::{CopyTarget, Dialog, Mode, Panel, ShortcutResult, WatchProgress};
use crate::errors::BrowserError;
use crate::messages::{AccessProblem, DocumentTarget, InspectedTab};
use crate::storage_format::session::{ChosenFrame, StoredDraft, StoredTabState};
use crate::ui::comparison::server_view::ServerView;
use crate::ui::copying::CopyState;
use crate::ui::last_action::LastAction;
use crate::ui::recording::summary::RecordingSummary;
use crate::ui::request_error::RequestError;
use inspector_core::edit::change::Change;
use inspector_core::edit::draft::{Draft, Editor, FieldError};
use inspector_core::edit::metadata::MetadataEditor;
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::page_report::connection::{Idle, Link, Sdk};
use inspector_core::page_report::{Oddity, Report};
use inspector_core::policy::EditRestriction;
use inspector_core::sdk_version::is_version_2;
use inspector_core::visitor::flaw::Flaw;
use inspector_core::visitor::{Field, Visitor};

/// The popup's model.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Model {
    /// The tab for which the popup was opened; `None` for the active tab.
    pub tab: Option<i32>,
    pub view: View,
    pub edit: Edit,
    /// Drafts of documents that are no longer shown, newest first.
    pub stored_drafts: Vec<StoredDraft>,
    /// What other popups of this tab have stored, as far as it isn't in this one. It stays stored when this popup
    /// writes, and is shown by a popup that opens later.
    pub(super) other_popups: Vec<StoredDraft>,
    pub dialog: Option<Dialog>,
    /// The newest act on this page, until it is dismissed.
    pub last: Option<LastAction>,
    /// The last thing copied, until the next change.
    pub copied: Option<CopyState<CopyTarget>>,
    /// The result of the shortcut that copies the lookup code, until the next change.
    pub(super) shortcut_result: Option<ShortcutResult>,
    /// Milliseconds since the epoch, as of the last poll.
    pub now: i64,
    pub panel: Panel,
    /// What the recording contains about the shown document; `None` without a recording.
    pub summary: Option<RecordingSummary>,
    /// The last lazy part that was needed couldn't be loaded.
    pub not_loaded: bool,
    /// The newest comparison with the server; `None` if no account is connected.
    pub server: Option<Box<ServerView>>,
    pub watching: WatchProgress,
    /// Whether the tab has a recording.
    pub(super) is_recorded: bool,
    pub(super) chosen: Option<ChosenFrame>,
    /// Documents in which a handshake was seen, to distinguish a stopped queue from one that never worked.
    pub(super) handshakes: Vec<String>,
    /// An inspection is in progress.
    pub(super) inspecting: bool,
    /// Until when polls don't inspect the page, in milliseconds since the epoch.
    pub(super) rests_until: i64,
    /// Why data wasn't saved or read.
    pub unsaved: Option<StorageFailure>,
    /// Why the background couldn't store the last act.
    pub(super) unnoted: Option<String>,
    /// Stored data, until the first report shows which document it belongs to.
    pub(super) restored: Option<Box<StoredTabState>>,
}

/// Why drafts and acts last only as long as this popup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageFailure {
    NotWritten(BrowserError),
    /// The background couldn't store the last act, with its error text.
    ActNotWritten(String),
    /// The stored data couldn't be read, so it is never overwritten.
    NotRead(RestoreError),
}

/// Why the data stored for the tab couldn't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RestoreError {
    Browser(BrowserError),
    /// The lazy part that reads it couldn't be loaded.
    NotLoaded,
}

impl Model {
    /// The failure to show. Saving the draft doesn't store an act that wasn't stored.
    pub fn storage_failure(&self) -> Option<StorageFailure> {
        self.unsaved.clone().or_else(|| self.unnoted.clone().map(StorageFailure::ActNotWritten))
    }
}

/// The state of the whole page.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum View {
    #[default]
    Loading,
    NoAccess {
        tab: Option<InspectedTab>,
        why: AccessProblem,
    },
    /// The background didn't reply.
    NoAnswer(RequestError),
    Page(InspectedPage),
}

/// A page that was inspected.
#[derive(Clone, Debug, PartialEq)]
pub struct InspectedPage {
    pub tab: InspectedTab,
    /// Never empty. The main frame is first.
    pub frames: Vec<InspectedFrame>,
    /// The frame that is shown, an index into `frames`.
    pub frame_index: usize,
    /// When its report came, by the popup's clock in milliseconds since the epoch.
    pub read_at: i64,
    /// Frames that couldn't be inspected; a lower bound if frames were left out.
    pub hidden_frames: u64,
    /// Frames that were left out, because there are too many.
    pub left_out: u32,
    /// Why the last inspection failed, so that the shown values are from an earlier one: the page is frozen or busy.
    pub stale: Option<AccessProblem>,
}

/// A frame and its report.
#[derive(Clone, Debug, PartialEq)]
pub struct InspectedFrame {
    pub frame: i64,
    pub document_id: Option<String>,
    pub report: Report,
    pub oddities: Vec<Oddity>,
}

/// The current edit.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Edit {
    pub mode: Mode,
    pub draft: Draft,
    /// The lookup code being typed; `None` if no code is being chosen.
    pub code: Option<String>,
}

impl Edit {
    /// Whether there is no input that could be lost.
    pub fn is_empty(&self) -> bool {
        self.draft.is_empty() && self.code.as_ref().is_none_or(String::is_empty)
    }
}

impl InspectedPage {
    pub fn frame(&self) -> &InspectedFrame {
        &self.frames[self.frame_index]
    }

    /// The index of the frame, if it still has the document.
    pub(super) fn index_of(&self, target: &DocumentTarget) -> Option<usize> {
        (0..self.frames.len()).find(|at| self.target_of(*at).is_same_document(target))
    }

    /// The indexes of the frames that have anything of Upscope: the choices for the person.
    pub fn pickable(&self) -> Vec<usize> {
        (0..self.frames.len()).filter(|&i| self.frames[i].report.sdk.is_present()).collect()
    }

    /// The document of the inspected frame.
    pub fn target(&self) -> DocumentTarget {
        self.target_of(self.frame_index)
    }

    fn target_of(&self, index: usize) -> DocumentTarget {
        let frame = &self.frames[index];
        DocumentTarget {
            tab: self.tab.id,
            frame: frame.frame,
            document_id: frame.document_id.clone(),
            document: frame.report.page.document.clone(),
        }
    }
}

impl Model {
    /// The address of the page for which the person can give access.
    pub fn url_to_access(&self) -> Option<String> {
        match &self.view {
            View::NoAccess { tab: Some(tab), .. } => tab.url.clone(),
            View::Page(page) => Some(page.frames[0].report.page.url.clone()),
            _ => None,
        }
    }

    /// The initial model; `now` in milliseconds since the epoch.
    pub fn new(tab: Option<i32>, now: i64) -> Self {
        Self { tab, now, ..Self::default() }
    }

    /// The inspected page, if there is one.
    pub fn page(&self) -> Option<&InspectedPage> {
        match &self.view {
            View::Page(shown) => Some(shown),
            _ => None,
        }
    }

    /// The inspected tab, if it is known.
    pub(super) fn tab_id(&self) -> Option<i32> {
        self.tab.or(self.page().map(|shown| shown.tab.id))
    }

    /// Whether the page of this tab is shown.
    pub(super) fn is_showing(&self, tab: i32) -> bool {
        self.page().is_some_and(|shown| shown.tab.id == tab)
    }

    /// The organization's restriction for the shown page, as last reported by the background.
    pub fn restriction(&self) -> Option<EditRestriction> {
        self.page()?.tab.restriction
    }

    /// The report on the inspected frame.
    pub fn report(&self) -> Option<&Report> {
        self.page().map(|shown| &shown.frame().report)
    }

    /// The value of the stable attribute `data-state`.
    pub fn state(&self) -> &'static str {
        match &self.view {
            View::Loading => "loading",
            View::NoAccess { why: AccessProblem::NeedsGrant, .. } => "needs-access",
            View::NoAccess { .. } | View::NoAnswer(_) => "restricted",
            View::Page(shown) if is_document_viewer(shown) => "restricted",
            View::Page(shown) => shown.frame().report.sdk.state(),
        }
    }

    /// The visitor that the draft changes: the shown one, or an empty one for a switch.
    fn edited_visitor(&self) -> Option<Visitor> {
        let report = self.report()?;
        Some(match self.edit.mode {
            Mode::Update => report.visitor.clone(),
            Mode::Switch => Visitor::unknown(),
        })
    }

    /// The editor of `field` with the value that the page has now.
    pub fn starting_editor(&self, field: Field) -> Editor {
        Editor::starting_from(field, &self.edited_visitor().unwrap_or_else(Visitor::unknown))
    }

    /// The editor of `field` with a repair of the value that the page has now.
    pub fn repairing_editor(&self, field: Field, flaw: &Flaw) -> Editor {
        Editor::repairing(field, &self.edited_visitor().unwrap_or_else(Visitor::unknown), flaw)
    }

    /// The metadata that the draft sets, as edited. Values that it keeps are described by what the page has now.
    pub fn edited_metadata(&self) -> Option<MetadataEditor> {
        let Change::Set(Editor::Metadata(editor)) = self.edit.draft.change(Field::Metadata) else { return None };
        let visitor = self.edited_visitor().unwrap_or_else(Visitor::unknown);
        Some(editor.describing(&visitor.field(Field::Metadata).kept_keys().unwrap_or_default()))
    }

    /// The patch that the draft makes, or its errors; `Ok(None)` if there is nothing to send.
    pub fn patch(&self) -> Result<Option<VisitorPatch>, Vec<FieldError>> {
        // This runs after every event. Usually there is no draft, and the visitor isn't copied.
        if self.edit.draft.is_empty() {
            return Ok(None);
        }
        match self.edited_visitor() {
            Some(base) => self.edit.draft.finish(&base),
            None => Ok(None),
        }
    }

    /// Whether the page is known to be closed to extensions.
    pub(super) fn is_restricted(&self) -> bool {
        matches!(&self.view, View::NoAccess { why, .. } if why.is_permanent())
    }

    /// How many seconds ago the page was inspected, if that is long; else 0.
    pub fn seconds_since_report(&self) -> i64 {
        let read_at = self.page().map_or(self.now, |page| page.read_at);
        let seconds = ((self.now - read_at) / 1000).max(0);
        if seconds < 3 { 0 } else { seconds.min(3600) }
    }

    /// Whether a handshake was seen in this document.
    pub(super) fn saw_handshake(&self, document: &str) -> bool {
        self.handshakes.iter().any(|seen| seen == document)
    }

    /// Whether an act is under way.
    pub fn is_acting(&self) -> bool {
        self.last.as_ref().is_some_and(LastAction::is_running)
    }

    /// Whether the connection of an SDK that was connected is known to be down. Its queue, which it empties at once
    /// while connected, has calls, or the last call would have been queued.
    pub fn is_down(&self) -> bool {
        let Some(report) = self.report().filter(|report| report.sdk.takes_calls()) else { return false };
        let connected = !matches!(report.sdk, Sdk::Loaded(Link::NotConnected(_) | Link::NotReported));
        let found = self.last.as_ref().is_some_and(LastAction::is_refused_as_down);
        found || (connected && report.waiting.is_some_and(|waiting| waiting > 0))
    }

    /// Whether the person is warned before an act that its call will be queued.
    pub(super) fn expects_queueing(&self) -> bool {
        let sdk = self.report().map(|report| &report.sdk);
        self.is_down() || matches!(sdk, Some(Sdk::Loaded(Link::NotConnected(_))))
    }

    /// Whether the page makes the SDK send lists as text.
    pub(super) fn sends_lists_as_text(&self) -> bool {
        self.page().is_some_and(|shown| shown.frame().oddities.contains(&Oddity::ListsAsText))
    }

    /// Whether metadata in a call that is queued from now on is lost: SDK 2.x runs calls queued before it connects
    /// without sending their metadata (docs/sdk-reference.md#waiting-calls). While it is connecting, they wait for the
    /// handshake and are sent complete.
    pub fn queue_loses_metadata(&self) -> bool {
        let Some(report) = self.report() else { return false };
        let version_2 = report.settings.version.value().is_some_and(|version| is_version_2(version));
        let sent_whole = matches!(report.sdk, Sdk::Loaded(Link::NotConnected(Idle::NoHandshake | Idle::ThroughParent)));
        version_2 && report.sdk.takes_calls() && !sent_whole
    }
}

/// Whether the browser itself displays the document, so that it can't contain Upscope.
fn is_document_viewer(shown: &InspectedPage) -> bool {
    let page = &shown.frames[0].report;
    page.page.content_type == "application/pdf" && !page.sdk.is_present()
}
