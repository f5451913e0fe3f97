//! What the recorder saw in one tab, across navigations, frames and reloads.
//!
//! [`Timeline`] holds the entries, [`fold`](fold::fold) makes a [`Story`](story::Story) of them: who set what, when, and
//! what became of each call. [`checks`](crate::checks) judges the story.

mod certainty;
pub mod document;
pub mod entry;
mod evidence;
pub mod file;
pub mod filter;
pub mod fold;
pub mod gaps;
pub mod mask;
pub mod storage;
pub mod story;
pub mod summary;
pub mod wire;

#[cfg(any(test, feature = "fixtures"))]
pub mod fixture;

use crate::ordered;
use document::{Arrived, Document, Losses, Sender};
use entry::{DocId, Entry, EntryId};

/// How many entries of one tab are kept, and its timeline holds; the oldest go first, but for the beginnings of documents.
pub const MAX_ENTRIES: usize = 10_000;

/// How many entries the beginning of a document has that outlives the cap, as long as all of them take at most half of it.
const BEGINNING: usize = 250;

/// How many documents a tab's timeline holds; the oldest go first, with their entries.
pub const MAX_DOCUMENTS: usize = 200;

/// The documents of one tab and their entries, bounded.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    documents: Vec<Document>,
    next: u32,
    len: usize,
    cap: usize,
    /// Entries of documents that were dropped as a whole.
    forgotten: u64,
}

impl Default for Timeline {
    fn default() -> Self {
        Self::with_cap(MAX_ENTRIES)
    }
}

impl Timeline {
    /// A timeline that holds at most `cap` entries.
    pub fn with_cap(cap: usize) -> Self {
        Self { documents: vec![], next: 0, len: 0, cap, forgotten: 0 }
    }

    /// The document that `sender` speaks for: known by frame and document, else added.
    pub fn open(&mut self, sender: Sender) -> DocId {
        if let Some(known) = self.find(sender.frame, &sender.document) {
            return known;
        }
        if self.documents.len() >= MAX_DOCUMENTS {
            self.forget_oldest_document();
        }
        let id = DocId(self.next);
        self.next += 1;
        self.documents.push(Document::new(id, sender));
        id
    }

    /// The document of this frame that is known by this name.
    pub fn find(&self, frame: i64, document: &str) -> Option<DocId> {
        let known = |known: &&Document| known.sender.frame == frame && known.sender.document == document;
        self.documents.iter().rev().find(known).map(|known| known.id)
    }

    /// Puts an entry in its place; one for a document that is not here (any more) is counted as dropped.
    pub fn push(&mut self, entry: Entry) -> Arrived {
        let Some(document) = self.documents.iter_mut().find(|document| document.id == entry.id.doc) else {
            self.forgotten += 1;
            return Arrived::Again;
        };
        let arrived = document.push(entry);
        if arrived != Arrived::Again {
            self.len += 1;
        }
        while self.len > self.cap && self.evict() {}
        arrived
    }

    /// Notes that the recorder of `doc` left `count` entries out.
    pub fn leave_out(&mut self, doc: DocId, count: u64) {
        if let Some(document) = self.documents.iter_mut().find(|document| document.id == doc) {
            document.leave_out(count);
        }
    }

    /// Notes that `count` entries of `doc` had been dropped before they came here, as a recording's file says.
    pub fn evicted_before(&mut self, doc: DocId, count: u64) {
        if let Some(document) = self.documents.iter_mut().find(|document| document.id == doc) {
            document.evicted_before(count);
        }
    }

    /// Notes how far `doc` was heard: its next entry will have the number `next`.
    pub fn heard(&mut self, doc: DocId, next: u64) {
        if let Some(document) = self.documents.iter_mut().find(|document| document.id == doc) {
            document.heard(next);
        }
    }

    /// Notes that `count` entries had been dropped before the others came here: those that are absent from the documents,
    /// and those of documents that are not here. To be called once all others are.
    pub fn dropped_before(&mut self, count: u64) {
        let rest = self.documents.iter_mut().fold(count, |rest, document| document.explain(rest));
        self.forgotten = self.forgotten.saturating_add(rest);
    }

    /// How many entries of documents that are not here any more were dropped.
    pub fn forgotten(&self) -> u64 {
        self.forgotten
    }

    /// The documents, in the order in which they were first heard of.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    pub fn document(&self, id: DocId) -> Option<&Document> {
        self.documents.iter().find(|document| document.id == id)
    }

    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.document(id.doc)?.entry(id.seq)
    }

    /// Every entry in the order of time, with its time in milliseconds since the epoch. The order depends on the
    /// entries alone, not on the order in which those of several frames arrived.
    pub fn ordered(&self) -> Vec<(i64, &Entry)> {
        // Within a document the numbers rule, and `entries` gives ascending times.
        let entries = self.in_order().into_iter().map(|document| document.entries().collect::<Vec<_>>());
        entries.fold(vec![], |all, more| ordered::merge(all, more, |a, b| a.0 < b.0))
    }

    /// The documents by their beginning, whatever the order in which they were heard of.
    pub fn in_order(&self) -> Vec<&Document> {
        fn key(document: &Document) -> (i64, i64, &str) {
            let sender = &document.sender;
            (sender.origin, sender.frame, &sender.document)
        }
        let mut documents = Vec::with_capacity(self.documents.len());
        for document in &self.documents {
            ordered::insert(&mut documents, document, |a, b| key(a) < key(b));
        }
        documents
    }

    /// How many entries it holds.
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// What is not in it, all documents together.
    pub fn losses(&self) -> Losses {
        let mut all = Losses { evicted: self.forgotten, ..Losses::default() };
        for losses in self.documents.iter().map(Document::losses) {
            all.before = all.before.saturating_add(losses.before);
            all.missing = all.missing.saturating_add(losses.missing);
            all.told = all.told.saturating_add(losses.told);
            all.evicted = all.evicted.saturating_add(losses.evicted);
        }
        all
    }

    fn evict(&mut self) -> bool {
        let evicted = self.evict_beginning() || self.evict_oldest();
        self.len -= usize::from(evicted);
        evicted
    }

    fn evict_oldest(&mut self) -> bool {
        let oldest = |document: &&mut Document| document.oldest().unwrap_or(i64::MAX);
        let beginning = BEGINNING.min(self.cap / 4);
        self.documents.iter_mut().min_by_key(oldest).is_some_and(|document| document.evict(beginning))
    }

    /// Where beginnings take up too much, that of the oldest document gives way.
    fn evict_beginning(&mut self) -> bool {
        if self.documents.iter().map(Document::pinned).sum::<usize>() <= self.cap / 2 {
            return false;
        }
        let begun = self.documents.iter_mut().filter(|document| document.pinned() > 0);
        let oldest = begun.min_by_key(|document| document.sender.origin);
        oldest.is_some_and(Document::evict_pinned)
    }

    fn forget_oldest_document(&mut self) {
        let oldest = (0..self.documents.len()).min_by_key(|at| self.documents[*at].sender.origin);
        if let Some(at) = oldest {
            let gone = self.documents.remove(at);
            self.len -= gone.len();
            self.forgotten += gone.len() as u64 + gone.losses().total();
        }
    }
}

#[cfg(test)]
mod tests;
