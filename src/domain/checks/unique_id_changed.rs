//! Two different `uniqueId`s on one short id without a `reset` between.
//!
//! Why it matters: two people share one visitor at Upscope; the history, tags and metadata of one stay with the other.
//!
//! Rule: documentation page "Identifying the Visitor": `reset` logs a visitor out and makes a new one with a new id.
//!
//! Repair: the call to make before the new id, in a task before it.
//!
//! Example:
//!
//! ```js
//! Upscope('updateConnection', { uniqueId: 'cust-1042' });
//! // another person logs in on the same computer
//! Upscope('updateConnection', { uniqueId: 'cust-2000' }); // without Upscope('reset') between
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity, fix};
use crate::domain::ordered;
use crate::domain::page_value::PageValue;
use crate::domain::timeline::entry::EntryId;
use crate::domain::timeline::story::{Cause, DocStory, Step, Subject};
use crate::domain::visitor::Field;

pub static CHECK: Check = Check { id: "unique-id-changed", severity: Severity::Error, run };

const UNIQUE_ID: Subject = Subject::Field(Field::UniqueId);

fn run(facts: &Facts, findings: &mut Findings) {
    for site in facts.sites() {
        let mut before: Option<(&PageValue, EntryId)> = None;
        let mut short_id: Option<&PageValue> = None;
        for (_, happened) in site.into_iter().flat_map(steps) {
            // What is not here may have been a `reset`.
            let Some((subject, step)) = happened else {
                (before, short_id) = (None, None);
                continue;
            };
            match (subject, &step.value) {
                _ if step.cause == Cause::Reset => (before, short_id) = (None, None),
                // What the person tries out with the inspector is not the page's doing.
                (UNIQUE_ID, _) if step.cause == Cause::OwnEdit => before = None,
                (Subject::ShortId, Some(id)) => {
                    if short_id.is_some_and(|known| known != id) {
                        before = None;
                    }
                    short_id = Some(id);
                }
                (UNIQUE_ID, Some(value)) if !is_blank(value) => {
                    if let Some((_, first)) = before.filter(|(known, _)| differ(known, value)) {
                        let about = || About::field(Field::UniqueId).value(value);
                        findings.add_with(about(), Evidence::Entry(first), || fix::code("Upscope('reset');"));
                        findings.add(about(), Evidence::Entry(step.entry));
                    }
                    before = Some((value, step.entry));
                }
                _ => {}
            }
        }
    }
}

/// The steps of both ids in the order of time, and `None` where entries are not here.
fn steps(doc: &DocStory) -> Vec<(i64, Option<(Subject, &Step)>)> {
    let of = |subject| doc.trace(subject).steps.iter().map(move |step| (step.t, Some((subject, step)))).collect();
    let gaps = doc.gaps.iter().map(|gap| (gap.t, None)).collect();
    let merge = |first, second| ordered::merge(first, second, |a: &(i64, _), b: &(i64, _)| a.0 < b.0);
    merge(merge(of(Subject::ShortId), of(UNIQUE_ID)), gaps)
}

/// Whether these are two ids for sure: what could not be read may be the same.
fn differ(known: &PageValue, value: &PageValue) -> bool {
    known != value && known.is_whole() && value.is_whole()
}

/// No id of anybody; other checks tell of those.
fn is_blank(value: &PageValue) -> bool {
    value.as_text().is_some_and(|text| matches!(text.trim(), "" | "undefined" | "null"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::checks::fixture::found;
    use crate::domain::timeline::fixture::Tab;
    use serde_json::json;

    #[test]
    fn a_switch_without_a_reset_is_told_in_one_page_and_over_two() {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.call("updateConnection", json!([{"uniqueId": "bob"}]));
        assert_eq!(found(&CHECK, &tab)[0].evidence.len(), 2);
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.page("https://acme.test/2").call("init", json!([{"uniqueId": "bob"}])).connect("S1");
        assert_eq!(found(&CHECK, &tab).len(), 1);
    }

    #[test]
    fn a_reset_another_short_id_and_another_site_make_it_right() {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.call("reset", json!([])).call("updateConnection", json!([{"uniqueId": "bob"}]));
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.page("https://acme.test/2").stored("shortId", Some("S2")).call("init", json!([{"uniqueId": "bob"}]));
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.page("https://other.test/").call("init", json!([{"uniqueId": "bob"}]));
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.own(json!({"act": "update", "update": {"uniqueId": "mine"}}));
        tab.call("updateConnection", json!([{"uniqueId": "mine"}]));
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.call("updateConnection", json!([{"uniqueId": null}]));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn what_is_not_here_may_have_been_a_reset() {
        let tab = |gone| {
            let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
            (0..5).for_each(|_| _ = tab.call("logEvent", json!([])));
            tab.call("updateConnection", json!([{"uniqueId": "bob"}]));
            if gone { tab.without(7..9) } else { tab }
        };
        assert_eq!((found(&CHECK, &tab(false)).len(), found(&CHECK, &tab(true)).len()), (1, 0));
        // Also at the end of a page that was left.
        let tab = |gone| {
            let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
            tab.call("logEvent", json!([])).page("https://acme.test/2");
            tab.version("2.2.119").call("init", json!([{"uniqueId": "bob"}])).connect("S1");
            if gone { tab.without(6..7) } else { tab }
        };
        assert_eq!((found(&CHECK, &tab(false)).len(), found(&CHECK, &tab(true)).len()), (1, 0));
    }
}
