//! One document of a tab and its entries.

use super::entry::{DocId, Entry, EntryData, PageMoment, Seq};
use crate::ordered;
use std::collections::VecDeque;

/// Number of entries after its beginning that a document stores beyond the timeline's cap, because later entries depend
/// on them.
const MAX_PINNED: usize = 32;

/// The sender of entries, as the browser reports it. The page controls only the URL and the text of the origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Sender {
    pub frame: i64,
    /// The document's `performance.timeOrigin` as text, or the browser's ID of the document.
    pub document: String,
    /// The URL of the frame when it first sent entries.
    pub url: String,
    pub top: bool,
    /// A page that opened or embeds this document may have forged its entries.
    pub less_trusted: bool,
    /// The time origin, in milliseconds since the epoch.
    pub origin: i64,
}

/// Counts of a document's entries that are not in the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct LossCounts {
    /// Entries before the first stored one, for example before the recording was cleared.
    pub before: u64,
    /// Numbers that never arrived.
    pub missing: u64,
    /// Entries that the recorder reported as omitted.
    pub reported: u64,
    /// Entries that were dropped to free space.
    pub evicted: u64,
}

/// A run of missing entries, between two entries or at an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingEntries {
    /// The number of the first missing entry.
    pub first: u64,
    pub count: u64,
}

impl LossCounts {
    pub fn total(self) -> u64 {
        [self.before, self.missing, self.reported, self.evicted].into_iter().fold(0, u64::saturating_add)
    }
}

/// The result of pushing an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PushResult {
    /// The entry is the newest of its document.
    Appended,
    /// The entry filled a gap.
    Inserted,
    /// The entry was already stored, or is older than the dropped ones.
    Duplicate,
}

/// One document and its entries, in the order of their numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    pub id: DocId,
    pub sender: Sender,
    /// The beginning and other entries that survive eviction. All are older than `entries`.
    pinned: Vec<Entry>,
    entries: VecDeque<Entry>,
    own: Vec<PlacedAct>,
    /// The highest known number plus one.
    next: u64,
    /// Numbers below this one were evicted.
    floor: u64,
    received: u64,
    reported: u64,
    evicted: u64,
}

/// An act of the inspector and its position among the page's entries. The position is a number, because the page's
/// clock differs.
#[derive(Clone, Debug, PartialEq)]
struct PlacedAct {
    entry: Entry,
    /// The number of the page entry that follows it.
    place: u64,
    /// The position is known from a call that the act announced.
    is_called: bool,
}

impl Document {
    pub(super) fn new(id: DocId, sender: Sender) -> Self {
        let (pinned, entries, own) = (vec![], VecDeque::new(), vec![]);
        Self { id, sender, pinned, entries, own, next: 0, floor: 0, received: 0, reported: 0, evicted: 0 }
    }

    /// Whether the document is that of the tab, and not of a frame in it.
    pub fn is_main_frame(&self) -> bool {
        self.sender.top
    }

    pub fn len(&self) -> usize {
        self.pinned.len() + self.entries.len() + self.own.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Converts a time of this document to milliseconds since the epoch.
    pub fn time(&self, t: i64) -> i64 {
        self.sender.origin.saturating_add(t)
    }

    pub fn losses(&self) -> LossCounts {
        let absent = self.absent();
        let before = absent.min(self.numbers().next().unwrap_or(self.next));
        LossCounts { before, missing: absent - before, reported: self.reported, evicted: self.evicted }
    }

    /// Count of unexplained missing numbers.
    fn absent(&self) -> u64 {
        self.next.saturating_sub(self.received)
    }

    /// The number of its next entry.
    pub fn next(&self) -> u64 {
        self.next
    }

    /// The numbers of the page's entries, in order.
    fn numbers(&self) -> impl Iterator<Item = u64> {
        self.page_entries().filter_map(|entry| entry.id.seq.page_number())
    }

    /// All runs of missing entries, in order, whatever the reason.
    pub fn gaps(&self) -> Vec<MissingEntries> {
        let mut gaps = vec![];
        let mut next = 0;
        for n in self.numbers().chain([self.next]) {
            if n > next {
                gaps.push(MissingEntries { first: next, count: n - next });
            }
            next = n.saturating_add(1);
        }
        gaps
    }

    /// The entry of this number.
    pub fn entry(&self, seq: Seq) -> Option<&Entry> {
        let by_seq = |entry: &Entry| entry.id.seq.cmp(&seq);
        match seq {
            Seq::Inspector(_) => self.own.iter().map(|own| &own.entry).find(|entry| entry.id.seq == seq),
            Seq::Page(_) => match self.entries.binary_search_by(by_seq) {
                Ok(at) => self.entries.get(at),
                Err(_) => self.pinned.iter().find(|entry| entry.id.seq == seq),
            },
        }
    }

    /// All entries with the time to sort them by, in milliseconds since the epoch. Page entries are sorted by number,
    /// whatever time the page claims. An act of the inspector precedes the first call that it announced, or else
    /// follows the entries that had arrived when it began.
    pub fn entries(&self) -> impl Iterator<Item = (i64, &Entry)> {
        let mut own = Vec::with_capacity(self.own.len());
        for ours in &self.own {
            ordered::insert(&mut own, ours, |a, b| a.place < b.place);
        }
        let mut own = own.into_iter().peekable();
        let mut page = self.pinned.iter().chain(&self.entries).peekable();
        let mut latest = i64::MIN;
        std::iter::from_fn(move || {
            let ours = match (page.peek(), own.peek()) {
                (Some(page), Some(own)) => page.id.seq.page_number().is_some_and(|n| own.place <= n),
                (None, Some(_)) => true,
                (_, None) => false,
            };
            let entry = if ours { own.next().map(|own| &own.entry) } else { page.next() }?;
            latest = latest.max(entry.t);
            Some((self.time(latest), entry))
        })
    }

    pub(super) fn push(&mut self, entry: Entry) -> PushResult {
        match entry.id.seq {
            Seq::Inspector(_) => self.push_own(entry),
            Seq::Page(n) => self.push_page(n, entry),
        }
    }

    /// Sets the act's time to the page's time at its position, because the inspector's clock differs.
    fn push_own(&mut self, entry: Entry) -> PushResult {
        // An act is stored when it begins, and again with its result.
        if let Some(PlacedAct { entry: known, .. }) = self.own.iter_mut().find(|known| known.entry.id == entry.id) {
            *known = Entry { t: known.t, ..entry };
            return PushResult::Duplicate;
        }
        let (is_called, place, t) = match self.page_entries().find(|page| announced(page) == Some(entry.id.seq)) {
            Some(call) => (true, call.id.seq.page_number().unwrap_or(0), call.t),
            None => {
                let behind = || self.numbers().last().map_or(0, |n| n.saturating_add(1));
                let place = after(&entry).unwrap_or_else(behind);
                let before = self.page_entries().take_while(|page| page.id.seq < Seq::Page(place)).last();
                (false, place, before.map_or(0, |page| page.t))
            }
        };
        self.own.push(PlacedAct { entry: Entry { t, ..entry }, place, is_called });
        PushResult::Inserted
    }

    /// Moves an act of the inspector before its first call.
    fn place_before(&mut self, n: u64, call: &Entry) {
        let Some(seq) = announced(call) else { return };
        let ours = self.own.iter_mut().find(|own| own.entry.id.seq == seq && !own.is_called);
        if let Some(ours) = ours.filter(|ours| n >= after(&ours.entry).unwrap_or(0)) {
            (ours.is_called, ours.place, ours.entry.t) = (true, n, call.t);
        }
    }

    fn page_entries(&self) -> impl Iterator<Item = &Entry> {
        self.pinned.iter().chain(&self.entries)
    }

    fn push_page(&mut self, n: u64, entry: Entry) -> PushResult {
        if n < self.floor {
            return PushResult::Duplicate;
        }
        let (arrived, at) = if n >= self.next {
            (PushResult::Appended, self.entries.len())
        } else {
            match self.entries.binary_search_by(|known| known.id.seq.cmp(&entry.id.seq)) {
                Ok(_) => return PushResult::Duplicate,
                Err(at) => (PushResult::Inserted, at),
            }
        };
        self.reported = self.reported.saturating_add(omitted_count(&entry.what));
        self.next = self.next.max(n.saturating_add(1));
        self.received += 1;
        self.place_before(n, &entry);
        self.entries.insert(at, entry);
        arrived
    }

    /// The time of the entry that is evicted next.
    pub(super) fn oldest(&self) -> Option<i64> {
        let first = self.entries.front().or(self.own.first().map(|own| &own.entry))?;
        Some(self.time(first.t))
    }

    /// Drops the oldest entry after the first `beginning` entries. Returns `false` if there is none.
    pub(super) fn evict(&mut self, beginning: usize) -> bool {
        while let Some(entry) = self.entries.pop_front() {
            if let Seq::Page(n) = entry.id.seq {
                self.floor = n.saturating_add(1);
            }
            let begins = entry.id.seq < Seq::Page(beginning as u64);
            if begins || is_pinned(&entry.what) && self.pinned.len() < beginning + MAX_PINNED {
                self.pinned.push(entry);
            } else {
                self.evicted += 1;
                return true;
            }
        }
        if self.own.is_empty() {
            return false;
        }
        self.own.remove(0);
        self.evicted += 1;
        true
    }

    /// The number of pinned entries.
    pub(super) fn pinned(&self) -> usize {
        self.pinned.len()
    }

    /// Drops the last pinned entry. Returns `false` if there is none.
    pub(super) fn evict_pinned(&mut self) -> bool {
        let gone = self.pinned.pop().is_some();
        self.evicted += u64::from(gone);
        gone
    }

    /// Records the number of the next entry.
    pub(super) fn record_next(&mut self, next: u64) {
        self.next = self.next.max(next);
    }

    /// Attributes `dropped` entries to this document's missing numbers. Returns the remaining count.
    pub(super) fn explain(&mut self, dropped: u64) -> u64 {
        let own = dropped.min(self.absent());
        self.add_evicted(own);
        dropped - own
    }

    pub(super) fn add_left_out(&mut self, count: u64) {
        self.reported = self.reported.saturating_add(count);
    }

    pub(super) fn add_evicted(&mut self, count: u64) {
        self.evicted = self.evicted.saturating_add(count);
        self.received = self.received.saturating_add(count);
    }

    /// The number of entries the recorder omitted, without those that stored entries report.
    pub fn left_out(&self) -> u64 {
        self.reported.saturating_sub(self.entries().map(|(_, entry)| omitted_count(&entry.what)).sum())
    }
}

/// The act of the inspector that announced a call.
fn announced(entry: &Entry) -> Option<Seq> {
    match &entry.what {
        EntryData::Call(call) => call.own.map(Seq::Inspector),
        _ => None,
    }
}

fn after(entry: &Entry) -> Option<u64> {
    match entry.what {
        EntryData::Inspector { after, .. } => after,
        _ => None,
    }
}

fn omitted_count(what: &EntryData) -> u64 {
    match what {
        EntryData::Drop { count, .. } => *count,
        _ => 0,
    }
}

/// Whether provenance depends on the entry: the start, the SDK's marks, `init`.
fn is_pinned(what: &EntryData) -> bool {
    match what {
        EntryData::Page(page) => page.what == PageMoment::Start,
        EntryData::Call(call) => call.name == "init",
        EntryData::Sdk(_) | EntryData::Script { .. } => true,
        _ => false,
    }
}
