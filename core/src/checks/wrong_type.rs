//! Value of an undocumented type.
//!
//! Why it matters: a number loses its leading zeros, and beyond 2^53 its last digits. A single string is not a list of
//! identities. The server's behavior is not documented.
//!
//! Rule: documentation page "Identifying the Visitor": `uniqueId` is a string, the lists are lists of strings,
//! `metadata` is an object.
//!
//! Repair: a number as text, if no digits are lost.
//!
//! Wrong when: an old vendor page documents the site's IDs as numbers. The documentation page is the contract.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { uniqueId: 1042, tags: '#VIP' }); // a text and a list are documented
//! ```

use super::{Check, Facts, Findings, Severity, flawed};
use crate::visitor::flaw::FlawKind;

pub static CHECK: Check = Check { id: "wrong-type", severity: Severity::Warning, run };

fn run(facts: &Facts, findings: &mut Findings) {
    flawed::find(facts, findings, |_, flaw| match flaw.kind {
        FlawKind::WrongType(_) => flaw.item.is_none(),
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
