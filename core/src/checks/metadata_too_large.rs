//! Metadata that is too large.
//!
//! Why it matters: The SDK sends it with every update, and agents see it as one list. Hundreds of keys are hard to
//! read.
//!
//! Rule: The inspector's own limit: a text over 2 KB, over 100 keys or items, or over 16 KB in total. The vendor
//! documents no limit. Parts that couldn't be read for another reason, such as deep nesting, don't count.
//!
//! False positive if: the inspector copied less because the rest of the call was large. The limit is the inspector's,
//! not the vendor's.
//!
//! Example:
//!
//! ```js
//! Upscope('updateConnection', { metadata: { cart: JSON.stringify(wholeCart) } }); // many kilobytes
//! ```

use super::{About, Check, Facts, Findings, Severity};
use crate::visitor::Field;
use crate::visitor::page_value::PageValue;

pub static CHECK: Check = Check { id: "metadata-too-large", severity: Severity::Warning, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for given in facts.given().iter().filter(|given| given.field == Field::Metadata && is_large(given.value)) {
        findings.add(About::field(Field::Metadata), given.evidence);
    }
}

const MAX_TEXT: u64 = 2048;
const MAX_PARTS: u64 = 100;
const MAX_SIZE: u64 = 16_384;

fn is_large(value: &PageValue) -> bool {
    size(value) > MAX_SIZE || has_large_part(value)
}

fn has_large_part(value: &PageValue) -> bool {
    match value {
        PageValue::CutText { length, .. } => *length > MAX_TEXT,
        PageValue::List(items, cut) => items.len() as u64 + cut > MAX_PARTS || items.iter().any(has_large_part),
        PageValue::Map(entries, cut) => {
            entries.len() as u64 + cut > MAX_PARTS || entries.iter().any(|(_, value)| has_large_part(value))
        }
        _ => false,
    }
}

/// The number of characters in copied texts and keys.
fn size(value: &PageValue) -> u64 {
    match value {
        PageValue::Text(text) => text.len() as u64,
        PageValue::CutText { length, .. } => *length,
        PageValue::List(items, _) => items.iter().map(size).sum(),
        PageValue::Map(entries, _) => entries.iter().map(|(key, value)| key.len() as u64 + size(value)).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{ReportFixture, found};
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn cut_values_are_too_large() {
        for value in [json!({"a": {"$": "text", "v": "x", "n": 5000}}), json!({"$": "map", "v": {}, "n": 300})] {
            assert_eq!(found(&CHECK, &Tab::connected(json!({ "metadata": value }))).len(), 1, "{value}");
        }
        assert_eq!(found(&CHECK, &Tab::connected(json!({"metadata": {"a": "x"}}))), []);
        let report = ReportFixture::new(json!({"metadata": {"a": "x"}}));
        assert_eq!(report.found(&CHECK), []);
    }

    #[test]
    fn unread_values_are_not_too_large() {
        for value in [
            json!({"a": {"$": "deep"}}),
            json!({"$": "map", "v": {"a": 1}, "n": 30}),
            json!({"a": {"$": "text", "v": "x", "n": 900}}),
            json!({"$": "accessor"}),
            json!({"$": "proxy", "v": {}}),
        ] {
            assert_eq!(found(&CHECK, &Tab::connected(json!({ "metadata": value }))), [], "{value}");
        }
    }
}
