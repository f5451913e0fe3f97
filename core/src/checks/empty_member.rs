//! Empty value, or a list with an empty item.
//!
//! Why it matters: An empty identity has no meaning, and it hides that the page didn't identify its visitor.
//!
//! Rule: Documentation page "Identifying the Visitor": lists of strings. `null` removes a whole value, but within a
//! list it isn't a string. A text with only spaces or invisible characters is empty, too.
//!
//! Fix: The list without the empty items, if an item remains. An empty `uniqueId` has no fix.
//!
//! False positive if: the page intends an empty list. Empty lists have no finding. Neither does `null` as a whole value
//! or in `metadata`, where it removes the value. Empty text in `metadata` has no finding either.
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
        FlawKind::WrongType(kind) => flaw.item.is_some() && field != Field::Metadata && kind.is_nothing(),
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
    fn an_item_of_another_type_is_not_empty() {
        assert_eq!(found(&CHECK, &Tab::connected(json!({"identities": ["Ada", 7, {"name": "Ada"}]}))), []);
    }

    #[test]
    fn an_empty_list_and_a_removal_are_fine() {
        let meant = json!({"uniqueId": null, "identities": [], "tags": null, "metadata": {"a": null}});
        assert_eq!(found(&CHECK, &Tab::connected(meant)), []);
    }
}
