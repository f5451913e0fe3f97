//! Metadata that isn't flat JSON.
//!
//! Why it matters: Agents see key–value pairs. A nested list or object is shown as raw text or not at all, and a
//! function or `undefined` isn't sent.
//!
//! Rule: Documentation page "Identifying the Visitor": `metadata` contains custom key–value pairs.
//!
//! False positive if: the agents' application of this account shows nested values. Values that the inspector couldn't
//! read aren't evidence.
//!
//! Example:
//!
//! ```js
//! // Use planName and planSince instead.
//! Upscope('updateConnection', { metadata: { plan: { name: 'gold', since: 2021 } } });
//! ```

use super::{Check, Facts, Findings, Severity, flawed};
use crate::visitor::Field;
use crate::visitor::flaw::FlawKind;

pub static CHECK: Check = Check { id: "metadata-not-flat", severity: Severity::Warning, run };

fn run(facts: &Facts, findings: &mut Findings) {
    flawed::find(facts, findings, |field, flaw| match flaw.kind {
        FlawKind::NotFlat => true,
        FlawKind::WrongType(_) => flaw.item.is_some() && field == Field::Metadata,
        _ => false,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{ReportFixture, found};
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn nested_and_unsendable_values_are_found() {
        let nested = json!({"metadata": {"a": [1], "b": {"c": 1}, "d": {"$": "function"}, "e": null, "f": 1}});
        assert_eq!(found(&CHECK, &Tab::connected(nested)).len(), 3);
        assert_eq!(found(&CHECK, &Tab::connected(json!({"metadata": {"a": 1}}))), []);
        assert_eq!(ReportFixture::new(json!({"metadata": {"a": [1]}})).found(&CHECK).len(), 1);
    }

    #[test]
    fn unread_values_are_not_evidence() {
        let unread = json!({"a": {"$": "deep"}, "b": {"$": "accessor"}, "c": {"$": "text", "v": "x", "n": 5000}});
        assert_eq!(found(&CHECK, &Tab::connected(json!({ "metadata": unread }))), []);
    }
}
