//! Value that is set and overwritten in the same page load.
//!
//! Why it matters: The later value replaces the earlier one. If two parts of the page set them, timing decides which
//! one applies.
//!
//! Rule: Read in the SDK's code: the later call applies. A page that identifies its visitor after `init` may do this on
//! purpose. A list or an object that only grows isn't overwritten, and `metadata` is expected to change.
//!
//! False positive if: the page identified its visitor in between, for example after a login without a page load. Or a
//! single-page app sets other tags for each of its views and doesn't change the URL. Therefore, this is a note. If the
//! URL changed in between, there is no finding. A login that replaces an anonymous ID, such as `guest`, `guest-17`, or
//! a UUID before an ID of another form, has no finding. Neither does a value that `null` or a `reset` removed before, or
//! one that couldn't be read. If entries in between are missing, there is no finding.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { tags: ['#VIP', '#TRIAL'] });
//! Upscope('updateConnection', { tags: ['#VIP'] }); // removes #TRIAL
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity};
use crate::recording::history::{Cause, ValueKey};
use crate::visitor::identity::{is_nobody, is_same_id, may_precede_login};
use crate::visitor::page_value::PageValue;
use crate::visitor::{Field, Shape};

pub static CHECK: Check = Check { id: "overwritten", severity: Severity::Note, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for doc in facts.docs() {
        for field in Field::ALL.into_iter().filter(|field| field.shape() != Shape::Metadata) {
            for pair in doc.value_history(ValueKey::Field(field)).steps.windows(2) {
                let by_page = pair.iter().all(|step| step.cause == Cause::Call);
                let (Some(old), Some(new)) = (&pair[0].value, &pair[1].value) else { continue };
                if by_page
                    && !is_nobody(old)
                    && !may_precede_login(old, new)
                    && !contains(new, old)
                    && doc.follows(&pair[0], &pair[1])
                    && !doc.moves_between(pair[0].entry, pair[1].entry)
                {
                    findings.add(About::field(field), Evidence::Entry(pair[0].entry));
                    findings.add(About::field(field), Evidence::Entry(pair[1].entry));
                }
            }
        }
    }
}

/// Whether `new` contains everything in `old`.
fn contains(new: &PageValue, old: &PageValue) -> bool {
    match (new, old) {
        // An unread value may be equal.
        _ if !new.is_whole() || !old.is_whole() => true,
        (PageValue::List(new, _), PageValue::List(old, _)) => {
            old.iter().all(|item| new.iter().any(|other| is_same_id(other, item)))
        }
        (PageValue::Map(new, _), PageValue::Map(old, _)) => old.iter().all(|entry| new.contains(entry)),
        _ => is_same_id(new, old),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::found;
    use crate::recording::entry::PageMoment;
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn both_calls_are_the_evidence() {
        let mut tab = Tab::connected(json!({"identities": ["Ada"], "tags": ["#A"]}));
        tab.call("updateConnection", json!([{"identities": ["Bob"], "tags": ["#A", "#B"]}]));
        let findings = found(&CHECK, &tab);
        assert_eq!(findings.len(), 1);
        assert_eq!((findings[0].about.field, findings[0].evidence.len()), (Some(Field::Identities), 2));
    }

    #[test]
    fn changing_metadata_is_fine() {
        let mut tab = Tab::connected(json!({}));
        tab.call("updateConnection", json!([{"metadata": {"cart": 1}}]));
        tab.call("updateConnection", json!([{"metadata": {"cart": 2}}]));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn a_login_after_an_id_of_nobody_is_fine() {
        let mut tab = Tab::connected(json!({"uniqueId": "guest"}));
        tab.call("updateConnection", json!([{"uniqueId": "Ada@acme.example"}]));
        tab.call("updateConnection", json!([{"uniqueId": "ada@acme.example"}]));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn removals_resets_and_edits_are_fine() {
        let mut tab = Tab::connected(json!({"uniqueId": "1"}));
        tab.call("reset", json!([])).call("updateConnection", json!([{"uniqueId": "2"}]));
        tab.call("updateConnection", json!([{"uniqueId": null}]));
        tab.own(json!({"act": "update", "update": {"uniqueId": "3"}}));
        tab.call("updateConnection", json!([{"uniqueId": "3"}]));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn missing_entries_may_end_the_first_value() {
        let tab = |gone| {
            let mut tab = Tab::connected(json!({"tags": ["#A"]}));
            (0..5).for_each(|_| _ = tab.call("logEvent", json!([])));
            tab.call("updateConnection", json!([{"tags": ["#B"]}]));
            if gone { tab.without(7..9) } else { tab }
        };
        assert_eq!((found(&CHECK, &tab(false)).len(), found(&CHECK, &tab(true)).len()), (1, 0));
    }

    #[test]
    fn another_view_may_have_other_tags() {
        let page = |url: &str| {
            let mut tab = Tab::connected(json!({"tags": ["#CART"]}));
            tab.moment(PageMoment::Route, url).call("updateConnection", json!([{"tags": ["#CHECKOUT"]}]));
            found(&CHECK, &tab).len()
        };
        assert_eq!((page("https://acme.test/checkout"), page("https://acme.test/")), (0, 1));
    }
}
