//! Reads and writes the recorder's entries, one JSON object each. Reading never fails: any text becomes an entry, and
//! an [`EntryFlaw`] names the problem.

mod names;
mod write;

use crate::js_number::MAX_SAFE_INTEGER;
use crate::json::{self, Json, Member};
use crate::json_read;
use crate::recording::entry::*;
use crate::visitor::Field;
use crate::visitor::argument::argument;
use crate::visitor::page_value::PageValue;
use names::{AREAS, DROPS, FAULTS, MOMENTS, SDK, SOCKET, VIAS};
use std::sync::Arc;
pub use write::write;

/// Maximum length of an entry in UTF-16 code units, as the relay counts. The recorder's entries are much shorter.
pub const MAX_ENTRY: usize = 65_536;

/// Maximum number of characters of a name.
const MAX_NAME: usize = 200;

/// Maximum length of a URL or a stored value, in characters. The recorder copies no more.
pub const MAX_VALUE: usize = 2048;

/// Maximum number of arguments of a call. The recorder copies no more.
pub const MAX_ARGS: usize = 20;

/// A problem with an entry's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryFlaw {
    /// Longer than [`MAX_ENTRY`].
    TooLong,
    NotJson,
    /// Of an unknown kind.
    UnknownKind,
    /// A required member is missing.
    Incomplete,
}

/// Reads one entry of `doc`. `expected` is its number by its position in the batch, used if the text has none.
pub fn read(text: &str, doc: DocId, expected: u64) -> (Entry, Option<EntryFlaw>) {
    let unknown = |kind: &str, seq| Entry {
        id: EntryId { doc, seq },
        t: 0,
        task: None,
        what: EntryData::Unknown { kind: kind.to_owned() },
    };
    if text.len() > MAX_ENTRY && text.encode_utf16().count() > MAX_ENTRY {
        return (unknown("", Seq::Page(expected)), Some(EntryFlaw::TooLong));
    }
    let Ok(Json::Map(members)) = json_read::read_borrowed(text) else {
        return (unknown("", Seq::Page(expected)), Some(EntryFlaw::NotJson));
    };
    read_members(members, doc, expected)
}

/// Reads one entry whose number and author are known. `own`: it is an act of the inspector, with its own number. A text
/// that claims another author is an unknown entry.
pub fn read_as(text: &str, doc: DocId, place: u64, own: bool) -> (Entry, Option<EntryFlaw>) {
    let (mut entry, oddity) = read(text, doc, place);
    let (claims_own, n) = match entry.id.seq {
        Seq::Inspector(n) => (true, n),
        Seq::Page(n) => (false, n),
    };
    entry.id.seq = if own { Seq::Inspector(n) } else { Seq::Page(place) };
    if claims_own == own {
        return (entry, oddity);
    }
    (
        Entry { what: EntryData::Unknown { kind: entry.what.kind().name().to_owned() }, ..entry },
        Some(EntryFlaw::UnknownKind),
    )
}

/// Reads one entry from the members of a JSON object, as in a recording's file.
pub fn read_members(members: Vec<Member>, doc: DocId, expected: u64) -> (Entry, Option<EntryFlaw>) {
    let mut raw = RawEntry(members);
    let kind = raw.short("k").unwrap_or_default();
    let n = raw.count("n").unwrap_or(expected);
    let seq = if kind == EntryKind::Inspector.name() { Seq::Inspector(n) } else { Seq::Page(n) };
    let (t, task) = (raw.millis("t").unwrap_or(0), raw.count("task"));
    let (what, oddity) = match raw.what(&kind) {
        Ok(what) => (what, None),
        Err(oddity) => (EntryData::Unknown { kind }, Some(oddity)),
    };
    (Entry { id: EntryId { doc, seq }, t, task, what }, oddity)
}

/// Reads a time in whole milliseconds. Fractions are ignored.
pub fn millis(json: &Json) -> Option<i64> {
    let text = json.as_number()?;
    let whole = match text.split_once('.') {
        Some((_, parts)) if !parts.bytes().all(|b| b.is_ascii_digit()) => return None,
        Some((whole, _)) => whole,
        None => text,
    };
    whole.parse().ok().filter(|ms: &i64| ms.unsigned_abs() <= MAX_SAFE_INTEGER)
}

/// The members of an entry's object.
struct RawEntry<'a>(Vec<Member<'a>>);

impl<'a> RawEntry<'a> {
    fn what(&mut self, kind: &str) -> Result<EntryData, EntryFlaw> {
        let kind = EntryKind::all().find(|known| known.name() == kind).ok_or(EntryFlaw::UnknownKind)?;
        self.of_kind(kind).ok_or(if kind == EntryKind::Unknown {
            EntryFlaw::UnknownKind
        } else {
            EntryFlaw::Incomplete
        })
    }

    fn of_kind(&mut self, kind: EntryKind) -> Option<EntryData> {
        Some(match kind {
            EntryKind::Page => EntryData::Page(self.page()?),
            EntryKind::Call => EntryData::Call(Arc::new(self.call()?)),
            EntryKind::Done => EntryData::Done { call: self.count("id")? },
            EntryKind::Change => EntryData::Change { call: self.count("id"), keys: self.keys()? },
            EntryKind::Sdk => EntryData::Sdk(Arc::new(self.sdk()?)),
            EntryKind::Socket => EntryData::Socket {
                what: self.one_of("what", &SOCKET)?,
                connection: self.count("c").unwrap_or(0),
                url: self.long("url"),
                code: self.count("code"),
            },
            EntryKind::Frame => EntryData::Frame(Arc::new(self.frame()?)),
            EntryKind::Stored => EntryData::Stored {
                area: self.one_of("area", &AREAS)?,
                key: self.short("key")?,
                value: self.long("value"),
            },
            EntryKind::Script => EntryData::Script {
                fault: self.one_of("what", &FAULTS)?,
                url: self.long("url").unwrap_or_default(),
                why: self.short("why"),
                ours: self.flag("ours"),
            },
            EntryKind::Drop => EntryData::Drop {
                count: self.count("count")?,
                why: self.one_of("why", &DROPS).unwrap_or(DropReason::Unknown),
            },
            EntryKind::Inspector => EntryData::Inspector {
                command: self.value("ask")?,
                reply: self.value("reply").filter(|r| !r.is_nothing()),
                after: self.count("after"),
            },
            EntryKind::Unknown => return None,
        })
    }

    fn page(&mut self) -> Option<PageEntry> {
        let what = self.one_of("what", &MOMENTS)?;
        let start = (what == PageMoment::Start).then(|| PageStart {
            origin: self.millis("origin").unwrap_or(0),
            top: self.flag("top"),
            opener: self.flag("opener"),
            less_trusted: self.flag("less"),
            quiet: self.short("mode").as_deref() == Some("quiet"),
            prerendered: self.flag("ahead"),
        });
        let parked = (what == PageMoment::Load).then(|| self.get("parked")?.as_bool()).flatten();
        Some(PageEntry { what, url: self.long("url").unwrap_or_default(), referrer: self.long("ref"), start, parked })
    }

    fn call(&mut self) -> Option<Call> {
        let name = self.short("name").unwrap_or_default();
        let args = self.take("args").into_items().into_iter().take(MAX_ARGS);
        Some(Call {
            id: self.count("id")?,
            args: args.map(|value| argument(&name, PageValue::decode(value))).collect(),
            name,
            at: self.place(),
            via: self.one_of("via", &VIAS).unwrap_or(CallSource::Function),
            waits: self.flag("wait"),
            inside: self.short("in"),
            own: self.count("own"),
        })
    }

    fn place(&mut self) -> Option<ScriptLocation> {
        let Json::Map(at) = self.take("at") else { return None };
        let at = Self(at);
        let [line, column] = ["line", "col"].map(|key| at.count(key).unwrap_or(0));
        Some(ScriptLocation { url: at.long("url")?, line, column })
    }

    fn keys(&mut self) -> Option<Vec<(Field, PageValue)>> {
        let Json::Map(mut keys) = self.take("keys") else { return None };
        let read = |field: Field| Some((field, PageValue::decode(json::take(&mut keys, field.key())?)));
        Some(Field::ALL.into_iter().filter_map(read).collect())
    }

    fn sdk(&mut self) -> Option<SdkEntry> {
        Some(SdkEntry {
            what: self.one_of("what", &SDK)?,
            version: self.short("version"),
            config: self.value("config"),
            account: self.value("account"),
            region: self.short("region"),
            chats: self.value("chats"),
            to_json: self.flag("toJSON"),
            prototype: self.flag("prototype"),
            parent_sdk: self.flag("parentSdk"),
        })
    }

    fn frame(&mut self) -> Option<Frame> {
        Some(Frame {
            out: self.short("dir").as_deref() == Some("out"),
            connection: self.count("c").unwrap_or(0),
            name: self.short("name")?,
            data: self.value("data"),
            count: self.count("count").unwrap_or(1),
        })
    }

    fn value(&mut self, key: &str) -> Option<PageValue> {
        json::take(&mut self.0, key).map(PageValue::decode)
    }

    fn take(&mut self, key: &str) -> Json<'a> {
        json::take(&mut self.0, key).unwrap_or_default()
    }

    fn get(&self, key: &str) -> Option<&Json<'a>> {
        json::member(&self.0, key)
    }

    fn one_of<T: Copy>(&self, key: &str, names: &[(&str, T)]) -> Option<T> {
        let name = self.get(key)?.as_str()?;
        names.iter().find(|(known, _)| *known == name).map(|(_, what)| *what)
    }

    fn text(&self, key: &str, most: usize) -> Option<String> {
        let text = self.get(key)?.as_str()?;
        let end = if text.len() <= most { None } else { text.char_indices().nth(most) };
        Some(end.map_or(text, |(at, _)| &text[..at]).to_owned())
    }

    fn short(&self, key: &str) -> Option<String> {
        self.text(key, MAX_NAME)
    }

    fn long(&self, key: &str) -> Option<String> {
        self.text(key, MAX_VALUE)
    }

    fn millis(&self, key: &str) -> Option<i64> {
        millis(self.get(key)?)
    }

    fn count(&self, key: &str) -> Option<u64> {
        self.get(key)?.as_u64().filter(|n| *n <= MAX_SAFE_INTEGER)
    }

    fn flag(&self, key: &str) -> bool {
        self.get(key) == Some(&Json::Bool(true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read_json(entry: Value) -> (Entry, Option<EntryFlaw>) {
        read(&entry.to_string(), DocId(3), 9)
    }

    #[test]
    fn a_call_is_read() {
        let (entry, oddity) = read_json(json!({
            "n": 4, "t": 12.5, "k": "call", "task": 2, "id": 1, "name": "init", "args": [{"tags": {"$": "undefined"}}],
            "at": {"url": "https://a.test/x.js", "line": 3, "col": 9}, "via": "queue", "wait": true, "in": null
        }));
        assert_eq!(oddity, None);
        assert_eq!((entry.id.seq, entry.t, entry.task), (Seq::Page(4), 12, Some(2)));
        let EntryData::Call(call) = entry.what else { panic!() };
        assert_eq!((call.id, call.name.as_str(), call.via, call.waits), (1, "init", CallSource::Queue, true));
        assert_eq!(call.given("tags"), Some(&PageValue::Undefined));
        assert_eq!(call.at.as_ref().map(|at| (at.line, at.column)), Some((3, 9)));
        assert_eq!(call.inside, None);
    }

    #[test]
    fn unreadable_entries_keep_their_numbers() {
        for (text, oddity) in [
            ("", EntryFlaw::NotJson),
            ("[]", EntryFlaw::NotJson),
            (&"x".repeat(MAX_ENTRY + 1), EntryFlaw::TooLong),
            (r#"{"n":9,"k":"dance"}"#, EntryFlaw::UnknownKind),
            (r#"{"n":9,"k":"unknown"}"#, EntryFlaw::UnknownKind),
            (r#"{"n":9,"k":"call","name":"init"}"#, EntryFlaw::Incomplete),
            (r#"{"k":"frame","dir":"in"}"#, EntryFlaw::Incomplete),
        ] {
            let (entry, found) = read(text, DocId(0), 9);
            assert_eq!((entry.id.seq, found), (Seq::Page(9), Some(oddity)), "{text:.40}");
            assert!(matches!(entry.what, EntryData::Unknown { .. }));
        }
    }

    #[test]
    fn entry_length_is_counted_in_utf16_units() {
        let name = "漢".repeat(MAX_ENTRY / 2);
        let text = json!({"k": "frame", "dir": "out", "name": name}).to_string();
        assert!(text.len() > MAX_ENTRY);
        assert_eq!(read(&text, DocId(0), 0).1, None);
    }

    #[test]
    fn times_are_whole_milliseconds() {
        for (text, ms) in
            [("12.9", Some(12)), ("-3", Some(-3)), ("1e3", None), ("1.5e3", None), ("9007199254740993", None)]
        {
            assert_eq!(millis(&json_read::read_borrowed(text).unwrap()), ms, "{text}");
        }
    }

    #[test]
    fn numbers_and_texts_are_limited() {
        let (entry, _) = read_json(
            json!({"n": 1e300, "t": "soon", "task": -1, "k": "store", "area": "local", "key": "é".repeat(500)}),
        );
        assert_eq!((entry.id.seq, entry.t, entry.task), (Seq::Page(9), 0, None));
        let EntryData::Stored { key, value, .. } = entry.what else { panic!() };
        assert_eq!((key.chars().count(), value), (MAX_NAME, None));
        let (own, _) = read_json(json!({"n": 2, "k": "own", "ask": {"act": "reset"}, "reply": null}));
        assert_eq!(own.id.seq, Seq::Inspector(2));
        assert!(matches!(own.what, EntryData::Inspector { reply: None, .. }));
    }
}
