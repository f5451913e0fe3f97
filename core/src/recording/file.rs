//! The file format of a recording, for export and import. The schema is documented in `docs/recording.md`.

use crate::json::Json;
use crate::json_read;
use crate::json_text::{compact, object};
use crate::recording::document::{Document, Sender};
use crate::recording::mask::mask;
use crate::recording::wire::{self, millis};
use crate::recording::{MAX_ENTRIES, Timeline, max_documents};
use serde_json::Value;

/// The schema's name and version. The number changes when an older reader would misread the new format.
pub const SCHEMA: &str = "upscope-inspector/recording@1";

/// Maximum size of a file in bytes: twice the size of ten thousand entries of usual length.
pub const MAX_FILE: usize = 64 * 1024 * 1024;

/// The content of a file. It is as untrusted as a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    pub timeline: Timeline,
    /// The time until which it is recorded, in milliseconds since the epoch.
    pub at: i64,
    pub masked: bool,
    /// Number of entries that could not be read. The timeline has them as unknown entries.
    pub unreadable: u64,
}

/// Why a text is not a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordingFileError {
    /// Longer than [`MAX_FILE`].
    TooLarge,
    NotJson,
    /// JSON of another schema, or of a later version of this one, with its name if it has one.
    OtherSchema(String),
}

/// Returns the file's text, with one entry per line. `at`: the time until which it is recorded, in milliseconds since
/// the epoch.
pub fn write(timeline: &Timeline, at: i64, masked: bool) -> String {
    if masked { write_masked(&mask(timeline), at) } else { write_marked(timeline, at, false) }
}

/// Returns the text of a file whose texts are replaced already.
pub fn write_masked(timeline: &Timeline, at: i64) -> String {
    write_marked(timeline, at, true)
}

fn write_marked(timeline: &Timeline, at: i64, masked: bool) -> String {
    let documents: Vec<_> = timeline.in_order().into_iter().map(write_document).collect();
    let head = object([
        ("schema", SCHEMA.into()),
        ("at", at.into()),
        ("masked", masked.into()),
        ("dropped", timeline.forgotten().into()),
    ]);
    with_list(&head, "documents", &documents)
}

fn write_document(document: &Document) -> String {
    let sender = &document.sender;
    let head = object([
        ("frame", sender.frame.into()),
        ("document", sender.document.as_str().into()),
        ("url", sender.url.as_str().into()),
        ("top", sender.top.into()),
        ("lessTrusted", sender.less_trusted.into()),
        ("origin", sender.origin.into()),
        ("leftOut", document.left_out().into()),
        ("dropped", document.losses().evicted.into()),
        ("next", document.next().into()),
    ]);
    let entries: Vec<_> = document.entries().map(|(_, entry)| compact(&wire::write(entry))).collect();
    with_list(&head, "entries", &entries)
}

/// Returns the object `head` with one more member: a list of JSON texts, each on its own line.
fn with_list(head: &Value, name: &str, items: &[String]) -> String {
    let head = compact(head);
    let open = head.strip_suffix('}').unwrap_or(&head);
    format!("{open},\"{name}\":[\n{}\n]}}", items.join(",\n"))
}

/// Reads a file leniently: missing parts get default values, invalid entries are counted.
pub fn read(text: &str) -> Result<Recording, RecordingFileError> {
    read_up_to(text, MAX_ENTRIES)
}

/// Reads a file like [`read`] and holds at most `cap` of its entries.
pub fn read_up_to(text: &str, cap: usize) -> Result<Recording, RecordingFileError> {
    if text.len() > MAX_FILE {
        return Err(RecordingFileError::TooLarge);
    }
    let mut file = json_read::read_borrowed(text).map_err(|_| RecordingFileError::NotJson)?;
    let schema = file.get("schema").and_then(Json::as_str).unwrap_or_default();
    if schema != SCHEMA {
        return Err(RecordingFileError::OtherSchema(schema.chars().take(100).collect()));
    }
    let mut out = Recording {
        timeline: Timeline::with_cap(cap),
        at: file.get("at").and_then(millis).unwrap_or(0),
        masked: is_true(&file, "masked"),
        unreadable: 0,
    };
    let documents = file.take("documents").into_items();
    let surplus = documents.len().saturating_sub(max_documents(cap));
    for (place, document) in documents.into_iter().enumerate() {
        // The oldest come first.
        match place < surplus {
            true => out.timeline.add_forgotten(count(&document, "next").max(1)),
            false => read_document(document, &mut out),
        }
    }
    out.timeline.add_dropped(count(&file, "dropped"));
    Ok(out)
}

fn read_document(mut document: Json, out: &mut Recording) {
    let text = |key: &str| {
        let text = document.get(key).and_then(Json::as_str).unwrap_or_default();
        text.chars().take(wire::MAX_VALUE).collect::<String>()
    };
    let sender = Sender {
        frame: document.get("frame").and_then(Json::as_i64).unwrap_or(0),
        document: text("document"),
        url: text("url"),
        top: is_true(&document, "top"),
        less_trusted: is_true(&document, "lessTrusted"),
        origin: document.get("origin").and_then(millis).unwrap_or(0),
    };
    let doc = out.timeline.open(sender);
    out.timeline.record_next(doc, count(&document, "next"));
    out.timeline.add_left_out(doc, count(&document, "leftOut"));
    out.timeline.add_evicted(doc, count(&document, "dropped"));
    for (place, entry) in (0..).zip(document.take("entries").into_items()) {
        let members = match entry {
            Json::Map(members) => members,
            _ => vec![],
        };
        let (entry, oddity) = wire::read_members(members, doc, place);
        out.unreadable += u64::from(oddity.is_some());
        out.timeline.push(entry);
    }
}

fn is_true(object: &Json, key: &str) -> bool {
    object.get(key) == Some(&Json::Bool(true))
}

/// A number that is absent or not whole is 0.
fn count(object: &Json, key: &str) -> u64 {
    object.get(key).and_then(Json::as_u64).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recording::fixture::Tab;
    use crate::recording::replay::replay;
    use serde_json::json;

    fn tab() -> Tab {
        let mut tab = Tab::connected(json!({"uniqueId": "ada", "tags": {"$": "undefined"}}));
        tab.stored("shortId", Some("\"S1\"")).own(json!({"act": "reset"})).lose().call("reset", json!([]));
        tab.page("https://acme.test/2").call("init", json!([]));
        tab
    }

    #[test]
    fn a_written_file_is_read_unchanged() {
        let tab = tab();
        let read = read(&write(&tab.timeline, 5000, false)).unwrap();
        assert_eq!((read.at, read.masked, read.unreadable), (5000, false, 0));
        assert_eq!(read.timeline.losses(), tab.timeline.losses());
        assert_eq!(replay(&read.timeline), tab.history());
        let entries = |timeline: &Timeline| -> Vec<_> {
            timeline.ordered().into_iter().map(|(at, entry)| (at, entry.clone())).collect()
        };
        assert_eq!(entries(&read.timeline), entries(&tab.timeline));
    }

    #[test]
    fn a_masked_file_has_no_personal_data() {
        let text = write(&tab().timeline, 0, true);
        assert!(read(&text).unwrap().masked);
        assert!(!text.contains("ada") && !text.contains("S1"), "{text}");
    }

    #[test]
    fn other_files_are_rejected_and_invalid_entries_counted() {
        assert_eq!(read("{"), Err(RecordingFileError::NotJson));
        assert_eq!(read("[]"), Err(RecordingFileError::OtherSchema(String::new())));
        let later = json!({"schema": "upscope-inspector/recording@2"}).to_string();
        assert_eq!(read(&later), Err(RecordingFileError::OtherSchema("upscope-inspector/recording@2".into())));
        let odd = json!({"schema": SCHEMA, "documents": [7, {"entries": [7, {"k": "done", "id": 1}, {"k": "?"}]}]});
        let odd = read(&odd.to_string()).unwrap();
        assert_eq!((odd.timeline.len(), odd.unreadable), (3, 2));
    }
}
