//! Masks a value according to its context.

use super::context::MaskContext;
use super::text::Masker;
use crate::visitor::flaw::is_placeholder;
use crate::visitor::page_value::PageValue;

impl Masker {
    /// Masks a value in its context.
    pub fn value(&mut self, value: &PageValue, context: MaskContext) -> PageValue {
        match (value, context) {
            (_, MaskContext::Unmasked) => value.clone(),
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
