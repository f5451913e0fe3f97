//! Stable masks for personal data: equal values stay equal, and what the checks judge (types, patterns, placeholders,
//! names of calls and keys) stays as it was, so that a masked recording tells the same story.

mod context;
mod text;
mod value;

use super::Timeline;
use super::document::Sender;
use super::entry::*;
use crate::json_read;
use crate::json_text::compact;
pub use context::Context;
use std::sync::Arc;
pub use text::Masks;

/// The same entry with every personal text and number masked.
pub fn mask_entry(entry: &Entry, masks: &mut Masks) -> Entry {
    Entry { what: masks.what(&entry.what), ..entry.clone() }
}

/// The same timeline with every personal text and number masked, numbered by first appearance in the order of time.
pub fn mask(timeline: &Timeline) -> Timeline {
    let mut masks = Masks::default();
    let mut out = Timeline::with_cap(timeline.len());
    out.forgotten = timeline.forgotten;
    for document in timeline.in_order() {
        let sender = Sender { url: masks.url(&document.sender.url), ..document.sender.clone() };
        let doc = out.open(sender);
        out.evicted_before(doc, document.losses().evicted);
        out.leave_out(doc, document.left_out());
        out.heard(doc, document.next());
        for (_, entry) in document.entries() {
            let id = EntryId { doc, ..entry.id };
            out.push(Entry { id, what: masks.what(&entry.what), ..entry.clone() });
        }
    }
    out
}

impl Masks {
    fn what(&mut self, what: &What) -> What {
        match what {
            What::Page(page) => {
                let referrer = page.referrer.as_deref().map(|url| self.url(url));
                What::Page(PageEntry { url: self.url(&page.url), referrer, ..page.clone() })
            }
            What::Call(call) => What::Call(Arc::new(self.call(call))),
            What::Change { call, keys } => {
                let masked = keys.iter().map(|(field, value)| (*field, self.value(value, Context::Field(*field))));
                What::Change { call: *call, keys: masked.collect() }
            }
            What::Sdk(sdk) => What::Sdk(Arc::new(self.sdk(sdk))),
            What::Frame(frame) => {
                let context = frame_context(&frame.name);
                let data = frame.data.as_ref().map(|data| self.value(data, context));
                What::Frame(Arc::new(Frame { data, ..Frame::clone(frame) }))
            }
            What::Stored { area, key, value } => {
                let value = value.as_deref().map(|value| self.stored(key, value));
                What::Stored { area: *area, key: key.clone(), value }
            }
            What::Script { fault, url, why, ours } => {
                What::Script { fault: *fault, url: self.url(url), why: why.clone(), ours: *ours }
            }
            What::Socket { what, connection, url, code } => {
                let url = url.as_deref().map(|url| self.url(url));
                What::Socket { what: *what, connection: *connection, url, code: *code }
            }
            What::Own { ask, reply, after } => What::Own {
                after: *after,
                ask: self.value(ask, Context::Ask),
                reply: reply.as_ref().map(|reply| self.value(reply, Context::Other)),
            },
            What::Done { .. } | What::Drop { .. } | What::Unknown { .. } => what.clone(),
        }
    }

    fn call(&mut self, call: &Call) -> Call {
        // What `init` takes is settings and visitor; what other calls take is data.
        let context = if call.name == "init" { Context::Settings } else { Context::Other };
        let args = match call.name.as_str() {
            "on" => call.args.clone(),
            _ => call.args.iter().map(|arg| self.value(arg, context)).collect(),
        };
        let at = call.at.as_ref().map(|at| Place { url: self.url(&at.url), ..at.clone() });
        Call { args, at, ..call.clone() }
    }

    fn sdk(&mut self, sdk: &SdkEntry) -> SdkEntry {
        SdkEntry {
            config: sdk.config.as_ref().map(|config| self.value(config, Context::Settings)),
            account: sdk.account.as_ref().map(|account| self.value(account, Context::Settings)),
            ..sdk.clone()
        }
    }

    /// A stored value is the JSON of a string, else taken as it is; as the fold reads it.
    fn stored(&mut self, key: &str, value: &str) -> String {
        let context = Context::Other.below(key);
        match json_read::read_string(value) {
            Some(text) => compact(&serde_json::Value::String(self.text(&text, context))),
            None => self.text(value, context),
        }
    }
}

fn frame_context(name: &str) -> Context {
    match name {
        "youAre" | "welcomeBack" => Context::ShortId,
        // Their words are the server's: no visitor in them.
        "apiKeyError" | "dataError" => Context::Kept,
        _ => Context::Other,
    }
}

#[cfg(test)]
mod tests;
