//! Metadata that is too large.
//!
//! Why it matters: Agents see it as one list, and hundreds of keys are hard to read. Each `updateConnection` that
//! contains it sends all of it.
//!
//! Rule: The inspector's own limits: a text over 2,048 characters, an object or a list with over 100 keys or items, or
//! keys and texts over 16,384 characters in total. Characters are UTF-16 code units, as in JavaScript's `length`. The
//! vendor documents no limit. Parts that couldn't be read for another reason, such as deep nesting, don't count.
//!
//! False positive if: agents need all of it. The limits are the inspector's, not the vendor's. If the inspector copied
//! only a part because the rest of the call was large, it may miss large metadata.
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

/// In UTF-16 code units.
const MAX_TEXT: u64 = 2048;
/// Keys of an object or items of a list.
const MAX_PARTS: u64 = 100;
/// In UTF-16 code units.
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

/// The number of UTF-16 code units in texts and copied keys.
fn size(value: &PageValue) -> u64 {
    match value {
        PageValue::Text(text) => units(text),
        PageValue::CutText { length, .. } => *length,
        PageValue::List(items, _) => items.iter().map(size).sum(),
        PageValue::Map(entries, _) => entries.iter().map(|(key, value)| units(key) + size(value)).sum(),
        _ => 0,
    }
}

fn units(text: &str) -> u64 {
    text.encode_utf16().count() as u64
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
    fn a_text_has_the_same_limit_in_every_script() {
        let metadata = |text: &str| {
            let entries: serde_json::Map<_, _> =
                (0..10).map(|key| (key.to_string(), text.repeat(900).into())).collect();
            found(&CHECK, &Tab::connected(json!({ "metadata": entries }))).len()
        };
        assert_eq!([metadata("x"), metadata("訪"), metadata("xy"), metadata("訪問")], [0, 0, 1, 1]);
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
