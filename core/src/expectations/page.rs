//! A recorded page load, indexed for verdicts: no query searches all its entries.

use super::page_pattern::Place;
use super::times::Times;
use crate::checks::Evidence;
use crate::recording::document::Document;
use crate::recording::entry::{CallSource, Entry, EntryData, EntryId, PageEntry, PageMoment, Seq};
use crate::recording::history::{DocumentHistory, HistoryStep, RecordedCall, ValueKey};
use crate::visitor::address::{self, Purpose};
use crate::visitor::argument::sets_values;
use crate::visitor::page_value::PageValue;
use crate::visitor::{Field, PerField};
use std::cell::OnceCell;
use std::collections::HashMap;

/// One page load.
pub(super) struct Page<'a> {
    pub document: &'a Document,
    pub history: &'a DocumentHistory,
    pub addresses: Vec<Address<'a>>,
    /// The regions that it showed, in order.
    pub regions: Vec<Region<'a>>,
    /// Since when entries are missing, in milliseconds since the document's time origin, sorted.
    holes: Vec<i64>,
    /// The last time for which there is an entry, in milliseconds since the document's time origin.
    pub last: i64,
    /// Whether the tab shows it, or did when the recording ended.
    pub is_live: bool,
    /// Whether an argument of a call that sets values could not be read.
    pub has_unread_calls: bool,
    /// Whether the page bypasses its function, so that a ready SDK processes calls without an entry.
    pub passes_calls_unseen: bool,
    purposes: OnceCell<Vec<Purpose>>,
    /// The calls of the page to each function, in order, without those of the inspector.
    calls: HashMap<&'a str, Vec<&'a RecordedCall>>,
    /// When each value of each field took effect.
    times: PerField<OnceCell<Times>>,
    last_given: PerField<OnceCell<Option<Given<'a>>>>,
}

/// A value that a call sets.
type Given<'a> = (EntryId, &'a PageValue);

/// A URL that a page showed.
#[derive(Clone, Copy)]
pub(super) struct Address<'a> {
    /// `None` if the entry is missing.
    pub entry: Option<EntryId>,
    /// When it appeared, in milliseconds since the document's time origin.
    pub t: i64,
    pub url: &'a str,
    pub place: Place<'a>,
}

/// A region of Upscope's servers that an entry names.
pub(super) struct Region<'a> {
    pub entry: EntryId,
    /// In milliseconds since the document's time origin.
    pub t: i64,
    pub source: RegionSource,
    pub name: &'a str,
}

/// Where a region is named. The first one takes precedence (docs/sdk-reference.md#configuration).
#[derive(Clone, Copy, PartialEq)]
pub(super) enum RegionSource {
    Configuration,
    Storage,
    Account,
}

impl<'a> Page<'a> {
    /// `is_shown`: it is the page that the tab shows, or showed last. `until`: until when it is recorded, in
    /// milliseconds since the epoch.
    pub fn new(document: &'a Document, history: &'a DocumentHistory, is_shown: bool, until: i64) -> Self {
        let is_live = is_shown && history.marks.left.is_none();
        let until = until.saturating_sub(history.origin);
        let last = if is_live { history.last.max(until) } else { history.last };
        let mut page = Self {
            document,
            history,
            addresses: vec![],
            regions: vec![],
            holes: history.gaps.iter().map(|gap| gap.t).collect(),
            last,
            is_live,
            has_unread_calls: false,
            passes_calls_unseen: false,
            purposes: OnceCell::new(),
            calls: HashMap::new(),
            times: Default::default(),
            last_given: Default::default(),
        };
        page.read_entries();
        page.read_calls();
        page
    }

    fn read_entries(&mut self) {
        let mut before = i64::MIN;
        let mut awaits_activation = false;
        let document = self.document;
        for (_, entry) in document.entries() {
            match &entry.what {
                EntryData::Page(page) => {
                    awaits_activation |= page.start.is_some_and(|start| start.prerendered);
                    self.add_address(entry, page, awaits_activation);
                }
                // The omitted entries came after the previous entry.
                EntryData::Drop { .. } | EntryData::Unknown { .. } => self.holes.push(before),
                _ => self.regions.extend(regions(entry).into_iter().flatten()),
            }
            before = before.max(entry.t);
        }
        if self.addresses.is_empty() {
            self.addresses.push(Address::of_sender(self.document));
        }
        // The positions of these entries are unknown.
        if self.document.left_out() > 0 || (self.holes.is_empty() && !self.history.complete) {
            self.holes.push(i64::MIN);
        }
        self.holes.sort_unstable();
    }

    fn add_address(&mut self, entry: &Entry, page: &'a PageEntry, awaits_activation: bool) {
        if page.what == PageMoment::Activate && awaits_activation {
            // A prerendered page begins when it is shown.
            self.addresses.iter_mut().for_each(|address| address.t = entry.t);
        }
        if self.addresses.is_empty() && page.what != PageMoment::Start {
            self.addresses.push(Address::of_sender(self.document));
        }
        if !page.url.is_empty() && self.addresses.last().is_none_or(|last| last.url != page.url) {
            let t = if page.what == PageMoment::Start { 0 } else { entry.t };
            self.addresses.push(Address::new(Some(entry.id), t, &page.url));
        }
    }

    fn read_calls(&mut self) {
        let history = self.history;
        for call in history.calls.iter().filter(|call| call.own.is_none()) {
            self.has_unread_calls |= has_unread_argument(call);
            self.passes_calls_unseen |= call.call.via != CallSource::Function;
            self.calls.entry(&call.call.name).or_default().push(call);
        }
    }

    /// The purpose of each of its URLs.
    pub fn purposes(&self) -> &[Purpose] {
        self.purposes.get_or_init(|| self.addresses.iter().map(|address| address::purpose(address.url)).collect())
    }

    /// Whether entries are missing up to `t`.
    pub fn has_hole_until(&self, t: i64) -> bool {
        self.holes.first().is_some_and(|hole| *hole <= t)
    }

    /// Whether entries are missing between these times.
    pub fn has_hole_between(&self, from: i64, to: i64) -> bool {
        let at = self.holes.partition_point(|hole| *hole < from);
        self.holes.get(at).is_some_and(|hole| *hole <= to)
    }

    /// The calls of the page with a number in the range, without those of the inspector.
    pub fn calls(&self, from: u64, until: u64) -> impl Iterator<Item = &'a RecordedCall> + use<'a> {
        let calls = within(&self.history.calls, from, until, |call| call.entry);
        calls.iter().filter(|call| call.own.is_none())
    }

    /// The calls of the page to one function with a number in the range, without those of the inspector.
    pub fn calls_of(&self, name: &str, from: u64, until: u64) -> &[&'a RecordedCall] {
        let calls = self.calls.get(name).map(Vec::as_slice).unwrap_or_default();
        within(calls, from, until, |call| call.entry)
    }

    /// The last value that a call of the page set for a field.
    pub fn last_given(&self, field: Field) -> Option<Given<'a>> {
        let given = |call: &'a RecordedCall| Some((call.entry, call.call.given(field.key())?));
        let calls = || self.history.calls.iter().rev().filter(|call| call.own.is_none());
        *self.last_given[field].get_or_init(|| calls().find_map(given))
    }

    /// The values of a field, and when they took effect.
    pub fn steps(&self, field: Field) -> (&'a [HistoryStep], &Times) {
        let steps = &self.history.value_history(ValueKey::Field(field)).steps;
        (steps, self.times[field].get_or_init(|| Times::new(steps.iter().map(|step| step.t))))
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

impl<'a> Address<'a> {
    fn new(entry: Option<EntryId>, t: i64, url: &'a str) -> Self {
        Self { entry, t, url, place: Place::of(url) }
    }

    /// The URL that the sender of the entries had.
    fn of_sender(document: &'a Document) -> Self {
        Self::new(None, 0, &document.sender.url)
    }
}

/// Whether a call may set a field with a value that couldn't be read.
fn has_unread_argument(call: &RecordedCall) -> bool {
    let is_cut = || sets_values(&call.call.name) && matches!(call.call.arg(0), Some(PageValue::Map(_, 1..)));
    call.is_unread() || is_cut()
}

/// The number of an entry of the page; an act of the inspector is before all of them.
pub(super) fn number(entry: EntryId) -> u64 {
    match entry.seq {
        Seq::Page(number) => number,
        Seq::Inspector(_) => 0,
    }
}

/// The items whose entries have numbers in the range. They are sorted by these.
fn within<T>(items: &[T], from: u64, until: u64, entry: impl Fn(&T) -> EntryId) -> &[T] {
    let first = items.partition_point(|item| number(entry(item)) < from);
    let rest = &items[first..];
    &rest[..rest.partition_point(|item| number(entry(item)) < until)]
}

/// The regions that an entry names.
fn regions(entry: &Entry) -> [Option<Region<'_>>; 2] {
    let region = |source, name: Option<_>| name.map(|name| Region { entry: entry.id, t: entry.t, source, name });
    match &entry.what {
        EntryData::Sdk(sdk) => {
            let configured = sdk.config.as_ref().and_then(|config| config.get("region")?.as_text());
            [region(RegionSource::Configuration, configured), region(RegionSource::Account, sdk.region.as_deref())]
        }
        EntryData::Stored { key, value: Some(text), .. } if key == "region" => {
            [region(RegionSource::Storage, Some(text.trim_matches('"'))), None]
        }
        _ => [None, None],
    }
}
