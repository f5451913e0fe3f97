//! The recorded pages of a tab, prepared for verdicts.

use crate::checks::{Evidence, Facts, Finding, check};
use crate::recording::Timeline;
use crate::recording::document::Document;
use crate::recording::entry::{CallSource, EntryData, EntryId, PageMoment, Seq};
use crate::recording::history::{DocumentHistory, RecordedCall, TabHistory};
use crate::visitor::address::{is_login, is_logout};
use crate::visitor::page_value::PageValue;
use std::cell::OnceCell;

/// What was recorded in one tab.
pub struct Recorded<'a> {
    pub timeline: &'a Timeline,
    /// The fold of `timeline`.
    pub history: &'a TabHistory,
    /// The time until which it is recorded, in milliseconds since the epoch: now, or when the file was written.
    pub now: i64,
    /// Whether personal data is replaced by masks.
    pub masked: bool,
}

/// The pages of a tab: its top documents that were shown, oldest first.
pub(super) struct Tab<'a> {
    pub pages: Vec<Page<'a>>,
    pub masked: bool,
    pub facts: Facts<'a>,
    findings: OnceCell<Vec<Finding>>,
}

/// One page load.
pub(super) struct Page<'a> {
    pub document: &'a Document,
    pub history: &'a DocumentHistory,
    pub addresses: Vec<Address<'a>>,
    /// Since when entries are missing, in milliseconds since the document's time origin.
    holes: Vec<i64>,
    /// The last time for which there is an entry, in milliseconds since the document's time origin.
    pub last: i64,
    /// Whether the tab still shows it.
    pub is_live: bool,
    /// Whether an argument of a call that sets values could not be read.
    pub has_unread_calls: bool,
    /// Whether the page bypasses its function, so that a ready SDK processes calls without an entry.
    pub passes_calls_unseen: bool,
    purposes: OnceCell<Vec<Purpose>>,
}

/// What a URL is for.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Purpose {
    Login,
    Logout,
    Other,
}

/// A URL that a page showed.
#[derive(Clone, Copy)]
pub(super) struct Address<'a> {
    /// `None` if the entry is missing.
    pub entry: Option<EntryId>,
    /// When it appeared, in milliseconds since the document's time origin.
    pub t: i64,
    pub url: &'a str,
}

impl<'a> Tab<'a> {
    pub fn new(recorded: &Recorded<'a>) -> Self {
        let shown = recorded.history.documents.iter().filter(|document| document.top && !document.marks.ahead);
        let pages = shown.filter_map(|history| Page::new(recorded, history)).collect();
        let facts = Facts::new(recorded.history, None);
        Self { pages, masked: recorded.masked, facts, findings: OnceCell::new() }
    }

    /// The findings of all checks.
    pub fn findings(&self) -> &[Finding] {
        self.findings.get_or_init(|| check(&self.facts))
    }

    /// What the URL is for that the tab showed before the page at `index`, if it is of the same site.
    pub fn purpose_before(&self, index: usize) -> Option<Purpose> {
        let before = &self.pages[index.checked_sub(1)?];
        let last = before.purposes().last()?;
        (before.history.site() == self.pages[index].history.site()).then_some(*last)
    }
}

impl<'a> Page<'a> {
    fn new(recorded: &Recorded<'a>, history: &'a DocumentHistory) -> Option<Self> {
        let document = recorded.timeline.document(history.document)?;
        let is_page = recorded.history.page().is_some_and(|page| page.document == history.document);
        let is_live = is_page && history.marks.left.is_none();
        let now = recorded.now.saturating_sub(history.origin);
        let last = if is_live { history.last.max(now) } else { history.last };
        let calls = || history.calls.iter().filter(|call| call.own.is_none());
        Some(Self {
            document,
            history,
            addresses: addresses(document),
            holes: holes(document, history),
            last,
            is_live,
            has_unread_calls: calls().any(has_unread_argument),
            passes_calls_unseen: calls().any(|call| call.call.via != CallSource::Function),
            purposes: OnceCell::new(),
        })
    }

    /// What each of its URLs is for.
    pub fn purposes(&self) -> &[Purpose] {
        self.purposes.get_or_init(|| self.addresses.iter().map(|address| Purpose::of(address.url)).collect())
    }

    /// Whether entries are missing up to `t`.
    pub fn has_hole_until(&self, t: i64) -> bool {
        self.holes.iter().any(|hole| *hole <= t)
    }

    /// Whether entries are missing between these times.
    pub fn has_hole_between(&self, from: i64, to: i64) -> bool {
        self.holes.iter().any(|hole| (from..=to).contains(hole))
    }

    /// The calls of the page, without those of the inspector.
    pub fn calls(&self) -> impl DoubleEndedIterator<Item = &'a RecordedCall> + use<'a> {
        self.history.calls.iter().filter(|call| call.own.is_none())
    }

    /// The first entry of the evidence that is in this page at or after `from` and before `until`.
    pub fn first_of(&self, evidence: &[Evidence], from: u64, until: u64) -> Option<EntryId> {
        let entries = evidence.iter().filter_map(|evidence| match evidence {
            Evidence::Entry(entry) => Some(*entry),
            Evidence::Report(_) => None,
        });
        entries.filter(|entry| entry.doc == self.history.document).find(|entry| (from..until).contains(&number(*entry)))
    }

    /// An entry that shows that the page ran: its `init`, or else its first one.
    pub fn witness(&self) -> Option<EntryId> {
        let first = || self.document.entries().next().map(|(_, entry)| entry.id);
        self.history.init().map(|call| call.entry).or_else(first)
    }
}

impl Purpose {
    fn of(url: &str) -> Self {
        match url {
            url if is_logout(url) => Self::Logout,
            url if is_login(url) => Self::Login,
            _ => Self::Other,
        }
    }
}

/// Whether a call may set a field that was not read.
fn has_unread_argument(call: &RecordedCall) -> bool {
    let is_unread = |argument: &PageValue| match argument {
        PageValue::Map(_, cut) => *cut > 0,
        other => !other.is_whole(),
    };
    matches!(call.call.name.as_str(), "init" | "updateConnection") && call.call.arg(0).is_some_and(is_unread)
}

/// The number of an entry of the page; an act of the inspector is before all of them.
pub(super) fn number(entry: EntryId) -> u64 {
    match entry.seq {
        Seq::Page(number) => number,
        Seq::Inspector(_) => 0,
    }
}

fn addresses(document: &Document) -> Vec<Address<'_>> {
    let mut found: Vec<Address> = vec![];
    let mut awaits_activation = false;
    for (_, entry) in document.entries() {
        let EntryData::Page(page) = &entry.what else { continue };
        awaits_activation |= page.start.is_some_and(|start| start.prerendered);
        if page.what == PageMoment::Activate && awaits_activation {
            // A page that was loaded ahead begins when it is shown.
            found.iter_mut().for_each(|address| address.t = entry.t);
        }
        if found.is_empty() && page.what != PageMoment::Start {
            found.push(Address { entry: None, t: 0, url: &document.sender.url });
        }
        if !page.url.is_empty() && found.last().is_none_or(|last| last.url != page.url) {
            let t = if page.what == PageMoment::Start { 0 } else { entry.t };
            found.push(Address { entry: Some(entry.id), t, url: &page.url });
        }
    }
    if found.is_empty() {
        found.push(Address { entry: None, t: 0, url: &document.sender.url });
    }
    found
}

fn holes(document: &Document, history: &DocumentHistory) -> Vec<i64> {
    let mut holes: Vec<_> = history.gaps.iter().map(|gap| gap.t).collect();
    let mut before = i64::MIN;
    for (_, entry) in document.entries() {
        // What was left out came after the entry before.
        if matches!(entry.what, EntryData::Drop { .. } | EntryData::Unknown { .. }) {
            holes.push(before);
        }
        before = before.max(entry.t);
    }
    // The places of these are unknown.
    if document.left_out() > 0 || (holes.is_empty() && !history.complete) {
        holes.push(i64::MIN);
    }
    holes
}
