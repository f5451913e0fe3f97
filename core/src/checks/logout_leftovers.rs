//! Logout that leaves tags, integration IDs or identities.
//!
//! Why it matters: The visitor stays the same for Upscope, so the next person who uses this browser gets the remaining
//! values.
//!
//! Rule: Documentation page "Identifying the Visitor": an absent key keeps its value, `null` removes it, and `reset`
//! creates a new visitor. The vendor's advice for logging out, `uniqueId` and `identities` as `null`, leaves the other
//! fields. The inspector reports `identities`, `tags`, and `integrationIds`. It doesn't report metadata, which a
//! `reset` doesn't clear either.
//!
//! Fix: Call `reset`, which creates a new visitor. On the current page, the inspector can also remove the remaining
//! values.
//!
//! False positive if: the remaining values describe the computer or the shop rather than the person. There is no
//! finding if the page removes them or calls `reset` before another visitor is identified, or sets the field again with
//! or after the logout (integration IDs accumulate, so they still count). Neither is there one if they were set under
//! another short ID, or if entries are missing. A value that couldn't be read may be empty, so it counts neither as an
//! identity nor as a leftover.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { uniqueId: 'cust-1042', tags: ['#VIP'] });
//! Upscope('updateConnection', { uniqueId: null }); // #VIP stays for whoever logs in next
//! ```

use super::{About, Check, Evidence, Facts, Findings, Fix, Severity, SiteVisitor};
use crate::edit::change::Change;
use crate::edit::patch::VisitorPatch;
use crate::recording::entry::EntryId;
use crate::recording::history::{CallEffect, DocumentHistory, RecordedCall, ValueKey};
use crate::visitor::page_value::PageValue;
use crate::visitor::{Field, PerField};

pub static CHECK: Check = Check { id: "logout-leftovers", severity: Severity::Warning, run };

/// The call that set each field, and a logout that left some of them.
#[derive(Default)]
struct FieldSources {
    by: PerField<Option<EntryId>>,
    logout: Option<EntryId>,
}

fn run(facts: &Facts, findings: &mut Findings) {
    for site in facts.sites() {
        let mut sources = FieldSources::default();
        let mut last = None;
        let mut visitor = SiteVisitor::default();
        for doc in site {
            if visitor.is_replaced_in(doc) {
                sources.report(false, findings);
                sources = FieldSources::default();
            }
            let mut gaps = 0;
            for call in doc.calls.iter().filter(|call| call.took_effect()) {
                // A missing entry may have removed them.
                if doc.gaps_before(call.t) > gaps {
                    sources = FieldSources::default();
                }
                gaps = doc.gaps_before(call.t);
                sources.apply(doc, call, findings);
            }
            if gaps < doc.gaps.len() {
                sources = FieldSources::default();
            }
            last = Some(doc);
        }
        sources.report(last.is_some_and(|doc: &DocumentHistory| facts.is_live(doc)), findings);
    }
}

/// The fields that may be left. A `reset` doesn't clear `metadata` either.
fn parts() -> impl Iterator<Item = Field> {
    Field::ALL.into_iter().filter(|field| field.is_identity() && *field != Field::UniqueId)
}

impl FieldSources {
    fn apply(&mut self, doc: &DocumentHistory, call: &RecordedCall, findings: &mut Findings) {
        let given = |field: Field| doc.given(call, field);
        let had = |field: Field, effect| call.had_effect(ValueKey::Field(field), effect);
        let sets = |field: Field| had(field, CallEffect::Set) && !is_unset(given(field));
        let removes =
            |field: Field| had(field, CallEffect::Removed) || (had(field, CallEffect::Set) && is_unset(given(field)));
        let may_set = |field: Field| sets(field) && given(field).is_some_and(PageValue::may_be_nothing);
        // The call may log out or identify anyone.
        let is_unknown = call.is_unread() || may_set(Field::UniqueId) || may_set(Field::Identities);
        if call.is("reset") || is_unknown {
            return *self = Self::default();
        }
        let (was_id, was_named) = (self.by[Field::UniqueId].is_some(), self.by[Field::Identities].is_some());
        Field::ALL.into_iter().filter(|field| removes(*field)).for_each(|field| self.by[field] = None);
        let names = sets(Field::UniqueId) || sets(Field::Identities);
        if names {
            self.identify(sets, findings);
        }
        let ended = (removes(Field::UniqueId) && was_id) || (removes(Field::Identities) && was_named);
        if ended && !names && self.by[Field::UniqueId].is_none() && call.is_by_page() {
            self.logout = Some(call.entry);
        }
        for field in Field::ALL.into_iter().filter(|field| sets(*field)) {
            // Tags that are set with the logout or after it are those of the visitor who is logged out.
            let is_left = self.logout.is_none() || field == Field::IntegrationIds;
            self.by[field] = Some(call.entry).filter(|_| is_left && !may_set(field));
        }
    }

    /// Handles a call that identifies a visitor. The fields that it sets are the new visitor's. Integration IDs
    /// accumulate.
    fn identify(&mut self, sets: impl Fn(Field) -> bool, findings: &mut Findings) {
        if self.logout.is_some() {
            let replaced = parts().filter(|field| *field != Field::IntegrationIds && sets(*field));
            replaced.for_each(|field| self.by[field] = None);
        }
        self.report(false, findings);
    }

    fn report(&mut self, live: bool, findings: &mut Findings) {
        let Some(logout) = self.logout.take() else { return };
        let left: Vec<_> = parts().filter_map(|field| Some((field, self.by[field]?))).collect();
        let names: Vec<_> = left.iter().map(|(field, _)| field.key()).collect();
        let about = || About::name(names.join(", "));
        let edit = || VisitorPatch::new(left.iter().map(|(field, _)| (*field, Change::Remove)));
        let fix = || Some(Fix { edit: edit().filter(|_| live), code: Some("Upscope('reset');".into()) });
        if !left.is_empty() {
            findings.add_with(about(), Evidence::Entry(logout), fix);
            left.iter().for_each(|(_, by)| findings.add(about(), Evidence::Entry(*by)));
        }
    }
}

/// Whether a call with this value leaves the field without one.
fn is_unset(value: Option<&PageValue>) -> bool {
    match value {
        Some(PageValue::Text(text)) => text.is_empty(),
        Some(PageValue::List(items, 0)) => items.is_empty(),
        Some(value) => value.is_nothing(),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::found;
    use crate::recording::fixture::Tab;
    use serde_json::json;

    fn logged_in() -> Tab {
        Tab::connected(json!({
            "uniqueId": "ada", "identities": ["Ada"], "tags": ["#VIP"], "integrationIds": ["zendesk:1"], "metadata": {"a": 1}
        }))
    }

    fn names(tab: &Tab) -> Vec<String> {
        found(&CHECK, tab).into_iter().map(|finding| finding.about.name.unwrap()).collect()
    }

    #[test]
    fn leftovers_of_the_documented_logout_are_found() {
        let mut tab = logged_in();
        tab.call("updateConnection", json!([{"uniqueId": null, "identities": null}]));
        let finding = found(&CHECK, &tab).remove(0);
        assert_eq!(finding.about.name.as_deref(), Some("tags, integrationIds"));
        let fix = finding.fix.unwrap();
        assert_eq!(fix.edit.unwrap().argument(), json!({"tags": null, "integrationIds": null}));
        assert_eq!(fix.code.as_deref(), Some("Upscope('reset');"));
    }

    #[test]
    fn an_id_alone_leaves_the_name_and_a_name_alone_the_tags() {
        let mut tab = logged_in();
        tab.call("updateConnection", json!([{"uniqueId": null, "tags": null, "integrationIds": []}]));
        assert_eq!(names(&tab), ["identities"]);
        let mut tab = Tab::connected(json!({"identities": ["Ada"], "tags": ["#VIP"]}));
        tab.call("updateConnection", json!([{"identities": null}]));
        assert_eq!(names(&tab), ["tags"]);
    }

    #[test]
    fn it_is_found_over_page_loads_and_when_the_next_person_comes() {
        let mut tab = logged_in();
        tab.call("updateConnection", json!([{"uniqueId": null, "identities": null}]));
        tab.page("https://acme.test/2").version("2.2.119");
        tab.call("init", json!([{"uniqueId": "bob", "tags": ["#NEW"]}])).connect("S1");
        assert_eq!(names(&tab), ["integrationIds"]);
        assert_eq!(found(&CHECK, &tab)[0].fix.clone().unwrap().edit, None);
    }

    #[test]
    fn removing_everything_or_a_reset_leaves_nothing() {
        let mut tab = logged_in();
        tab.call(
            "updateConnection",
            json!([{"uniqueId": null, "identities": null, "tags": null, "integrationIds": null}]),
        );
        assert_eq!(names(&tab), [""; 0]);
        let mut tab = logged_in();
        tab.call("updateConnection", json!([{"uniqueId": null}]))
            .call("updateConnection", json!([{"identities": null}]));
        tab.call("updateConnection", json!([{"tags": null, "integrationIds": null}]));
        assert_eq!(names(&tab), [""; 0]);
        let mut tab = logged_in();
        tab.call("updateConnection", json!([{"uniqueId": null}])).call("reset", json!([]));
        assert_eq!(names(&tab), [""; 0]);
    }

    #[test]
    fn an_identified_visitor_has_not_logged_out() {
        let mut tab = logged_in();
        tab.call("updateConnection", json!([{"uniqueId": null, "identities": ["Ada Marsh"]}]));
        tab.call("updateConnection", json!([{"tags": ["#A"]}]));
        assert_eq!(names(&tab), [""; 0]);
        let mut tab = logged_in();
        tab.call("updateConnection", json!([{"identities": null}]));
        assert_eq!(names(&tab), [""; 0]);
        let mut tab = logged_in();
        tab.own(json!({"act": "update", "update": {"uniqueId": null}}));
        tab.call("updateConnection", json!([{"uniqueId": null}]));
        assert_eq!(names(&tab), [""; 0], "the inspector's own edit");
    }

    #[test]
    fn tags_of_the_visitor_who_is_logged_out_are_fine() {
        let mut tab = Tab::connected(json!({"uniqueId": "ada", "tags": ["#VIP"]}));
        tab.call("updateConnection", json!([{"uniqueId": null, "tags": ["#GUEST"]}]));
        assert_eq!(names(&tab), [""; 0]);
        let mut tab = Tab::connected(json!({"uniqueId": "ada", "tags": ["#VIP"]}));
        tab.call("updateConnection", json!([{"uniqueId": null}]))
            .call("updateConnection", json!([{"tags": ["#GUEST"]}]));
        assert_eq!(names(&tab), [""; 0]);
    }

    #[test]
    fn what_another_visitor_had_is_not_left() {
        let logs_out_as = |short_id: &str| {
            let mut tab = logged_in();
            tab.page("https://acme.test/2").version("2.2.119").stored("shortId", Some(short_id));
            tab.call("init", json!([{"uniqueId": "bob"}])).connect(short_id.trim_matches('"'));
            tab.call("updateConnection", json!([{"uniqueId": null, "identities": null}]));
            names(&tab)
        };
        assert_eq!(logs_out_as("\"S1\""), ["tags, integrationIds"]);
        assert_eq!(logs_out_as("\"S2\""), [""; 0], "another tab called `reset`");
    }

    #[test]
    fn what_could_not_be_read_neither_identifies_nor_is_left() {
        let left = |init: serde_json::Value| {
            let mut tab = Tab::connected(init);
            tab.call("updateConnection", json!([{"uniqueId": null}]));
            names(&tab)
        };
        assert_eq!(left(json!({"uniqueId": {"$": "accessor"}, "tags": ["#VIP"]})), [""; 0]);
        for unread in [json!({"$": "accessor"}), json!({"$": "proxy", "v": []}), json!([{"$": "accessor"}])] {
            assert_eq!(left(json!({"uniqueId": "ada", "tags": unread})), [""; 0], "{unread}");
        }
        assert_eq!(left(json!({"uniqueId": "ada", "tags": ["#VIP", {"$": "accessor"}]})), ["tags"]);
    }

    #[test]
    fn missing_entries_may_contain_the_removal() {
        let mut tab = logged_in();
        tab.call("updateConnection", json!([{"uniqueId": null, "identities": null}]));
        (0..5).for_each(|_| _ = tab.call("logEvent", json!([])));
        assert_eq!(found(&CHECK, &tab.without(8..10)), []);
    }
}
