//! Recordings as they are kept in `storage.session` while a tab lives, and the requests about them.
//!
//! A tab's recording is an index, [`index_key`], and numbered chunks, [`chunk_key`]: the background appends what arrives to
//! the newest chunk, or to the one that is a document's beginning, and drops whole chunks when the caps are reached: the
//! beginnings of the documents last heard of stay, the oldest of all else goes. A chunk is a list of batches
//! `[head, texts]`. The head is a JSON text of the extension's own making, which a page has no say in; the texts are one
//! entry each, as the recorder wrote them, and are read by [`super::wire`] only where they are shown or judged. So the
//! background passes on what it never reads.

use crate::json_read;
use crate::json_text::{compact, object};
use crate::recording::Timeline;
use crate::recording::document::Sender;
use crate::recording::wire;
use serde_json::Value;

/// The version of the shapes here; older ones are made anew by the background as soon as more arrives for their tab.
pub const VERSION: u32 = 3;

/// How many bytes of all tabs together, by [`stored_size`]: the browser's own limit is 10 MB for the whole of `storage.session`.
pub const MAX_STORED: usize = 6_000_000;

/// What a browser keeps beside each text of a list, in bytes: Chromium a `base::Value` and the end of its string.
const TEXT_OVERHEAD: usize = 48;

/// The session key under which what the person asked to record is kept while the browser asks for permission.
pub const PENDING_KEY: &str = "pendingRecord";

/// The local key of the sites that are recorded, a list of match patterns.
pub const SITES_KEY: &str = "recordedSites";

/// Why the background does not record a site that the organisation has not allowed.
pub const HELD: &str = "held";

/// How the key of a tab's index begins, and that of each of its chunks.
pub const INDEX_PREFIX: &str = "recording:";

/// The key of a tab's index: `{v, to, entries, dropped, chunks, documents}`. `chunks: {number: {entries, bytes, of, key?}}`: their
/// sizes, the document whose beginning each is, or null, and the key of one that is not stored under [`chunk_key`], because the
/// tab had another id then; all numbers are below `to`. `entries`: how many are in them;
/// `dropped`: how many were dropped with others. `documents`: by their ids, the one last heard of last,
/// the [`Head`] that their next batch will have.
pub fn index_key(tab: i32) -> String {
    format!("{INDEX_PREFIX}{tab}")
}

/// The key of one chunk of a tab.
pub fn chunk_key(tab: i32, chunk: &str) -> String {
    format!("{INDEX_PREFIX}{tab}:{chunk}")
}

/// What a text takes of a browser's quota, at most. Chromium counts its UTF-8 bytes; Firefox a byte for each character where
/// all of them are of Latin-1, else two for each UTF-16 code unit.
pub fn stored_size(text: &str) -> usize {
    let wide = text.chars().any(|c| c > '\u{ff}');
    let units = || text.chars().map(char::len_utf16).sum::<usize>();
    text.len().max(if wide { 2 * units() } else { 0 }) + TEXT_OVERHEAD
}

/// What the extension knows of a batch: who sent it and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    pub sender: Sender,
    /// The number of the first entry in its document.
    pub first: u64,
    /// What the inspector itself did, not the page.
    pub own: bool,
}

impl Head {
    /// The JSON text it is kept as.
    pub fn to_text(&self) -> String {
        let sender = &self.sender;
        compact(&object([
            ("frame", sender.frame.into()),
            ("document", sender.document.as_str().into()),
            ("url", sender.url.as_str().into()),
            ("top", sender.top.into()),
            ("less", sender.less_trusted.into()),
            ("origin", sender.origin.into()),
            ("first", self.first.into()),
            ("own", self.own.into()),
        ]))
    }

    /// Reads the JSON text it is kept as; missing parts have plain values.
    pub fn read(text: &str) -> Option<Self> {
        let head: Value = json_read::read(text).ok()?;
        let word = |key: &str| head[key].as_str().unwrap_or_default().to_owned();
        let sender = Sender {
            frame: head["frame"].as_i64()?,
            document: word("document"),
            url: word("url"),
            top: head["top"] == true,
            less_trusted: head["less"] == true,
            origin: wire::millis(&head["origin"])?,
        };
        Some(Self { sender, first: head["first"].as_u64().unwrap_or(0), own: head["own"] == true })
    }
}

/// What the index of a tab's recording says of it.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Index {
    pub entries: u64,
    /// Entries that were dropped to make room.
    pub dropped: u64,
    /// How far each document was heard, whatever of it is kept.
    pub heard: Vec<Heard>,
}

/// How far a document was heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    pub frame: i64,
    pub document: String,
    /// The number that its next entry will have.
    pub next: u64,
}

impl Index {
    /// Notes in the timeline of what is kept what is not; to be called once all of that is in it.
    pub fn note(&self, timeline: &mut Timeline) {
        for heard in &self.heard {
            if let Some(doc) = timeline.find(heard.frame, &heard.document) {
                timeline.heard(doc, heard.next);
            }
        }
        timeline.dropped_before(self.dropped);
    }
}

/// One stored batch: its head and its entries, as texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    pub head: String,
    pub texts: Vec<String>,
}

/// Puts the entries of one batch in their places. A page's text cannot pass for an entry of ours, nor ours for a page's.
pub fn push<'a>(timeline: &mut Timeline, head: &str, texts: impl IntoIterator<Item = &'a str>) {
    let Some(head) = Head::read(head) else { return };
    let doc = timeline.open(head.sender);
    for (place, text) in (head.first..).zip(texts) {
        let (entry, _) = wire::read_as(text, doc, place, head.own);
        timeline.push(entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recording::entry::{Kind, Seq, What};

    fn head(first: u64, own: bool) -> Head {
        let sender = Sender {
            frame: 1 << 40,
            document: "d1".into(),
            url: "https://a.test/".into(),
            top: true,
            less_trusted: false,
            origin: 1_795_382_000_000,
        };
        Head { sender, first, own }
    }

    #[test]
    fn a_head_is_read_as_it_was_written() {
        let head = head(7, true);
        assert_eq!(Head::read(&head.to_text()), Some(head));
        assert_eq!(Head::read("{}"), None);
    }

    #[test]
    fn a_text_takes_the_bytes_of_the_browser_that_counts_more() {
        for (text, bytes) in [("", 0), ("abc", 3), ("café", 5), ("漢字", 6), ("😀", 4), ("a long text and one 字", 42)]
        {
            assert_eq!(stored_size(text), bytes + TEXT_OVERHEAD, "{text}");
        }
    }

    #[test]
    fn entries_have_the_numbers_of_their_places_whatever_a_page_says() {
        let mut timeline = Timeline::default();
        push(&mut timeline, &head(3, false).to_text(), [r#"{"k":"done","id":0,"n":99}"#, r#"{"k":"done","id":1}"#]);
        let numbers: Vec<_> = timeline.ordered().into_iter().map(|(_, entry)| entry.id.seq).collect();
        assert_eq!(numbers, [Seq::Page(3), Seq::Page(4)]);
    }

    #[test]
    fn an_index_tells_what_is_not_kept() {
        let mut timeline = Timeline::default();
        push(&mut timeline, &head(0, false).to_text(), [r#"{"k":"done","id":0}"#]);
        let heard = |document: &str| Heard { frame: 1 << 40, document: document.into(), next: 5 };
        let index = Index { entries: 1, dropped: 6, heard: vec![heard("d1"), heard("gone")] };
        index.note(&mut timeline);
        assert_eq!((timeline.losses().evicted, timeline.losses().missing, timeline.forgotten()), (6, 0, 2));
    }

    #[test]
    fn a_page_cannot_speak_for_the_inspector() {
        let own = r#"{"k":"own","n":5,"t":1,"ask":{"act":"reset"}}"#;
        let mut timeline = Timeline::default();
        push(&mut timeline, &head(0, false).to_text(), [own]);
        push(&mut timeline, &head(0, true).to_text(), [own, r#"{"k":"call","n":1,"id":0,"name":"init"}"#]);
        let what: Vec<_> = timeline.ordered().into_iter().map(|(_, entry)| (entry.id.seq, entry.what.kind())).collect();
        assert_eq!(what, [(Seq::Page(0), Kind::Unknown), (Seq::Own(5), Kind::Own), (Seq::Own(1), Kind::Unknown)]);
        let again = r#"{"k":"own","n":5,"t":1,"ask":{"act":"reset"},"reply":{"waiting":false}}"#;
        push(&mut timeline, &head(0, true).to_text(), [again]);
        let replied = timeline.ordered().into_iter().any(|(_, e)| matches!(&e.what, What::Own { reply: Some(_), .. }));
        assert!(replied && timeline.len() == 3);
    }
}
