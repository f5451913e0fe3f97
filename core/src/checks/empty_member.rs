//! Empty value, or a list with an empty item.
//!
//! Why it matters: an empty identity has no meaning, and hides that the page did not know its visitor.
//!
//! Rule: documentation page "Identifying the Visitor": lists of strings. `null` removes a value as a whole; within a
//! list it is not a string.
//!
//! Repair: the list without the empty items.
//!
//! Wrong when: the page intends an empty list. Empty lists have no finding, nor has `null` as a whole or in `metadata`,
//! where it removes the value.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { identities: ['Ada Marsh', '', null] });
//! ```

use super::{Check, Facts, Findings, Severity, flawed};
use crate::visitor::Field;
use crate::visitor::flaw::FlawKind;

pub static CHECK: Check = Check { id: "empty-member", severity: Severity::Warning, run };

fn run(facts: &Facts, findings: &mut Findings) {
    flawed::find(facts, findings, |field, flaw| match flaw.kind {
        FlawKind::Empty => true,
        FlawKind::WrongType(_) => flaw.item.is_some() && field != Field::Metadata,
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
    fn empty_null_and_undefined_members_are_found() {
        let tab = Tab::connected(json!({"identities": ["Ada", null, ""], "uniqueId": "  "}));
        let findings = found(&CHECK, &tab);
        assert_eq!(findings.len(), 3);
        assert_eq!(ReportFixture::new(json!({"tags": ["#VIP", null]})).found(&CHECK).len(), 1);
        assert_eq!(found(&CHECK, &Tab::connected(json!({"identities": [], "metadata": {"a": null}}))), []);
    }

    #[test]
    fn the_list_without_it_is_offered() {
        let findings = found(&CHECK, &Tab::connected(json!({"identities": ["Ada", null, ""]})));
        let fixes: Vec<_> = findings.into_iter().map(|finding| finding.fix.unwrap().edit.unwrap().argument()).collect();
        assert_eq!(fixes, [json!({"identities": ["Ada"]}), json!({"identities": ["Ada"]})]);
    }

    #[test]
    fn an_empty_list_and_a_removal_are_fine() {
        let meant = json!({"uniqueId": null, "identities": [], "tags": null, "metadata": {"a": null}});
        assert_eq!(found(&CHECK, &Tab::connected(meant)), []);
    }
}
