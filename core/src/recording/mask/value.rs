//! What a value is, by the key it stands under, and so what of it is masked.

use super::text::Masks;
use crate::visitor::Field;
use crate::visitor::flaw::is_placeholder;
use crate::visitor::page_value::PageValue;

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// In one of the visitor's fields.
    Field(Field),
    ShortId,
    LookupCode,
    /// The SDK's settings: numbers are no one's.
    Settings,
    /// What we were asked to do.
    Ask,
    /// Names no one.
    Kept,
    /// Anything else: data.
    Other,
}

/// Keys whose texts name no visitor.
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

impl Context {
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

impl Masks {
    /// The value with the masks of where it stands.
    pub fn value(&mut self, value: &PageValue, context: Context) -> PageValue {
        match (value, context) {
            (_, Context::Kept) => value.clone(),
            // As a whole, since its words alone would be masked.
            (_, Context::Field(field)) if is_placeholder(field, value) => value.clone(),
            (PageValue::Number(_), Context::Settings) => value.clone(),
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
