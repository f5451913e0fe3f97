//! Finding entries: by kind and by text.

use super::entry::{Entry, EntryData, EntryKind, Frame};
use crate::visitor::page_value::PageValue;

/// Selects entries.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Filter {
    /// The kinds to show; empty for all.
    pub kinds: Vec<EntryKind>,
    /// Text to find in names, arguments and values, ignoring case; empty for all.
    text: String,
}

impl Filter {
    pub fn new(kinds: Vec<EntryKind>, text: &str) -> Self {
        Self { kinds, text: text.trim().to_lowercase() }
    }

    pub fn matches(&self, entry: &Entry) -> bool {
        let kind = self.kinds.is_empty() || self.kinds.contains(&entry.what.kind());
        kind && (self.text.is_empty() || self.finds(&entry.what))
    }

    fn finds(&self, what: &EntryData) -> bool {
        let opt = |text: &Option<String>| text.as_deref().is_some_and(|text| self.in_text(text));
        match what {
            EntryData::Page(page) => self.in_text(&page.url) || opt(&page.referrer),
            EntryData::Call(call) => {
                let at = call.at.as_ref().is_some_and(|at| self.in_text(&at.url));
                at || self.in_text(&call.name) || call.args.iter().any(|arg| self.in_value(arg))
            }
            EntryData::Done { .. } => false,
            EntryData::Change { keys, .. } => {
                keys.iter().any(|(field, value)| self.in_text(field.key()) || self.in_value(value))
            }
            EntryData::Sdk(sdk) => {
                let values = [&sdk.config, &sdk.account, &sdk.chats];
                opt(&sdk.version) || opt(&sdk.region) || values.into_iter().flatten().any(|value| self.in_value(value))
            }
            EntryData::Socket { url, .. } => opt(url),
            EntryData::Frame(frame) => self.in_frame(frame),
            EntryData::Stored { key, value, .. } => self.in_text(key) || opt(value),
            EntryData::Script { url, why, .. } => self.in_text(url) || opt(why),
            EntryData::Inspector { command, reply, .. } => {
                self.in_value(command) || reply.as_ref().is_some_and(|reply| self.in_value(reply))
            }
            EntryData::Drop { .. } => false,
            EntryData::Unknown { kind } => self.in_text(kind),
        }
    }

    fn in_frame(&self, frame: &Frame) -> bool {
        self.in_text(&frame.name) || frame.data.as_ref().is_some_and(|data| self.in_value(data))
    }

    fn in_text(&self, text: &str) -> bool {
        text.to_lowercase().contains(&self.text)
    }

    fn in_value(&self, value: &PageValue) -> bool {
        match value {
            PageValue::Text(text) | PageValue::CutText { start: text, .. } => self.in_text(text),
            PageValue::Number(n) => self.in_text(n.as_str()),
            PageValue::Bool(b) => self.in_text(if *b { "true" } else { "false" }),
            PageValue::Null => self.in_text("null"),
            PageValue::Undefined => self.in_text("undefined"),
            PageValue::Converted { text, .. } => self.in_text(text),
            PageValue::Proxied(seen) => self.in_value(seen),
            PageValue::Opaque(kind) => self.in_text(kind),
            PageValue::Original => false,
            PageValue::List(items, _) => items.iter().any(|item| self.in_value(item)),
            PageValue::Map(entries, _) => entries.iter().any(|(key, value)| self.in_text(key) || self.in_value(value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recording::fixture::Tab;
    use serde_json::json;

    fn found(filter: &Filter) -> usize {
        let mut tab = Tab::new();
        tab.call("init", json!([{ "uniqueId": "Ada@acme.example" }]));
        tab.call("updateConnection", json!([{ "metadata": { "Plan": ["pro", 12] } }]));
        tab.stored("shortId", Some("\"Q7XK\""));
        tab.timeline.ordered().into_iter().filter(|(_, entry)| filter.matches(entry)).count()
    }

    #[test]
    fn text_is_found_in_names_keys_and_values_in_any_case() {
        for (text, count) in [("ada@ACME", 1), ("plan", 1), ("12", 1), (" updateconn ", 1), ("q7x", 1), ("zzz", 0)] {
            assert_eq!(found(&Filter::new(vec![], text)), count, "{text}");
        }
    }

    #[test]
    fn kinds_and_text_must_both_match() {
        assert_eq!(found(&Filter::default()), 4);
        assert_eq!(found(&Filter::new(vec![EntryKind::Call], "")), 2);
        assert_eq!(found(&Filter::new(vec![EntryKind::Stored, EntryKind::Page], "ada")), 0);
    }
}
