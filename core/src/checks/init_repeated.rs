//! Repeated `init`.
//!
//! Why it matters: Upscope ignores the later call and its identity, so the visitor keeps the earlier one.
//!
//! Rule: Tested with SDK 2.2.119: the later call logs a warning in the console and has no other effect.
//!
//! Fix: Pass the values of the later call to `updateConnection`.
//!
//! False positive if: another 2.x accepts the later call. If the SDK isn't known to be 2.x, there is no finding. The
//! first `init` of another function, after the page replaced the snippet, has none either. Only the visitor's values
//! count: a later `init` that has no new ones, or those that the visitor already has, has no finding, although its other
//! settings are ignored too. Values that couldn't be read may be the same ones. If entries before the later `init` are
//! missing, there is no finding.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { tags: ['#VIP'] });
//! Upscope('init', { tags: ['#VIP', '#TRIAL'] }); // ignored: use updateConnection
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity, fix};
use crate::recording::history::{CallResult, DocumentHistory, LossReason, RecordedCall, ValueKey};
use crate::visitor::Field;
use crate::visitor::page_value::PageValue;

pub static CHECK: Check = Check { id: "init-repeated", severity: Severity::Warning, run };

fn run(facts: &Facts, findings: &mut Findings) {
    let is_ignored = |doc: &DocumentHistory, call: &RecordedCall| {
        doc.is_version_2() && call.result == CallResult::Lost(LossReason::SecondInit)
    };
    for (doc, call) in facts.calls().filter(|(doc, call)| is_ignored(doc, call) && !has_same_values(doc, call)) {
        findings.add_with(About::default(), Evidence::Entry(call.entry), || {
            fix::again(call.call.arg(0), &Field::ALL, facts.is_live(doc), |code| code)
        });
    }
}

/// Whether the effective `init` has all of these values, or they are the visitor's already.
fn has_same_values(doc: &DocumentHistory, call: &RecordedCall) -> bool {
    let said = |field: &Field| doc.init().and_then(|init| init.call.given(field.key()));
    let same = |field: &Field| {
        let value = call.call.given(field.key()).filter(|value| **value != PageValue::Undefined);
        let steps = &doc.value_history(ValueKey::Field(*field)).steps;
        let held = steps.iter().rfind(|step| step.t <= call.t).and_then(|step| step.value.as_ref());
        let may_be_known = |value: &PageValue| {
            let mut known = [said(field), held].into_iter().flatten();
            !value.is_whole() || known.any(|known| known.may_equal(value) || !known.is_whole())
        };
        value.is_none_or(may_be_known)
    };
    // A call that could not be read may give any values.
    let is_unread = doc.calls.iter().filter(|other| other.entry <= call.entry).any(RecordedCall::is_unread);
    doc.init().is_some() && (is_unread || Field::ALL.iter().all(same))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::found;
    use crate::recording::entry::SdkMoment;
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn a_repeated_equal_init_is_fine() {
        let mut tab = Tab::new();
        tab.snippet(SdkMoment::Snippet).waits("init", json!([{}])).snippet(SdkMoment::Replaced);
        tab.waits("init", json!([{"uniqueId": "ada"}]))
            .version("2.2.119")
            .config(json!({"uniqueId": "ada"}))
            .connect("S1");
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = Tab::connected(json!({"uniqueId": "ada", "tags": ["#A"]}));
        tab.call("init", json!([{"uniqueId": "ada", "identities": {"$": "undefined"}}]));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn values_that_the_visitor_has_are_not_lost() {
        let mut tab = Tab::connected(json!({}));
        tab.call("updateConnection", json!([{"uniqueId": "ada"}])).call("init", json!([{"uniqueId": "ada"}]));
        assert_eq!(found(&CHECK, &tab), []);
        tab.call("updateConnection", json!([{"uniqueId": "bob"}])).call("init", json!([{"uniqueId": "ada"}]));
        assert_eq!(found(&CHECK, &tab).len(), 1);
    }

    #[test]
    fn the_lost_values_are_offered() {
        let mut tab = Tab::connected(json!({"uniqueId": "1"}));
        assert_eq!(found(&CHECK, &tab), []);
        tab.call("init", json!([{"uniqueId": "2", "tags": null, "identities": 7}]));
        let fix = found(&CHECK, &tab).remove(0).fix.unwrap();
        assert_eq!(fix.edit.unwrap().argument(), json!({"uniqueId": "2", "tags": null}));
        assert!(fix.code.unwrap().starts_with("Upscope('updateConnection'"));
    }

    #[test]
    fn a_newer_sdk_may_accept_a_second_init() {
        let repeated = |version: &str| {
            let mut tab = Tab::new();
            tab.version(version).call("init", json!([{"uniqueId": "1"}])).connect("S1");
            tab.call("init", json!([{"uniqueId": "2"}]));
            found(&CHECK, &tab).len()
        };
        assert_eq!((repeated("2026.3.2"), repeated("2.2.119")), (0, 1));
    }

    #[test]
    fn the_order_of_keys_is_no_change() {
        let mut tab = Tab::connected(json!({"metadata": {"plan": "pro", "seats": 2}}));
        tab.call("init", json!([{"metadata": {"seats": 2, "plan": "pro"}}]));
        assert_eq!(found(&CHECK, &tab), []);
        tab.call("init", json!([{"metadata": {"seats": 3, "plan": "pro"}}]));
        assert_eq!(found(&CHECK, &tab).len(), 1);
    }
}
