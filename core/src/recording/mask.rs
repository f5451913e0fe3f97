//! Stable masks for personal data. Equal values stay equal, and types, patterns, placeholders, and the names of calls
//! and keys are unchanged, so that the checks find the same in a masked recording.

mod context;
mod text;
mod value;

use super::Timeline;
use super::document::Sender;
use super::entry::*;
use crate::json_read;
use crate::json_text::compact;
pub use context::MaskContext;
use std::sync::Arc;
pub use text::Masker;

/// Returns the entry with every personal text and number masked.
pub fn mask_entry(entry: &Entry, masker: &mut Masker) -> Entry {
    Entry { what: masker.what(&entry.what), ..entry.clone() }
}

/// Returns the timeline with every personal text and number masked. Masks are numbered by first appearance.
pub fn mask(timeline: &Timeline) -> Timeline {
    let mut masker = Masker::default();
    let mut out = Timeline::with_cap(timeline.cap);
    out.forgotten = timeline.forgotten;
    for document in timeline.in_order() {
        let sender = Sender { url: masker.url(&document.sender.url), ..document.sender.clone() };
        let doc = out.open(sender);
        out.add_evicted(doc, document.losses().evicted);
        out.add_left_out(doc, document.left_out());
        out.record_next(doc, document.next());
        for (_, entry) in document.entries() {
            let id = EntryId { doc, ..entry.id };
            out.push(Entry { id, what: masker.what(&entry.what), ..entry.clone() });
        }
    }
    out
}

impl Masker {
    fn what(&mut self, what: &EntryData) -> EntryData {
        match what {
            EntryData::Page(page) => {
                let referrer = page.referrer.as_deref().map(|url| self.url(url));
                EntryData::Page(PageEntry { url: self.url(&page.url), referrer, ..page.clone() })
            }
            EntryData::Call(call) => EntryData::Call(Arc::new(self.call(call))),
            EntryData::Change { call, keys } => {
                let masked = keys.iter().map(|(field, value)| (*field, self.value(value, MaskContext::Field(*field))));
                EntryData::Change { call: *call, keys: masked.collect() }
            }
            EntryData::Sdk(sdk) => EntryData::Sdk(Arc::new(self.sdk(sdk))),
            EntryData::Frame(frame) => {
                let context = frame_context(&frame.name);
                let data = frame.data.as_ref().map(|data| self.value(data, context));
                EntryData::Frame(Arc::new(Frame { data, ..Frame::clone(frame) }))
            }
            EntryData::Stored { area, key, value } => {
                let value = value.as_deref().map(|value| self.stored(key, value));
                EntryData::Stored { area: *area, key: key.clone(), value }
            }
            EntryData::Script { fault, url, why, ours } => {
                EntryData::Script { fault: *fault, url: self.url(url), why: why.clone(), ours: *ours }
            }
            EntryData::Socket { what, connection, url, code } => {
                let url = url.as_deref().map(|url| self.url(url));
                EntryData::Socket { what: *what, connection: *connection, url, code: *code }
            }
            EntryData::Inspector { command, reply, after } => EntryData::Inspector {
                after: *after,
                command: self.value(command, MaskContext::Command),
                reply: reply.as_ref().map(|reply| self.value(reply, MaskContext::Other)),
            },
            EntryData::Done { .. } | EntryData::Drop { .. } | EntryData::Unknown { .. } => what.clone(),
        }
    }

    fn call(&mut self, call: &Call) -> Call {
        // `init` takes settings and visitor info; other calls take data.
        let context = if call.name == "init" { MaskContext::Settings } else { MaskContext::Other };
        let args = match call.name.as_str() {
            "on" => call.args.clone(),
            _ => call.args.iter().map(|arg| self.value(arg, context)).collect(),
        };
        let at = call.at.as_ref().map(|at| ScriptLocation { url: self.url(&at.url), ..at.clone() });
        Call { args, at, ..call.clone() }
    }

    fn sdk(&mut self, sdk: &SdkEntry) -> SdkEntry {
        SdkEntry {
            config: sdk.config.as_ref().map(|config| self.value(config, MaskContext::Settings)),
            account: sdk.account.as_ref().map(|account| self.value(account, MaskContext::Settings)),
            ..sdk.clone()
        }
    }

    /// Masks a stored value: the JSON of a string, or else plain text. The replay reads it likewise.
    fn stored(&mut self, key: &str, value: &str) -> String {
        let context = MaskContext::Other.below(key);
        match json_read::read_string(value) {
            Some(text) => compact(&serde_json::Value::String(self.text(&text, context))),
            None => self.text(value, context),
        }
    }
}

fn frame_context(name: &str) -> MaskContext {
    match name {
        "youAre" | "welcomeBack" => MaskContext::ShortId,
        // The server's text, without visitor info.
        "apiKeyError" | "dataError" => MaskContext::Unmasked,
        _ => MaskContext::Other,
    }
}

#[cfg(test)]
mod tests;
