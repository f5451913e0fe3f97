//! `init` called again.
//!
//! Why it matters: the later call is ignored with the identity it gives, so the visitor keeps the old one.
//!
//! Rule: *ran* in 2.2.119: a warning in the console, nothing taken.
//!
//! Repair: what it wanted to say, as `updateConnection`.
//!
//! Wrong when: it is the first `init` of another function, after the page put a new snippet in the place of the old one: that one
//! counts. One that says nothing but what the first said changes nothing either.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { tags: ['#VIP'] });
//! Upscope('init', { tags: ['#VIP', '#TRIAL'] }); // not taken: use updateConnection
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity, fix};
use crate::visitor::page_value::PageValue;
use crate::recording::history::{RecordedCall, DocumentHistory, CallResult, LossReason};
use crate::visitor::Field;

pub static CHECK: Check = Check { id: "init-repeated", severity: Severity::Warning, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for (doc, call) in facts.calls().filter(|(doc, call)| call.result == CallResult::Lost(LossReason::SecondInit) && !says_same(doc, call)) {
        findings.add_with(About::default(), Evidence::Entry(call.entry), || {
            fix::again(call.call.arg(0), &Field::ALL, facts.is_live(doc), |code| code)
        });
    }
}

/// Whether the `init` that counts said all of it.
fn says_same(doc: &DocumentHistory, call: &RecordedCall) -> bool {
    let said = |field: &Field| doc.init().and_then(|init| init.call.given(field.key()));
    let same = |field: &Field| {
        let value = call.call.given(field.key()).filter(|value| **value != PageValue::Undefined);
        value.is_none() || value == said(field)
    };
    doc.init().is_some() && Field::ALL.iter().all(same)
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
        tab.waits("init", json!([{"uniqueId": "ada"}])).version("2.2.119").config(json!({"uniqueId": "ada"})).connect("S1");
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = Tab::connected(json!({"uniqueId": "ada", "tags": ["#A"]}));
        tab.call("init", json!([{"uniqueId": "ada", "identities": {"$": "undefined"}}]));
        assert_eq!(found(&CHECK, &tab), []);
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
}
