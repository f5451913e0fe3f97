//! The model of the recorded views.

use super::destination::View;
use super::expectations::{ExpectationKey, Expectations};
use super::rows::List;
use crate::errors::BrowserError;
use crate::i18n::words;
use crate::ui::copying::CopyState;
use crate::ui::request_error::RecordingError;
use crate::ui::text::address::path;
use inspector_core::checks::verdict::problems;
use inspector_core::checks::{Facts, Finding, ReportFacts, check};
use inspector_core::expectations::{Recorded, can_expect_seen, expect_seen, page_url};
use inspector_core::page_report::Report;
use inspector_core::recording::Timeline;
use inspector_core::recording::entry::{DocId, EntryId};
use inspector_core::recording::history::{DocumentHistory, TabHistory, ValueKey};
use inspector_core::recording::replay::replay;
use inspector_core::visitor::Field;
use serde_json::Value;

/// The model of the recorded views.
pub struct Model {
    pub source: Source,
    pub view: View,
    /// The value whose history was shown last.
    pub subject: ValueKey,
    pub data: Data,
    pub list: List,
    pub findings: Vec<Finding>,
    pub expectations: Expectations,
    /// The report of the last inspection, if the page can be inspected.
    pub report: Option<Report>,
    pub recording: SiteRecording,
    /// The number of files that the person chose. Only the last one is opened.
    pub file_choice: u32,
    /// Why the last file couldn't be opened.
    pub not_opened: Option<OpenError>,
    pub dialog: Option<Dialog>,
    /// The views have a page of their own and aren't part of the popup.
    pub is_standalone: bool,
    /// Whether the host can show an edit for review.
    pub can_review: bool,
    /// Whether a file is exported masked.
    pub masked: bool,
    /// Why the last action failed.
    pub failed: Option<RecordingError>,
    /// The last thing copied.
    pub copied: Option<CopyState<CopyTarget>>,
}

/// The source of the entries.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// A tab that may be recorded.
    Tab(i32),
    /// A file, once one is open.
    File(Option<FileInfo>),
}

/// Facts about an open file.
#[derive(Clone, Debug, PartialEq)]
pub struct FileInfo {
    pub name: String,
    /// The time until which it is recorded, in milliseconds since the epoch.
    pub at: i64,
    pub masked: bool,
    /// The number of unreadable entries.
    pub unreadable: u64,
}

/// Entries and what was derived from them.
#[derive(Default)]
pub struct Data {
    pub timeline: Timeline,
    pub history: TabHistory,
    pub state: RecordingState,
}

/// The state of a tab's recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum RecordingState {
    /// The recording is being read.
    #[default]
    Loading,
    /// There is no recording.
    Nothing,
    Recorded,
}

/// A site and the progress of the request to record it.
#[derive(Default)]
pub struct SiteRecording {
    pub site: Site,
    /// The match patterns of the recorded sites; `None` until they are read.
    pub sites: Option<Vec<String>>,
    pub progress: RequestProgress,
}

/// The progress of a request to record a site.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum RequestProgress {
    #[default]
    Idle,
    /// The browser shows the permission prompt.
    Asking,
    /// Permission was granted. The page is about to reload.
    Starting,
    Started,
    /// The person refused.
    Refused,
    Failed(RecordingError),
}

/// The site of the tab.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Site {
    /// Not read yet, or not visible to the extension.
    #[default]
    Unknown,
    /// A page that isn't a website.
    NoWebsite,
    /// The organization doesn't allow recording it.
    Restricted,
    /// The match pattern of the site, and its host for display.
    Website { pattern: String, host: String },
}

/// A dialog that asks before an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    Clear,
    Export,
}

/// Something that a person can copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyTarget {
    /// The entry as JSON, in the format of `docs/recording.md`.
    Json(EntryId),
    /// The call as code.
    Code(EntryId),
    /// All listed calls, as code.
    Calls,
    /// The code of a finding's repair, by the finding's index.
    Repair(usize),
    /// An expectation that is not met, as a ticket.
    Ticket(ExpectationKey),
}

/// Why a file couldn't be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    TooLarge,
    /// The file isn't JSON, or isn't a recording.
    NotARecording,
    /// Another schema; its name, if the file has one.
    OtherSchema(String),
    /// The browser couldn't read it.
    Unreadable(BrowserError),
}

impl Model {
    pub fn new(source: Source) -> Self {
        Self {
            source,
            view: View::Timeline,
            subject: ValueKey::Field(Field::UniqueId),
            data: Data::default(),
            list: List::default(),
            findings: vec![],
            expectations: Expectations::default(),
            report: None,
            recording: SiteRecording::default(),
            file_choice: 0,
            not_opened: None,
            dialog: None,
            is_standalone: false,
            can_review: false,
            masked: true,
            failed: None,
            copied: None,
        }
    }

    /// The tab, unless the source is a file.
    pub fn tab(&self) -> Option<i32> {
        match self.source {
            Source::Tab(tab) => Some(tab),
            Source::File(_) => None,
        }
    }

    /// Whether there are entries to show.
    pub fn is_recorded(&self) -> bool {
        self.data.state == RecordingState::Recorded
    }

    /// The number of findings more severe than a note in the current document, as on the toolbar button.
    pub fn problems(&self) -> usize {
        problems(&self.data.history, &self.findings).len()
    }

    /// The page load that the tab shows: the last one. `None` for a file, which is judged as a whole.
    pub fn page(&self) -> Option<DocId> {
        self.data.history.page().filter(|_| self.tab().is_some()).map(|page| page.document)
    }

    /// The JSON of an expectation that the last page behaves as it does now, with its path as the name. `None` if there
    /// is nothing to expect, or if the file has placeholders in place of values.
    pub fn seen_expectation(&self) -> Option<Value> {
        let page = self.seen_page()?;
        expect_seen(page, &words::expectations_seen_name(path(page_url(page))))
    }

    /// Whether [`Model::seen_expectation`] finds anything to expect.
    pub fn can_expect_seen(&self) -> bool {
        self.seen_page().is_some_and(can_expect_seen)
    }

    fn seen_page(&self) -> Option<&DocumentHistory> {
        self.data.history.page().filter(|_| !self.is_masked())
    }

    fn is_masked(&self) -> bool {
        matches!(&self.source, Source::File(Some(file)) if file.masked)
    }

    /// The number of expectations that are not met in the page that the tab shows, as on the toolbar button, or in the
    /// file.
    pub fn failing(&self) -> usize {
        self.expectations.failing(self.page())
    }

    /// Whether the tab's site is recorded.
    pub fn is_site_recorded(&self) -> bool {
        match (&self.recording.site, &self.recording.sites) {
            (Site::Website { pattern, .. }, Some(sites)) => sites.contains(pattern),
            _ => false,
        }
    }

    /// Replays the entries again, runs the checks, and builds the rows.
    pub(super) fn refresh(&mut self) {
        self.data.history = replay(&self.data.timeline);
        self.run_checks();
        self.judge();
        self.build_rows();
    }

    /// Compares the entries with the expectations.
    pub(super) fn judge(&mut self) {
        let Data { timeline, history, .. } = &self.data;
        let recorded = match &self.source {
            Source::File(Some(file)) => Recorded::ended(timeline, history, file.at, file.masked),
            _ => Recorded::live(timeline, history, self.expectations.now),
        };
        self.expectations.judge(&recorded);
    }

    pub(super) fn run_checks(&mut self) {
        let report = self.report.as_ref().map(ReportFacts::from);
        self.findings = check(&Facts::new(&self.data.history, report.as_ref()));
    }

    pub(super) fn build_rows(&mut self) {
        super::rows::build(&mut self.list, &self.data.timeline);
    }
}
