//! Writes entries in the recorder's format, for the recording's file.

use super::names::{AREAS, DROPS, FAULTS, MOMENTS, SDK, SOCKET, VIAS};
use crate::json_text::object;
use crate::recording::entry::*;
use crate::visitor::page_value::PageValue;
use serde_json::{Map, Value};

/// Returns the JSON object of an entry. Reading it returns the same entry.
pub fn write(entry: &Entry) -> Value {
    let mut out = EntryWriter(Map::new());
    let (Seq::Page(n) | Seq::Inspector(n)) = entry.id.seq;
    out.put("n", n);
    out.put("t", entry.t);
    out.put("k", entry.what.kind().name());
    out.some("task", entry.task);
    out.what(&entry.what);
    Value::Object(out.0)
}

struct EntryWriter(Map<String, Value>);

impl EntryWriter {
    fn what(&mut self, what: &EntryData) {
        match what {
            EntryData::Page(page) => self.page(page),
            EntryData::Call(call) => self.call(call),
            EntryData::Done { call } => self.put("id", *call),
            EntryData::Change { call, keys } => {
                self.some("id", *call);
                let keys = keys.iter().map(|(field, value)| (field.key().to_owned(), value.encode()));
                self.put("keys", Value::Object(keys.collect()));
            }
            EntryData::Sdk(sdk) => self.sdk(sdk),
            EntryData::Socket { what, connection, url, code } => {
                self.name("what", *what, &SOCKET);
                self.put("c", *connection);
                self.some("url", url.clone());
                self.some("code", *code);
            }
            EntryData::Frame(frame) => {
                self.put("dir", if frame.out { "out" } else { "in" });
                self.put("c", frame.connection);
                self.put("name", frame.name.clone());
                self.value("data", &frame.data);
                self.some("count", (frame.count != 1).then_some(frame.count));
            }
            EntryData::Stored { area, key, value } => {
                self.name("area", *area, &AREAS);
                self.put("key", key.clone());
                self.put("value", value.clone());
            }
            EntryData::Script { fault, url, why, ours } => {
                self.name("what", *fault, &FAULTS);
                self.put("url", url.clone());
                self.some("why", why.clone());
                self.some("ours", ours.then_some(true));
            }
            EntryData::Drop { count, why } => {
                self.put("count", *count);
                self.name("why", *why, &DROPS);
            }
            EntryData::Inspector { command, reply, after } => {
                self.put("ask", command.encode());
                self.value("reply", reply);
                self.some("after", *after);
            }
            EntryData::Unknown { kind } => self.put("k", kind.clone()),
        }
    }

    fn page(&mut self, page: &PageEntry) {
        self.name("what", page.what, &MOMENTS);
        self.put("url", page.url.clone());
        self.some("ref", page.referrer.clone());
        self.some("parked", page.parked);
        if let Some(start) = page.start {
            self.put("origin", start.origin);
            self.put("top", start.top);
            self.put("opener", start.opener);
            self.put("less", start.less_trusted);
            if start.prerendered {
                self.put("ahead", true);
            }
            self.put("mode", if start.quiet { "quiet" } else { "accessor" });
        }
    }

    fn call(&mut self, call: &Call) {
        self.put("id", call.id);
        self.put("name", call.name.clone());
        self.put("args", call.args.iter().map(PageValue::encode).collect::<Vec<_>>());
        let at = |at: &ScriptLocation| {
            object([("url", at.url.as_str().into()), ("line", at.line.into()), ("col", at.column.into())])
        };
        self.some("at", call.at.as_ref().map(at));
        self.name("via", call.via, &VIAS);
        self.put("wait", call.waits);
        self.some("in", call.inside.clone());
        self.some("own", call.own);
    }

    fn sdk(&mut self, sdk: &SdkEntry) {
        self.name("what", sdk.what, &SDK);
        self.some("version", sdk.version.clone());
        self.value("config", &sdk.config);
        self.value("account", &sdk.account);
        self.some("region", sdk.region.clone());
        self.value("chats", &sdk.chats);
        self.some("toJSON", sdk.to_json.then_some(true));
        self.some("prototype", sdk.prototype.then_some(true));
        self.some("parentSdk", sdk.parent_sdk.then_some(true));
    }

    fn put(&mut self, key: &str, value: impl Into<Value>) {
        self.0.insert(key.to_owned(), value.into());
    }

    fn some(&mut self, key: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }

    fn value(&mut self, key: &str, value: &Option<PageValue>) {
        self.some(key, value.as_ref().map(PageValue::encode));
    }

    fn name<T: PartialEq>(&mut self, key: &str, what: T, names: &[(&str, T)]) {
        self.some(key, names.iter().find(|(_, known)| *known == what).map(|(name, _)| *name));
    }
}
