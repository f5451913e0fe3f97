//! Value of an undocumented type.
//!
//! Why it matters: A number can't have leading zeros, and a number beyond 2^53 has wrong last digits, as does one that
//! a spreadsheet shortened to `4.37157E+14`. A single string isn't a list of identities. The vendor doesn't document
//! how the server handles such values.
//!
//! Rule: Documentation page "Identifying the Visitor": `uniqueId` is a string, `identities`, `tags`, and
//! `integrationIds` are lists of strings, and `metadata` is an object. Of the values in `metadata`, only a number that
//! lost digits counts: `metadata-not-flat` reports other types.
//!
//! Fix: The number as text, if its digits are exact.
//!
//! False positive if: another vendor page documents `uniqueId` as a number or `identities` as a string. The
//! documentation page is the contract.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { uniqueId: 1042, tags: '#VIP' }); // documented: a string and a list
//! ```

use super::{Check, Facts, Findings, Severity, flawed};
use crate::visitor::Field;
use crate::visitor::flaw::FlawKind;

pub static CHECK: Check = Check { id: "wrong-type", severity: Severity::Warning, run };

fn run(facts: &Facts, findings: &mut Findings) {
    flawed::find(facts, findings, |field, flaw| match flaw.kind {
        FlawKind::WrongType(_) if flaw.item.is_none() => true,
        FlawKind::WrongType(kind) => field != Field::Metadata && !kind.is_nothing(),
        FlawKind::DigitsLost => true,
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
    fn a_number_becomes_text() {
        let findings = found(&CHECK, &Tab::connected(json!({"uniqueId": 42, "identities": "John"})));
        assert_eq!(findings.len(), 2);
        assert_eq!(findings[0].fix.clone().unwrap().edit.unwrap().argument(), json!({"uniqueId": "42"}));
    }

    #[test]
    fn an_item_of_another_type_is_found() {
        let findings = found(&CHECK, &Tab::connected(json!({"identities": ["Ada", 7, null, {"name": "Ada"}]})));
        let values: Vec<_> = findings.iter().map(|finding| finding.about.value.as_ref().unwrap().to_json()).collect();
        assert_eq!(values, [json!(7), json!({"name": "Ada"})]);
        assert!(findings.iter().all(|finding| finding.about.in_item));
        assert_eq!(found(&CHECK, &Tab::connected(json!({"metadata": {"list": [1]}}))), []);
    }

    #[test]
    fn lost_digits_are_not_offered_again() {
        let findings = found(&CHECK, &Tab::connected(json!({"uniqueId": 10203040506070808_u64})));
        assert_eq!((findings.len(), &findings[0].fix), (1, &None));
        assert_eq!(findings[0].about.flaw, Some(FlawKind::DigitsLost));
    }

    #[test]
    fn documented_types_and_a_removal_are_fine() {
        let tab = Tab::connected(json!({"uniqueId": "42", "identities": ["John"], "tags": null}));
        assert_eq!(found(&CHECK, &tab), []);
        assert_eq!(ReportFixture::new(json!({"tags": "#VIP"})).found(&CHECK).len(), 1);
    }
}
