//! The entries recorded in one tab, across navigations, frames and reloads.
//!
//! [`Timeline`] holds the entries. [`replay`](replay::replay) derives a [`TabHistory`](history::TabHistory) from them:
//! who set which value, when, and the result of each call. [`checks`](crate::checks) evaluates the history.

mod certainty;
pub mod document;
pub mod entry;
mod evidence;
pub mod file;
pub mod filter;
pub mod gaps;
pub mod history;
pub mod mask;
mod observations;
pub mod replay;
pub mod storage;
pub mod summary;
pub mod wire;

#[cfg(any(test, feature = "fixtures"))]
pub mod fixture;

pub use evidence::VENDOR_DOMAINS;

use crate::ordered;
use document::{Document, LossCounts, PushResult, Sender};
use entry::{DocId, Entry, EntryId};

/// Maximum number of entries that are stored for one tab, and in its timeline. The oldest are evicted first, except the
/// beginnings of documents.
pub const MAX_ENTRIES: usize = 10_000;

/// Number of entries at the beginning of a document that survive eviction, while all beginnings take at most half of
/// the cap.
const BEGINNING: usize = 250;

/// Maximum number of documents in a tab's timeline, and the entries for each of them that a larger timeline has. The
/// oldest are dropped first, with their entries.
pub const MAX_DOCUMENTS: usize = 200;
const ENTRIES_OF_DOCUMENT: usize = MAX_ENTRIES / MAX_DOCUMENTS;

/// The documents of one tab and their entries, within fixed limits.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    documents: Vec<Document>,
    next: u32,
    len: usize,
    cap: usize,
    /// Number of entries in documents that were dropped as a whole.
    forgotten: u64,
}

impl Default for Timeline {
    fn default() -> Self {
        Self::with_cap(MAX_ENTRIES)
    }
}

impl Timeline {
    /// A timeline that holds at most `cap` entries, of at most [`max_documents`] documents.
    pub fn with_cap(cap: usize) -> Self {
        Self { documents: vec![], next: 0, len: 0, cap, forgotten: 0 }
    }

    /// Returns the document of `sender`, found by frame and document ID. Adds it if it is new.
    pub fn open(&mut self, sender: Sender) -> DocId {
        if let Some(known) = self.find(sender.frame, &sender.document) {
            return known;
        }
        if self.documents.len() >= max_documents(self.cap) {
            self.forget_oldest_document();
        }
        let id = DocId(self.next);
        self.next += 1;
        self.documents.push(Document::new(id, sender));
        id
    }

    /// Finds a document by frame and document ID.
    pub fn find(&self, frame: i64, document: &str) -> Option<DocId> {
        let known = |known: &&Document| known.sender.frame == frame && known.sender.document == document;
        self.documents.iter().rev().find(known).map(|known| known.id)
    }

    /// Inserts an entry in order. An entry of a document that is no longer in the timeline is counted as dropped.
    pub fn push(&mut self, entry: Entry) -> PushResult {
        let Some(document) = self.document_mut(entry.id.doc) else {
            self.forgotten += 1;
            return PushResult::Duplicate;
        };
        let arrived = document.push(entry);
        if arrived != PushResult::Duplicate {
            self.len += 1;
        }
        while self.len > self.cap && self.evict() {}
        arrived
    }

    /// Records that the recorder of `doc` omitted `count` entries.
    pub fn add_left_out(&mut self, doc: DocId, count: u64) {
        if let Some(document) = self.document_mut(doc) {
            document.add_left_out(count);
        }
    }

    /// Records that `count` entries of `doc` were dropped before the timeline was built, as a recording's file states.
    pub fn add_evicted(&mut self, doc: DocId, count: u64) {
        if let Some(document) = self.document_mut(doc) {
            document.add_evicted(count);
        }
    }

    /// Records that the next entry of `doc` will have the number `next`.
    pub fn record_next(&mut self, doc: DocId, next: u64) {
        if let Some(document) = self.document_mut(doc) {
            document.record_next(next);
        }
    }

    /// Records that `count` entries were dropped before the timeline was built. They are attributed to the missing
    /// numbers of its documents first, then to documents that are not in it. Call this after all entries are pushed.
    pub fn add_dropped(&mut self, count: u64) {
        let rest = self.documents.iter_mut().fold(count, |rest, document| document.explain(rest));
        self.add_forgotten(rest);
    }

    /// Records that `count` entries of documents that are not in the timeline were dropped.
    fn add_forgotten(&mut self, count: u64) {
        self.forgotten = self.forgotten.saturating_add(count);
    }

    /// Number of dropped entries whose documents are no longer in the timeline.
    pub fn forgotten(&self) -> u64 {
        self.forgotten
    }

    /// The documents, in the order in which they were added.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    pub fn document(&self, id: DocId) -> Option<&Document> {
        self.place(id).map(|at| &self.documents[at])
    }

    fn document_mut(&mut self, id: DocId) -> Option<&mut Document> {
        self.place(id).map(|at| &mut self.documents[at])
    }

    /// The index of a document. Their IDs are in the order in which they were added.
    fn place(&self, id: DocId) -> Option<usize> {
        self.documents.binary_search_by_key(&id, |document| document.id).ok()
    }

    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.document(id.doc)?.entry(id.seq)
    }

    /// All entries by time, each with its time in milliseconds since the epoch. The order depends only on the entries,
    /// not on the order in which entries of several frames arrived.
    pub fn ordered(&self) -> Vec<(i64, &Entry)> {
        // Within a document the numbers decide the order, and `entries` returns ascending times.
        let entries = self.in_order().into_iter().map(|document| document.entries().collect::<Vec<_>>());
        entries.fold(vec![], |all, more| ordered::merge(all, more, |a, b| a.0 < b.0))
    }

    /// The documents sorted by their time origin.
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

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The counts of missing entries, over all documents.
    pub fn losses(&self) -> LossCounts {
        let mut all = LossCounts { evicted: self.forgotten, ..LossCounts::default() };
        for losses in self.documents.iter().map(Document::losses) {
            all.before = all.before.saturating_add(losses.before);
            all.missing = all.missing.saturating_add(losses.missing);
            all.reported = all.reported.saturating_add(losses.reported);
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

    /// Evicts from the beginning of the oldest document when all beginnings exceed their share. Returns `false` if none
    /// is evicted.
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

/// Maximum number of documents in a timeline of at most `cap` entries.
pub fn max_documents(cap: usize) -> usize {
    MAX_DOCUMENTS.max(cap / ENTRIES_OF_DOCUMENT)
}

#[cfg(test)]
mod tests;
