//! Metadata that is too large.
//!
//! Why it matters: it is sent with every update and shown to an agent as a list; nobody reads hundreds of keys.
//!
//! Rule: the inspector's own measure: more than the recorder copies of one call (a text over 2 KB, over 100 keys, over
//! 16 KB in all). The vendor names no limit.
//!
//! Wrong when: it was the inspector that could copy no more, because the rest of the call was large; the measure is its own,
//! and the vendor names none.
//!
//! Example:
//!
//! ```js
//! Upscope('updateConnection', { metadata: { cart: JSON.stringify(wholeCart) } }); // many kilobytes
//! ```

use super::{About, Check, Facts, Findings, Severity};
use crate::domain::page_value::PageValue;
use crate::domain::visitor::Field;

pub static CHECK: Check = Check { id: "metadata-too-large", severity: Severity::Warning, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for given in facts.given().iter().filter(|given| given.field == Field::Metadata && is_cut(given.value)) {
        findings.add(About::field(Field::Metadata), given.evidence);
    }
}

/// Whether some of it was too much to copy.
fn is_cut(value: &PageValue) -> bool {
    match value {
        PageValue::CutText { .. } => true,
        PageValue::Opaque(kind) => kind == "deep",
        PageValue::List(items, cut) => *cut > 0 || items.iter().any(is_cut),
        PageValue::Map(entries, cut) => *cut > 0 || entries.iter().any(|(_, value)| is_cut(value)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::checks::fixture::{Looked, found};
    use crate::domain::timeline::fixture::Tab;
    use serde_json::json;

    #[test]
    fn what_had_to_be_cut_is_too_large() {
        for value in [json!({"a": {"$": "text", "v": "x", "n": 5000}}), json!({"$": "map", "v": {}, "n": 300})] {
            assert_eq!(found(&CHECK, &Tab::connected(json!({ "metadata": value }))).len(), 1, "{value}");
        }
        assert_eq!(found(&CHECK, &Tab::connected(json!({"metadata": {"a": "x"}}))), []);
        let look = Looked::new(json!({"metadata": {"a": "x"}}));
        assert_eq!(look.found(&CHECK), []);
    }
}
