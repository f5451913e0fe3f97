//! The meaning of a value, derived from its key, which decides how it is masked.

use super::text::Masker;
use crate::visitor::Field;
use crate::visitor::flaw::is_placeholder;
use crate::visitor::page_value::PageValue;

/// The context of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaskContext {
    /// A field of the visitor.
    Field(Field),
    ShortId,
    LookupCode,
    /// The SDK's settings, whose numbers are not personal.
    Settings,
    /// The request of an edit.
    Ask,
    /// Not personal.
    Kept,
    /// Anything else: data.
    Other,
}

/// Keys of texts that are not personal.
const KEPT: [&str; 12] = [
    "apiKey",
    "version",
    "region",
    "teamDomain",
    "integration",
    "act",
    "document",
    "lookupCodeSetAt",
    "lastConnectedAt",
    "waitingForCallAt",
    "connectionActiveSince",
    "activeSince",
];

impl MaskContext {
    /// The context of the value under `key`.
    pub(super) fn below(self, key: &str) -> Self {
        let field = Field::ALL.into_iter().find(|field| field.key() == key);
        match (self, field, key) {
            (Self::Field(_) | Self::Kept, ..) => self,
            (_, Some(field), _) => Self::Field(field),
            (_, None, "shortId") => Self::ShortId,
            (_, None, "lookupCode" | "code") => Self::LookupCode,
            (_, None, key) if KEPT.contains(&key) => Self::Kept,
            (Self::Ask, ..) => Self::Other,
            (context, ..) => context,
        }
    }
}

impl Masker {
    /// Masks a value in its context.
    pub fn value(&mut self, value: &PageValue, context: MaskContext) -> PageValue {
        match (value, context) {
            (_, MaskContext::Kept) => value.clone(),
            // Compared as a whole, because its words alone would be masked.
            (_, MaskContext::Field(field)) if is_placeholder(field, value) => value.clone(),
            (PageValue::Number(_), MaskContext::Settings) => value.clone(),
            (PageValue::Number(n), _) => PageValue::Number(self.number(n)),
            (PageValue::Text(text), _) => PageValue::Text(self.text(text, context)),
            (PageValue::CutText { start, length }, _) => {
                PageValue::CutText { start: self.text(start, context), length: *length }
            }
            (PageValue::Converted { class, text }, _) => {
                PageValue::Converted { class: class.clone(), text: self.text(text, context) }
            }
            (PageValue::Proxied(seen), _) => PageValue::Proxied(Box::new(self.value(seen, context))),
            (PageValue::List(items, cut), _) => {
                PageValue::List(items.iter().map(|item| self.value(item, context)).collect(), *cut)
            }
            (PageValue::Map(entries, cut), _) => {
                let entry = |(key, value): &(String, PageValue)| (key.clone(), self.value(value, context.below(key)));
                PageValue::Map(entries.iter().map(entry).collect(), *cut)
            }
            _ => value.clone(),
        }
    }
}
