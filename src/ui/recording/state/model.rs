//! Everything the recorded views show.

use super::place::View;
use super::rows::{Group, Row, RowKey};
use crate::ui::copying::Copied;
use inspector_core::checks::verdict::problems;
use inspector_core::checks::{Facts, Finding, check};
use inspector_core::page_report::Report;
use inspector_core::recording::Timeline;
use inspector_core::recording::entry::EntryId;
use inspector_core::recording::history::TabHistory;
use inspector_core::recording::replay::replay;

/// Everything the recorded views show.
pub struct Model {
    pub source: Source,
    pub view: View,
    pub data: Data,
    pub list: List,
    pub findings: Vec<Finding>,
    /// What a look at the page says now, where there is a page to look at.
    pub look: Option<Report>,
    pub recording: Recording,
    /// Why the last file could not be opened.
    pub not_opened: Option<NotOpened>,
    pub dialog: Option<Dialog>,
    /// It is a page of its own, not a part of the popup.
    pub alone: bool,
    /// Whether somebody can show an edit to review.
    pub can_review: bool,
    /// Whether a file is to be masked.
    pub masked: bool,
    /// What could not be done last, in the browser's or the background's own words.
    pub failed: Option<String>,
    /// What was copied last.
    pub copied: Option<Copied<super::CopyWhat>>,
}

/// Where the entries come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// A tab that is, or may be, recorded.
    Tab(i32),
    /// A file, once one is open.
    File(Option<FileInfo>),
}

/// What is told of an open file.
#[derive(Clone, Debug, PartialEq)]
pub struct FileInfo {
    pub name: String,
    /// When it was written, in milliseconds since the epoch.
    pub at: i64,
    pub masked: bool,
    /// Entries that could not be read.
    pub unreadable: u64,
}

/// Entries and what they tell.
#[derive(Default)]
pub struct Data {
    pub timeline: Timeline,
    pub story: TabHistory,
    pub known: Known,
}

/// What is known of a tab's recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Known {
    /// It is still being read.
    #[default]
    Loading,
    /// There is none.
    Nothing,
    Recorded,
}

/// The timeline's rows and how they are chosen.
#[derive(Default)]
pub struct List {
    pub rows: Vec<Row>,
    /// How many entries match, folded away or not.
    pub shown: usize,
    /// How many entries each of [`Group::ALL`] has among those with the text.
    pub counts: [usize; 7],
    /// None chosen means all.
    pub groups: Vec<Group>,
    pub text: String,
    pub(super) open_runs: Vec<EntryId>,
    /// Where the keyboard is.
    pub cursor: Option<RowKey>,
    /// The entry whose data are shown.
    pub expanded: Option<EntryId>,
}

/// A site, and how far the wish to record it has come.
#[derive(Default)]
pub struct Recording {
    pub site: Site,
    /// Match patterns of the recorded sites; `None` until they are read.
    pub sites: Option<Vec<String>>,
    pub wish: super::Given,
}

/// The site of the tab.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Site {
    /// Not asked yet, or the browser does not let it be seen.
    #[default]
    Unseen,
    /// A page that is no website.
    NoWebsite,
    /// The organisation does not let it be recorded.
    Held,
    /// The match pattern of the site and its host as it is shown.
    Website { pattern: String, host: String },
}

/// A question before something that needs one more word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    Clear,
    Export,
}

/// Why a file could not be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotOpened {
    TooLarge,
    NotARecording,
    /// Another schema, by its name as far as it gives one.
    OtherSchema(String),
    /// The browser's own words.
    Unreadable(String),
}

impl Model {
    pub fn new(source: Source) -> Self {
        Self {
            source,
            view: View::Timeline,
            data: Data::default(),
            list: List::default(),
            findings: vec![],
            look: None,
            recording: Recording::default(),
            not_opened: None,
            dialog: None,
            alone: false,
            can_review: false,
            masked: true,
            failed: None,
            copied: None,
        }
    }

    /// The tab that is, or may be, recorded.
    pub fn tab(&self) -> Option<i32> {
        match self.source {
            Source::Tab(tab) => Some(tab),
            Source::File(_) => None,
        }
    }

    /// Whether there is anything recorded to show.
    pub fn is_recorded(&self) -> bool {
        self.data.known == Known::Recorded
    }

    /// How many findings are more than a note and about what is loaded now, as the toolbar button says.
    pub fn problems(&self) -> usize {
        problems(&self.data.story, &self.findings).len()
    }

    /// Whether the tab's site is one of the recorded ones.
    pub fn is_site_recorded(&self) -> bool {
        match (&self.recording.site, &self.recording.sites) {
            (Site::Website { pattern, .. }, Some(sites)) => sites.contains(pattern),
            _ => false,
        }
    }

    /// Tells the story anew, judges it, and makes the rows.
    pub(super) fn retell(&mut self) {
        self.data.story = replay(&self.data.timeline);
        self.judge();
        self.list_rows();
    }

    pub(super) fn judge(&mut self) {
        let look = self.look.as_ref().map(Report::look);
        self.findings = check(&Facts::new(&self.data.story, look.as_ref()));
    }

    pub(super) fn list_rows(&mut self) {
        super::rows::make(&mut self.list, &self.data);
    }
}
