//! Everything the popup shows.

use super::acts::LastAct;
use super::by_key::ByKey;
use super::event::CopyWhat;
use super::recorded::{Panel, Told};
use super::server::{Server, Watching};
use crate::protocol::message::{NoAccess, Tab, Target};
use crate::protocol::stored::{ChosenFrame, Kept, StoredDraft};
use crate::ui::copying::Copied;
use inspector_core::edit::draft::{Draft, FieldError};
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::page_report::connection::{Idle, Link, Sdk};
use inspector_core::page_report::{Oddity, Report};
use inspector_core::policy::Hold;
use inspector_core::visitor::Visitor;

/// Everything the popup shows.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Model {
    /// The tab it was opened for; `None`: whichever is active.
    pub tab: Option<i32>,
    pub view: View,
    pub edit: Edit,
    /// Edits whose page has moved on, newest first.
    pub aside: Vec<StoredDraft>,
    pub dialog: Option<Dialog>,
    /// The newest thing done to this page, until it is dismissed.
    pub last: Option<LastAct>,
    /// What was last copied, until the next change.
    pub copied: Option<Copied<CopyWhat>>,
    /// What became of the shortcut that copies the lookup code, until the next change.
    pub(super) by_key: Option<ByKey>,
    /// Milliseconds since the epoch, as of the last poll.
    pub now: i64,
    pub panel: Panel,
    /// What a recording tells of the document shown; `None` without one.
    pub told: Option<Told>,
    /// A lazy part of the program was not loaded when it was wanted last.
    pub not_loaded: bool,
    /// What comparing with the server told last; `None` where no account is connected.
    pub server: Option<Box<Server>>,
    pub watching: Watching,
    /// Whether the tab has a recording.
    pub(super) is_recorded: bool,
    pub(super) chosen: Option<ChosenFrame>,
    /// Documents in which a handshake was seen, to tell a dead queue from one that never worked.
    pub(super) handshakes: Vec<String>,
    /// A request to inspect is under way.
    pub(super) inspecting: bool,
    /// Why something was not saved, or not read.
    pub unsaved: Option<Unsaved>,
    /// What was found in storage and waits for the first report to tell which document it belongs to.
    pub(super) kept: Option<Box<Kept>>,
}

/// Why what is typed and done lasts no longer than this window; in the browser's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsaved {
    NotWritten(String),
    /// What was kept before could not be read, so nothing is written over it.
    NotRead(String),
}

/// What is known of the page as a whole.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum View {
    #[default]
    Loading,
    NoAccess {
        tab: Option<Tab>,
        why: NoAccess,
    },
    /// The background gave no answer; in the browser's words.
    NoAnswer(String),
    Page(Shown),
}

/// A page that could be looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub tab: Tab,
    /// Never empty; the page itself first.
    pub frames: Vec<ShownFrame>,
    /// The frame looked at, an index into `frames`.
    pub at: usize,
    /// Frames the page has that could not be looked at; at least so many where some were left out.
    pub hidden_frames: u64,
    /// Frames that could be looked at and were left out, since there are too many.
    pub left_out: u32,
    /// Why the page did not answer the last look, so that what is shown is from before: it sleeps or is busy.
    pub stale: Option<NoAccess>,
}

/// One frame and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownFrame {
    pub frame: i64,
    pub document_id: Option<String>,
    pub report: Report,
    pub oddities: Vec<Oddity>,
}

/// The edit in the making.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Edit {
    pub mode: Mode,
    pub draft: Draft,
    /// The lookup code being typed; `None` while nobody chooses one.
    pub code: Option<String>,
}

/// What applying the draft does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Mode {
    /// Changes the visitor shown.
    #[default]
    Update,
    /// Logs the visitor out and identifies a new one.
    Switch,
}

/// A question that stands before the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    LogOut { reconnect: bool },
    AskCode,
    SetCode,
}

impl Edit {
    /// Whether there is nothing to lose.
    pub fn is_empty(&self) -> bool {
        self.draft.is_empty() && self.code.as_ref().is_none_or(String::is_empty)
    }
}

impl Shown {
    pub fn frame(&self) -> &ShownFrame {
        &self.frames[self.at]
    }

    /// The frame that holds this document.
    pub(super) fn index_of(&self, document: &str) -> Option<usize> {
        self.frames.iter().position(|frame| frame.report.page.document == document)
    }

    /// Frames with something of Upscope, by index: those a person may pick among.
    pub fn pickable(&self) -> Vec<usize> {
        (0..self.frames.len()).filter(|&i| self.frames[i].report.sdk.is_present()).collect()
    }

    /// The document of the frame looked at.
    pub fn target(&self) -> Target {
        let frame = self.frame();
        Target {
            tab: self.tab.id,
            frame: frame.frame,
            document_id: frame.document_id.clone(),
            document: frame.report.page.document.clone(),
        }
    }
}

impl Model {
    /// The popup before anything is known; `now` in milliseconds since the epoch.
    pub fn new(tab: Option<i32>, now: i64) -> Self {
        Self { tab, now, ..Self::default() }
    }

    /// The page, where there is one to show.
    pub fn shown(&self) -> Option<&Shown> {
        match &self.view {
            View::Page(shown) => Some(shown),
            _ => None,
        }
    }

    /// The tab that is looked at, as far as it is known.
    pub(super) fn tab_id(&self) -> Option<i32> {
        self.tab.or(self.shown().map(|shown| shown.tab.id))
    }

    /// Whether the page of this tab is shown.
    pub(super) fn shows(&self, tab: i32) -> bool {
        self.shown().is_some_and(|shown| shown.tab.id == tab)
    }

    /// What the organisation has against changes on the page shown, as far as the background has told yet.
    pub fn hold(&self) -> Option<Hold> {
        self.shown()?.tab.hold
    }

    /// What the frame looked at says.
    pub fn report(&self) -> Option<&Report> {
        self.shown().map(|shown| &shown.frame().report)
    }

    /// The value of the stable attribute `data-state`.
    pub fn state(&self) -> &'static str {
        match &self.view {
            View::Loading => "loading",
            View::NoAccess { why: NoAccess::NeedsGrant, .. } => "needs-access",
            View::NoAccess { .. } | View::NoAnswer(_) => "restricted",
            View::Page(shown) if is_document_viewer(shown) => "restricted",
            View::Page(shown) => shown.frame().report.sdk.state(),
        }
    }

    /// The visitor that the draft changes: the one shown, or nobody when it identifies a new one.
    fn base(&self) -> Option<Visitor> {
        let report = self.report()?;
        Some(match self.edit.mode {
            Mode::Update => report.visitor.clone(),
            Mode::Switch => Visitor::unknown(),
        })
    }

    /// The patch the draft stands for, or what is wrong with it; `Ok(None)` when there is nothing to send.
    pub fn patch(&self) -> Result<Option<VisitorPatch>, Vec<FieldError>> {
        match self.base() {
            Some(base) => self.edit.draft.finish(&base),
            None => Ok(None),
        }
    }

    /// Whether the page was told to be closed to extensions.
    pub(super) fn is_restricted(&self) -> bool {
        matches!(&self.view, View::NoAccess { why, .. } if why.is_for_good())
    }

    /// Whether a handshake was seen in this document.
    pub(super) fn saw_handshake(&self, document: &str) -> bool {
        self.handshakes.iter().any(|seen| seen == document)
    }

    /// Whether an act is under way.
    pub fn is_acting(&self) -> bool {
        self.last.as_ref().is_some_and(LastAct::is_running)
    }

    /// Whether the connection of an SDK that had one is known to be down now: its queue, which it empties at once while it
    /// is connected, holds calls, or a call of ours was just found to wait there.
    pub fn is_down(&self) -> bool {
        let Some(report) = self.report().filter(|report| report.sdk.takes_calls()) else { return false };
        let connected = !matches!(report.sdk, Sdk::Loaded(Link::NotConnected(_) | Link::NotReported));
        let found = self.last.as_ref().is_some_and(LastAct::found_it_down);
        found || (connected && report.waiting.is_some_and(|waiting| waiting > 0))
    }

    /// Whether the person is told before an act that its call will wait.
    pub(super) fn is_told_to_wait(&self) -> bool {
        let sdk = self.report().map(|report| &report.sdk);
        self.is_down() || matches!(sdk, Some(Sdk::Loaded(Link::NotConnected(_))))
    }

    /// Whether the page shown makes the SDK send lists as text.
    pub(super) fn sends_lists_as_text(&self) -> bool {
        self.shown().is_some_and(|shown| shown.frame().oddities.contains(&Oddity::ListsAsText))
    }

    /// Whether metadata in a call that waits from now on is lost: 2.x runs calls that wait before it connects without
    /// sending it (docs/sdk-reference.md#waiting-calls). While it is connecting, they wait for the handshake and are sent
    /// whole.
    pub fn queue_loses_metadata(&self) -> bool {
        let Some(report) = self.report() else { return false };
        let version_2 = report.settings.version.value().is_some_and(|version| version.starts_with("2."));
        let sent_whole = matches!(report.sdk, Sdk::Loaded(Link::NotConnected(Idle::NoHandshake | Idle::ThroughParent)));
        version_2 && report.sdk.takes_calls() && !sent_whole
    }
}

/// Whether the page is a document the browser shows by itself, where Upscope cannot be.
fn is_document_viewer(shown: &Shown) -> bool {
    let page = &shown.frames[0].report;
    page.page.content_type == "application/pdf" && !page.sdk.is_present()
}
