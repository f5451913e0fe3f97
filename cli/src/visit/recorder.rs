//! The recording of a tab, from the batches of its relays. History and limits are those of the extension.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use inspector_core::json::Json;
use inspector_core::json_read;
use inspector_core::recording::Timeline;
use inspector_core::recording::document::Sender;
use inspector_core::recording::entry::DocId;
use inspector_core::recording::history::{DocumentHistory, TabHistory};
use inspector_core::recording::replay::replay;
use inspector_core::recording::storage::{BatchHeader, MAX_BATCH, push};
use inspector_core::recording::wire::{MAX_ENTRY, MAX_VALUE, millis};

use crate::browser::Batch;

/// The recording so far.
#[derive(Default)]
pub struct Recorder {
    timeline: Timeline,
    /// The history derived from the timeline.
    history: TabHistory,
    /// The browser's IDs of the frames, by their numbers. The page of the tab has the number 0.
    frames: Vec<String>,
}

impl Recorder {
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    pub fn history(&self) -> &TabHistory {
        &self.history
    }

    /// The page that the tab shows.
    pub fn page(&self) -> Option<&DocumentHistory> {
        self.history.page()
    }

    /// The pages so far.
    pub fn documents(&self) -> Vec<DocId> {
        self.history.documents.iter().map(|document| document.document).collect()
    }

    /// Adds batches. Anything else is ignored: a relay sends only batches.
    pub fn take(&mut self, batches: &[Batch]) {
        for batch in batches {
            if let Some((header, texts)) = read(batch) {
                let number = self.frame(&batch.frame, header.sender.top);
                let sender = Sender { frame: number, ..header.sender };
                let head = BatchHeader { sender, ..header }.to_text();
                push(&mut self.timeline, &head, texts.iter().map(String::as_str));
            }
        }
        self.history = replay(&self.timeline);
    }

    fn frame(&mut self, id: &str, top: bool) -> i64 {
        if top {
            return 0;
        }
        let known = self.frames.iter().position(|known| known == id);
        let at = known.unwrap_or_else(|| {
            self.frames.push(id.to_owned());
            self.frames.len() - 1
        });
        at as i64 + 1
    }
}

/// How long a relay may delay its entries. The most recent part isn't judged, because entries of it may be missing.
const IN_TRANSIT: Duration = Duration::from_millis(250);

/// The current time up to which everything is recorded, in milliseconds since the epoch.
pub fn recorded_until() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    now.saturating_sub(IN_TRANSIT).as_millis() as i64
}

fn read(batch: &Batch) -> Option<(BatchHeader, Vec<String>)> {
    let mut sent = json_read::read_borrowed(&batch.text).ok()?;
    let Json::List(texts) = sent.take("texts") else { return None };
    let text = |text| match text {
        Json::Text(text) if text.len() <= MAX_ENTRY || text.encode_utf16().count() <= MAX_ENTRY => {
            Some(text.into_owned())
        }
        _ => None,
    };
    let texts = texts.into_iter().map(text).collect::<Option<Vec<_>>>().filter(|texts| texts.len() <= MAX_BATCH)?;
    let flag = |key: &str| sent.get(key) == Some(&Json::Bool(true));
    let sender = Sender {
        frame: 0,
        document: batch.document.clone(),
        url: sent.get("url")?.as_str()?.chars().take(MAX_VALUE).collect(),
        top: flag("top"),
        less_trusted: flag("less"),
        origin: millis(sent.get("origin")?)?,
    };
    Some((BatchHeader { sender, first: sent.get("first")?.as_u64()?, own: false }, texts))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(frame: &str, document: &str, top: bool, first: u64, texts: &[&str]) -> Batch {
        let text = serde_json::json!({
            "first": first, "texts": texts, "origin": 5.5, "top": top, "less": !top, "url": "https://acme.test/"
        });
        Batch { frame: frame.into(), document: document.into(), text: text.to_string() }
    }

    const CALL: &str = r#"{"k":"call","id":0,"t":1,"name":"init","args":[]}"#;

    #[test]
    fn documents_and_frames_are_those_of_the_browser() {
        let mut recorder = Recorder::default();
        recorder.take(&[
            batch("A", "1", true, 0, &[CALL]),
            batch("B", "2", false, 0, &[CALL]),
            batch("C", "3", false, 0, &[CALL]),
            batch("B", "4", false, 0, &[CALL]),
        ]);
        recorder.take(&[batch("A", "1", true, 0, &[CALL]), batch("A", "5", true, 0, &[CALL])]);
        let mut frames: Vec<_> =
            recorder.history().documents.iter().map(|document| (document.frame, document.top)).collect();
        frames.sort_unstable();
        assert_eq!(frames, [(0, true), (0, true), (1, false), (1, false), (2, false)]);
        assert_eq!(recorder.timeline().len(), 5);
    }

    #[test]
    fn what_is_no_batch_adds_nothing() {
        let mut recorder = Recorder::default();
        let many = vec![CALL; MAX_BATCH + 1];
        let no_texts = Batch { frame: "A".into(), document: "1".into(), text: "{\"first\":0}".into() };
        let nonsense = Batch { frame: "A".into(), document: "1".into(), text: "nonsense".into() };
        let long = "x".repeat(MAX_ENTRY + 1);
        recorder.take(&[no_texts, nonsense, batch("A", "1", true, 0, &many), batch("A", "1", true, 0, &[&long])]);
        assert!(recorder.timeline().is_empty());
    }
}
