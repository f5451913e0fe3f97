//! Integration IDs that accumulate.
//!
//! Why it matters: The server adds IDs. A visitor with `zendesk:1` and later `zendesk:2` has both, and an agent may
//! open the wrong record.
//!
//! Rule: The vendor's documentation: the server adds IDs, and `system:` clears a system. The SDK replaces its own list,
//! which hides this (read in the SDK's code).
//!
//! Fix: The same list with the clearing entry `system:` first.
//!
//! False positive if: the visitor really has two records in that system. An earlier ID counts only if the server can
//! have received it. A clearing entry, `null`, a `reset`, another short ID, an edit with the inspector, or missing
//! entries in between remove the finding. So does a later list that has the earlier ID too, or one that couldn't be
//! read as a whole, since it may contain the earlier ID or a clearing entry.
//!
//! Example:
//!
//! ```js
//! Upscope('updateConnection', { integrationIds: ['crm:0031'] });
//! Upscope('updateConnection', { integrationIds: ['crm:0032'] }); // the server now has both: put 'crm:' first
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity, SiteVisitor, fix};
use crate::recording::history::{CallEffect, DocumentHistory, RecordedCall, ValueKey};
use crate::visitor::Field;
use crate::visitor::integration_id::IntegrationId;
use crate::visitor::page_value::PageValue;

pub static CHECK: Check = Check { id: "integration-ids-growing", severity: Severity::Warning, run };

const IDS: ValueKey = ValueKey::Field(Field::IntegrationIds);

fn run(facts: &Facts, findings: &mut Findings) {
    for site in facts.sites() {
        let mut held: Vec<IntegrationId> = vec![];
        let mut visitor = SiteVisitor::default();
        for doc in site {
            if visitor.is_replaced_in(doc) {
                held.clear();
            }
            let mut gaps = 0;
            for call in doc.calls.iter().filter(|call| call.took_effect()) {
                // A missing entry may have cleared them.
                let before = doc.gaps_before(call.t);
                if before > gaps {
                    held.clear();
                }
                gaps = before;
                judge(facts, doc, call, &mut held, findings);
            }
            if gaps < doc.gaps.len() {
                held.clear();
            }
        }
    }
}

fn judge(
    facts: &Facts,
    doc: &DocumentHistory,
    call: &RecordedCall,
    held: &mut Vec<IntegrationId>,
    findings: &mut Findings,
) {
    // What an edit with the inspector added is not the page's.
    let is_own = !call.is_by_page() && call.had_effect(IDS, CallEffect::Set);
    if is_own || call.is("reset") || call.is_unread() || call.had_effect(IDS, CallEffect::Removed) {
        return held.clear();
    }
    let value = doc.given(call, Field::IntegrationIds);
    if value.is_some_and(|value| !value.is_whole()) {
        return held.clear();
    }
    if !call.had_effect(IDS, CallEffect::Set) || call.had_effect(IDS, CallEffect::Wiped) {
        return;
    }
    let items = value.map(items).unwrap_or_default();
    let given: Vec<_> = items.iter().filter_map(|item| IntegrationId::parse(item.as_text()?)).collect();
    for system in given.iter().filter(|id| id.is_clearing()).map(IntegrationId::system) {
        held.retain(|id| id.system() != system);
    }
    let fresh: Vec<_> = given.iter().filter(|id| !id.is_clearing() && !held.contains(id)).cloned().collect();
    for id in &fresh {
        let kept = held.iter().any(|old| old.system() == id.system() && !given.contains(old));
        if kept {
            findings.add_with(About::name(id.system()), Evidence::Entry(call.entry), || {
                let clearing = PageValue::Text(IntegrationId::clearing(id.system()).as_str().to_owned());
                let list: Option<Vec<_>> =
                    std::iter::once(&clearing).chain(items).map(PageValue::to_wire_json).collect();
                let is_last = || doc.value_history(IDS).now().is_some_and(|step| step.entry == call.entry);
                let is_current = || value.is_some_and(|value| facts.is_current(Field::IntegrationIds, value));
                let now = facts.is_live(doc) && is_last() && is_current();
                fix::set(Field::IntegrationIds, list?.into(), now)
            });
        }
    }
    // What another call replaced before the connection never adds up.
    let steps = &doc.value_history(IDS).steps;
    let begin = steps.partition_point(|step| step.t < call.t);
    let place = steps[begin..].iter().position(|step| step.entry == call.entry);
    if place.is_some_and(|place| doc.reached_server(IDS, begin + place)) {
        held.extend(fresh);
        held.truncate(200);
    }
}

/// The items of a list, or a single text, which the SDK accepts too.
fn items(value: &PageValue) -> &[PageValue] {
    match value {
        PageValue::List(items, _) => items,
        PageValue::Text(_) => std::slice::from_ref(value),
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::found;
    use crate::recording::fixture::Tab;
    use serde_json::json;

    fn given(second: &[&str]) -> Tab {
        let mut tab = Tab::connected(json!({"integrationIds": ["zendesk:1", "front:9"]}));
        tab.call("updateConnection", json!([{"integrationIds": second}]));
        tab
    }

    #[test]
    fn what_another_visitor_has_does_not_grow() {
        let grows = |short_id: &str| {
            let mut tab = Tab::connected(json!({"integrationIds": ["zendesk:1"]}));
            tab.page("https://acme.test/2").version("2.2.119").stored("shortId", Some(short_id));
            tab.call("init", json!([{"integrationIds": ["zendesk:2"]}])).connect(short_id.trim_matches('"'));
            found(&CHECK, &tab).len()
        };
        assert_eq!((grows("\"S1\""), grows("\"S2\"")), (1, 0));
    }

    #[test]
    fn another_id_of_a_system_is_found_with_a_clearing_list() {
        let findings = found(&CHECK, &given(&["zendesk:2"]));
        assert_eq!(findings[0].about.name.as_deref(), Some("zendesk"));
        let edit = findings[0].fix.clone().unwrap().edit.unwrap();
        assert_eq!(edit.argument(), json!({"integrationIds": ["zendesk:", "zendesk:2"]}));
    }

    #[test]
    fn the_offered_list_has_every_item() {
        let fixes = |second: serde_json::Value| {
            let mut tab = Tab::connected(json!({"integrationIds": ["zendesk:1"]}));
            tab.call("updateConnection", json!([{ "integrationIds": second }]));
            found(&CHECK, &tab).into_iter().map(|finding| finding.fix).collect::<Vec<_>>()
        };
        let fix = fixes(json!(["zendesk:2", "my_crm:1", "Front:3"])).remove(0).unwrap();
        let all = json!({"integrationIds": ["zendesk:", "zendesk:2", "my_crm:1", "Front:3"]});
        assert_eq!(fix.edit.unwrap().argument(), all);
        assert_eq!(fixes(json!(["zendesk:2", 7])), [None], "a list of texts can't have it");
    }

    #[test]
    fn what_could_not_be_read_may_be_the_earlier_id() {
        let mut long: Vec<_> = (0..100).map(|n| json!(format!("crm:{n}"))).collect();
        long[0] = json!("zendesk:2");
        for second in [
            json!(["zendesk:2", {"$": "accessor"}]),
            json!({"$": "list", "v": long, "n": 20}),
            json!({"$": "proxy", "v": ["zendesk:2"]}),
        ] {
            let mut tab = Tab::connected(json!({"integrationIds": ["zendesk:1"]}));
            tab.call("updateConnection", json!([{ "integrationIds": second }]));
            assert_eq!(found(&CHECK, &tab), [], "{second}");
        }
    }

    #[test]
    fn a_frame_shows_what_could_not_be_read() {
        let mut tab = Tab::connected(json!({"integrationIds": ["zendesk:1"]}));
        tab.call("updateConnection", json!([{"integrationIds": {"$": "proxy", "v": []}}]));
        tab.frame_out("connectionUpdate", json!({"integrationIds": ["zendesk:2"]}));
        assert_eq!(found(&CHECK, &tab).len(), 1);
    }

    #[test]
    fn cleared_repeated_and_other_systems_are_fine() {
        for second in [&["zendesk:", "zendesk:2"][..], &["zendesk:1"], &["drift:1"], &["zendesk:1", "zendesk:2"]] {
            assert_eq!(found(&CHECK, &given(second)), [], "{second:?}");
        }
    }

    #[test]
    fn an_id_that_the_inspector_added_is_not_the_pages() {
        let mut tab = Tab::connected(json!({}));
        tab.own(json!({"act": "update", "update": {"integrationIds": ["zendesk:9"]}}));
        tab.call("updateConnection", json!([{"integrationIds": ["zendesk:9"]}]));
        tab.call("updateConnection", json!([{"integrationIds": ["zendesk:1"]}]));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn they_add_up_over_page_loads_until_a_reset() {
        let mut tab = Tab::connected(json!({"integrationIds": ["zendesk:1"]}));
        tab.page("https://acme.test/2").call("init", json!([{"integrationIds": ["zendesk:2"]}]));
        assert_eq!(found(&CHECK, &tab).len(), 1);
        let mut tab = Tab::connected(json!({"integrationIds": ["zendesk:1"]}));
        tab.call("reset", json!([])).call("updateConnection", json!([{"integrationIds": ["zendesk:2"]}]));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn missing_entries_may_contain_the_clearing() {
        let tab = |gone| {
            let mut tab = Tab::connected(json!({"integrationIds": ["crm:1"]}));
            (0..5).for_each(|_| _ = tab.call("logEvent", json!([])));
            tab.call("updateConnection", json!([{"integrationIds": ["crm:2"]}]));
            if gone { tab.without(7..9) } else { tab }
        };
        assert_eq!((found(&CHECK, &tab(false)).len(), found(&CHECK, &tab(true)).len()), (1, 0));
    }

    #[test]
    fn an_id_that_never_reached_the_server_does_not_add_up() {
        let mut tab = Tab::new();
        tab.version("2.2.119").call("init", json!([{"integrationIds": ["crm:0031"]}]));
        tab.waits("updateConnection", json!([{"integrationIds": ["crm:0032"]}])).connect("S1");
        assert_eq!(found(&CHECK, &tab), []);
        tab.call("updateConnection", json!([{"integrationIds": ["crm:0033"]}]));
        assert_eq!(found(&CHECK, &tab).len(), 1);
    }
}
