//! One document of a tab and its entries.

use super::entry::{DocId, Entry, PageMoment, Seq, What};
use crate::ordered;
use std::collections::VecDeque;

/// How many later entries beside its beginning a document keeps beyond the timeline's cap, because the rest cannot be told
/// without them.
const MAX_PINNED: usize = 32;

/// Who sent entries, as the extension knows it; a page has no say in it, but for the address and the origin's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Sender {
    pub frame: i64,
    /// The document's `performance.timeOrigin` as text, or the browser's own id of it.
    pub document: String,
    /// The address of the frame when it first sent.
    pub url: String,
    pub top: bool,
    /// Its entries may have been forged by a page that opened or embeds it.
    pub less_trusted: bool,
    /// When its time began, in milliseconds since the epoch.
    pub origin: i64,
}

/// What of a document is not in its timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Losses {
    /// What came before the first entry that was kept, as where the recording was cleared in between.
    pub before: u64,
    /// Numbers that never arrived.
    pub missing: u64,
    /// What the recorder said it left out.
    pub told: u64,
    /// What was dropped to make room.
    pub evicted: u64,
}

/// Entries that are not here, between two that are or at an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The number of the first.
    pub first: u64,
    pub count: u64,
}

impl Losses {
    pub fn total(self) -> u64 {
        [self.before, self.missing, self.told, self.evicted].into_iter().fold(0, u64::saturating_add)
    }
}

/// What became of an entry that arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrived {
    /// It is the newest of its document.
    Appended,
    /// It filled a gap.
    Inserted,
    /// It was here before, or is older than what was dropped.
    Again,
}

/// One document and its entries, in the order of their numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    pub id: DocId,
    pub sender: Sender,
    /// The beginning and other entries that outlive the cap; all older than `entries`.
    pinned: Vec<Entry>,
    entries: VecDeque<Entry>,
    own: Vec<Ours>,
    /// One more than the highest number heard of.
    next: u64,
    /// Numbers below this one were evicted.
    floor: u64,
    received: u64,
    told: u64,
    evicted: u64,
}

/// What we did, and where that stands among the page's entries: by their numbers, since the page's clock is not ours.
#[derive(Clone, Debug, PartialEq)]
struct Ours {
    entry: Entry,
    /// The number of the page's entry that it stands before.
    place: u64,
    /// It stands before a call that it announced.
    is_called: bool,
}

impl Document {
    pub(super) fn new(id: DocId, sender: Sender) -> Self {
        let (pinned, entries, own) = (vec![], VecDeque::new(), vec![]);
        Self { id, sender, pinned, entries, own, next: 0, floor: 0, received: 0, told: 0, evicted: 0 }
    }

    pub fn len(&self) -> usize {
        self.pinned.len() + self.entries.len() + self.own.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn losses(&self) -> Losses {
        let absent = self.absent();
        let before = absent.min(self.numbers().next().unwrap_or(self.next));
        Losses { before, missing: absent - before, told: self.told, evicted: self.evicted }
    }

    /// Numbers that nothing explains.
    fn absent(&self) -> u64 {
        self.next.saturating_sub(self.received)
    }

    /// The number that its next entry will have.
    pub fn next(&self) -> u64 {
        self.next
    }

    /// The numbers of the page's entries, in order.
    fn numbers(&self) -> impl Iterator<Item = u64> {
        self.page_entries().filter_map(|entry| entry.id.seq.of_page())
    }

    /// What is not here, in order; whatever became of it.
    pub fn gaps(&self) -> Vec<Gap> {
        let mut gaps = vec![];
        let mut next = 0;
        for n in self.numbers().chain([self.next]) {
            if n > next {
                gaps.push(Gap { first: next, count: n - next });
            }
            next = n.saturating_add(1);
        }
        gaps
    }

    /// The entry of this number.
    pub fn entry(&self, seq: Seq) -> Option<&Entry> {
        let by_seq = |entry: &Entry| entry.id.seq.cmp(&seq);
        match seq {
            Seq::Own(_) => self.own.iter().map(|own| &own.entry).find(|entry| entry.id.seq == seq),
            Seq::Page(_) => match self.entries.binary_search_by(by_seq) {
                Ok(at) => self.entries.get(at),
                Err(_) => self.pinned.iter().find(|entry| entry.id.seq == seq),
            },
        }
    }

    /// All entries with the time to sort them by, in milliseconds since the epoch: the page's in the order of their
    /// numbers, whatever clock it claims, and ours before the first call that they announced, else behind what had arrived
    /// when they began.
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
                (Some(page), Some(own)) => page.id.seq.of_page().is_some_and(|n| own.place <= n),
                (None, Some(_)) => true,
                (_, None) => false,
            };
            let entry = if ours { own.next().map(|own| &own.entry) } else { page.next() }?;
            latest = latest.max(entry.t);
            Some((self.sender.origin.saturating_add(latest), entry))
        })
    }

    pub(super) fn push(&mut self, entry: Entry) -> Arrived {
        match entry.id.seq {
            Seq::Own(_) => self.push_own(entry),
            Seq::Page(n) => self.push_page(n, entry),
        }
    }

    /// Its time is the page's where it stands: ours is of another clock.
    fn push_own(&mut self, entry: Entry) -> Arrived {
        // It comes once when the act begins and once more with what came of it.
        if let Some(Ours { entry: known, .. }) = self.own.iter_mut().find(|known| known.entry.id == entry.id) {
            *known = Entry { t: known.t, ..entry };
            return Arrived::Again;
        }
        let (is_called, place, t) = match self.page_entries().find(|page| announced(page) == Some(entry.id.seq)) {
            Some(call) => (true, call.id.seq.of_page().unwrap_or(0), call.t),
            None => {
                let behind = || self.numbers().last().map_or(0, |n| n.saturating_add(1));
                let place = after(&entry).unwrap_or_else(behind);
                let before = self.page_entries().take_while(|page| page.id.seq < Seq::Page(place)).last();
                (false, place, before.map_or(0, |page| page.t))
            }
        };
        self.own.push(Ours { entry: Entry { t, ..entry }, place, is_called });
        Arrived::Inserted
    }

    /// An act of ours stands before its first call.
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

    fn push_page(&mut self, n: u64, entry: Entry) -> Arrived {
        if n < self.floor {
            return Arrived::Again;
        }
        let (arrived, at) = if n >= self.next {
            (Arrived::Appended, self.entries.len())
        } else {
            match self.entries.binary_search_by(|known| known.id.seq.cmp(&entry.id.seq)) {
                Ok(_) => return Arrived::Again,
                Err(at) => (Arrived::Inserted, at),
            }
        };
        self.told = self.told.saturating_add(told(&entry.what));
        self.next = self.next.max(n.saturating_add(1));
        self.received += 1;
        self.place_before(n, &entry);
        self.entries.insert(at, entry);
        arrived
    }

    /// The time of the entry that would go first.
    pub(super) fn oldest(&self) -> Option<i64> {
        let first = self.entries.front().or(self.own.first().map(|own| &own.entry))?;
        Some(self.sender.origin.saturating_add(first.t))
    }

    /// Drops the oldest entry but for the beginning, which is `beginning` entries long; `false` when there is none that may
    /// go.
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

    /// How many entries outlive the cap.
    pub(super) fn pinned(&self) -> usize {
        self.pinned.len()
    }

    /// Drops the last of those that outlive the cap; `false` when there is none.
    pub(super) fn evict_pinned(&mut self) -> bool {
        let gone = self.pinned.pop().is_some();
        self.evicted += u64::from(gone);
        gone
    }

    /// Notes that its next entry will have this number.
    pub(super) fn heard(&mut self, next: u64) {
        self.next = self.next.max(next);
    }

    /// Of so many entries that were dropped before they came here, takes those that are absent for its own; gives the rest.
    pub(super) fn explain(&mut self, dropped: u64) -> u64 {
        let own = dropped.min(self.absent());
        self.evicted_before(own);
        dropped - own
    }

    pub(super) fn leave_out(&mut self, count: u64) {
        self.told = self.told.saturating_add(count);
    }

    pub(super) fn evicted_before(&mut self, count: u64) {
        self.evicted = self.evicted.saturating_add(count);
        self.received = self.received.saturating_add(count);
    }

    /// What the recorder left out, but for what the entries here say themselves.
    pub fn left_out(&self) -> u64 {
        self.told.saturating_sub(self.entries().map(|(_, entry)| told(&entry.what)).sum())
    }
}

/// The act of ours that announced a call.
fn announced(entry: &Entry) -> Option<Seq> {
    match &entry.what {
        What::Call(call) => call.own.map(Seq::Own),
        _ => None,
    }
}

fn after(entry: &Entry) -> Option<u64> {
    match entry.what {
        What::Own { after, .. } => after,
        _ => None,
    }
}

fn told(what: &What) -> u64 {
    match what {
        What::Drop { count, .. } => *count,
        _ => 0,
    }
}

/// What provenance cannot be told without: the start, the SDK's marks, `init`.
fn is_pinned(what: &What) -> bool {
    match what {
        What::Page(page) => page.what == PageMoment::Start,
        What::Call(call) => call.name == "init",
        What::Sdk(_) | What::Script { .. } => true,
        _ => false,
    }
}
