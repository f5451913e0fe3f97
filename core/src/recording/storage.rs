//! The format of recordings in `storage.session`, where they are stored until the tab closes.
//!
//! A tab's recording consists of an index ([`index_key`]) and numbered chunks ([`chunk_key`]). The background appends
//! new batches to the newest chunk, or to the chunk with the document's beginning. When a limit is reached, it drops
//! whole chunks, the oldest first, but not the beginnings of the most recent documents. A chunk is a list of batches
//! `[head, texts]`. The head is a JSON text that the extension writes and the page can't influence. Each text is one
//! entry as the recorder wrote it. Only the pages that show or check entries read the texts, with [`super::wire`]; the
//! background never does.

pub mod names;

use crate::json::Json;
use crate::json_read;
use crate::json_text::{compact, object};
use crate::recording::Timeline;
use crate::recording::document::Sender;
use crate::recording::wire;

/// The version of this format. An update of the extension empties `storage.session`, so no other version is read. The
/// background replaces a recording of another version when new entries arrive for its tab.
pub const VERSION: u32 = 3;

/// Maximum size of all recordings in bytes, by [`stored_size`]. The browser limits the whole of `storage.session` to 10
/// MB.
pub const MAX_STORED: usize = 6_000_000;

/// The maximum number of entries in a batch. The relay sends half as many.
pub const MAX_BATCH: usize = 1000;

/// The overhead of each text in a list, in bytes: Chromium stores a `base::Value` and the end of its string.
const TEXT_OVERHEAD: usize = 48;

/// The session key of the requested recording while the browser asks for permission.
pub const PENDING_KEY: &str = "pendingRecord";

/// The local key of the recorded sites, a list of match patterns.
pub const SITES_KEY: &str = "recordedSites";

/// The prefixes of the keys of indexes and chunks.
pub const INDEX_PREFIX: &str = "recording:";

/// The key of a tab's index: `{v, to, entries, dropped, chunks, documents}`. `chunks: {number: {entries, bytes, of,
/// key?}}` has the size of each chunk; `of` is the document whose beginning it contains, or null; `key` is set if the
/// chunk is not stored under [`chunk_key`], because the tab had another ID then. All numbers are below `to`. `entries`:
/// the number of entries in all chunks. `dropped`: the number of entries in deleted chunks. `documents`: by ID, the
/// most recent sender last, each with the [`BatchHeader`] of its next batch.
pub fn index_key(tab: i32) -> String {
    format!("{INDEX_PREFIX}{tab}")
}

/// The key of a chunk.
pub fn chunk_key(tab: i32, chunk: &str) -> String {
    format!("{INDEX_PREFIX}{tab}:{chunk}")
}

/// The size of a text in the browser's quota, at most. Chromium counts UTF-8 bytes. Firefox counts one byte per
/// character if all of them are Latin-1, and otherwise two per UTF-16 code unit.
pub fn stored_size(text: &str) -> usize {
    let wide = text.chars().any(|c| c > '\u{ff}');
    let units = || text.chars().map(char::len_utf16).sum::<usize>();
    text.len().max(if wide { 2 * units() } else { 0 }) + TEXT_OVERHEAD
}

/// The extension's metadata of a batch: its sender and position.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchHeader {
    pub sender: Sender,
    /// The number of its first entry in the document.
    pub first: u64,
    /// Whether the batch has acts of the inspector instead of page entries.
    pub own: bool,
}

impl BatchHeader {
    /// Returns the JSON text that is stored.
    pub fn to_text(&self) -> String {
        let sender = &self.sender;
        compact(&object([
            (names::FRAME, sender.frame.into()),
            (names::DOCUMENT, sender.document.as_str().into()),
            (names::URL, sender.url.as_str().into()),
            (names::TOP, sender.top.into()),
            (names::LESS_TRUSTED, sender.less_trusted.into()),
            (names::ORIGIN, sender.origin.into()),
            (names::FIRST, self.first.into()),
            (names::OWN, self.own.into()),
        ]))
    }

    /// Reads the stored JSON text. Missing parts get default values.
    pub fn read(text: &str) -> Option<Self> {
        Self::of(&json_read::read_borrowed(text).ok()?)
    }

    /// Reads the members of a JSON object, which may have others too. Missing parts get default values.
    pub fn of(head: &Json) -> Option<Self> {
        let word = |key: &str| head.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
        let flag = |key: &str| head.get(key) == Some(&Json::Bool(true));
        let sender = Sender {
            frame: head.get(names::FRAME)?.as_i64()?,
            document: word(names::DOCUMENT),
            url: word(names::URL),
            top: flag(names::TOP),
            less_trusted: flag(names::LESS_TRUSTED),
            origin: wire::millis(head.get(names::ORIGIN)?)?,
        };
        Some(Self { sender, first: head.get(names::FIRST).and_then(Json::as_u64).unwrap_or(0), own: flag(names::OWN) })
    }
}

/// The index of a tab's recording.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Index {
    pub entries: u64,
    /// Entries that were dropped to free space.
    pub dropped: u64,
    /// The progress of each document, whether its entries are stored or not.
    pub progress: Vec<DocumentProgress>,
}

/// How many entries of a document were received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentProgress {
    pub frame: i64,
    pub document: String,
    /// The number of its next entry.
    pub next: u64,
}

impl Index {
    /// Adds the counts of missing entries to `timeline`. Call this after all stored entries are pushed.
    pub fn note(&self, timeline: &mut Timeline) {
        for progress in &self.progress {
            if let Some(doc) = timeline.find(progress.frame, &progress.document) {
                timeline.record_next(doc, progress.next);
            }
        }
        timeline.add_dropped(self.dropped);
    }
}

/// One stored batch: its head and its entries as texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    pub head: String,
    pub texts: Vec<String>,
}

/// Pushes the entries of one stored batch, if its head can be read.
pub fn push<'a>(timeline: &mut Timeline, head: &str, texts: impl IntoIterator<Item = &'a str>) {
    if let Some(head) = BatchHeader::read(head) {
        push_batch(timeline, head, texts);
    }
}

/// Pushes the entries of one batch. A page's text can't pass as an act of the inspector, nor the reverse.
pub fn push_batch<'a>(timeline: &mut Timeline, head: BatchHeader, texts: impl IntoIterator<Item = &'a str>) {
    let doc = timeline.open(head.sender);
    for (place, text) in (head.first..).zip(texts) {
        let (entry, _) = wire::read_as(text, doc, place, head.own);
        timeline.push(entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recording::entry::{EntryData, EntryKind, Seq};

    fn head(first: u64, own: bool) -> BatchHeader {
        let sender = Sender {
            frame: 1 << 40,
            document: "d1".into(),
            url: "https://a.test/".into(),
            top: true,
            less_trusted: false,
            origin: 1_795_382_000_000,
        };
        BatchHeader { sender, first, own }
    }

    #[test]
    fn a_head_is_read_as_it_was_written() {
        let head = head(7, true);
        assert_eq!(BatchHeader::read(&head.to_text()), Some(head));
        assert_eq!(BatchHeader::read("{}"), None);
    }

    #[test]
    fn stored_size_is_the_larger_of_both_browsers() {
        for (text, bytes) in [("", 0), ("abc", 3), ("café", 5), ("漢字", 6), ("😀", 4), ("a long text and one 字", 42)]
        {
            assert_eq!(stored_size(text), bytes + TEXT_OVERHEAD, "{text}");
        }
    }

    #[test]
    fn entries_are_numbered_by_position() {
        let mut timeline = Timeline::default();
        push(&mut timeline, &head(3, false).to_text(), [r#"{"k":"done","id":0,"n":99}"#, r#"{"k":"done","id":1}"#]);
        let numbers: Vec<_> = timeline.ordered().into_iter().map(|(_, entry)| entry.id.seq).collect();
        assert_eq!(numbers, [Seq::Page(3), Seq::Page(4)]);
    }

    #[test]
    fn an_index_adds_the_missing_entries() {
        let mut timeline = Timeline::default();
        push(&mut timeline, &head(0, false).to_text(), [r#"{"k":"done","id":0}"#]);
        let progress = |document: &str| DocumentProgress { frame: 1 << 40, document: document.into(), next: 5 };
        let index = Index { entries: 1, dropped: 6, progress: vec![progress("d1"), progress("gone")] };
        index.note(&mut timeline);
        assert_eq!((timeline.losses().evicted, timeline.losses().missing, timeline.forgotten()), (6, 0, 2));
    }

    #[test]
    fn a_page_entry_cannot_pass_as_an_act() {
        let own = r#"{"k":"own","n":5,"t":1,"ask":{"act":"reset"}}"#;
        let mut timeline = Timeline::default();
        push(&mut timeline, &head(0, false).to_text(), [own]);
        push(&mut timeline, &head(0, true).to_text(), [own, r#"{"k":"call","n":1,"id":0,"name":"init"}"#]);
        let what: Vec<_> = timeline.ordered().into_iter().map(|(_, entry)| (entry.id.seq, entry.what.kind())).collect();
        assert_eq!(
            what,
            [
                (Seq::Page(0), EntryKind::Unknown),
                (Seq::Inspector(5), EntryKind::Inspector),
                (Seq::Inspector(1), EntryKind::Unknown)
            ]
        );
        let again = r#"{"k":"own","n":5,"t":1,"ask":{"act":"reset"},"reply":{"waiting":false}}"#;
        push(&mut timeline, &head(0, true).to_text(), [again]);
        let replied =
            timeline.ordered().into_iter().any(|(_, e)| matches!(&e.what, EntryData::Inspector { reply: Some(_), .. }));
        assert!(replied && timeline.len() == 3);
    }
}
