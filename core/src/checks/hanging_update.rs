//! Waiting update of a shape that hangs the SDK.
//!
//! Why it matters: Upscope is gone for this page load, though the page itself goes on.
//!
//! Rule: *ran* in 2.2.119: a *waiting* `updateConnection` without an argument, or with truthy `identities` or `tags` that are
//! neither string nor list: the status says "connecting" for ever and later calls pile up.
//!
//! Repair: none in general; give `identities` and `tags` as lists.
//!
//! Wrong when: the call did not wait, or the SDK is a newer one: both are left alone. A later call that a ready
//! SDK takes at once proves that nothing hangs.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { autoconnect: false });
//! Upscope('updateConnection', { identities: { name: 'Ada Marsh' } }); // neither a text nor a list
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity};
use crate::recording::replay::hangs;
use crate::recording::history::{RecordedCall, DocumentHistory, Phase};

pub static CHECK: Check = Check { id: "hanging-update", severity: Severity::Error, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for (doc, call) in facts.calls().filter(|(_, call)| call.is("updateConnection") && call.waited()) {
        let newer = doc.version().is_some() && !doc.is_version_2();
        if !newer && hangs(call.call.arg(0)) && !goes_on(doc, call) {
            findings.add(About::default(), Evidence::Entry(call.entry));
        }
    }
    for (call, evidence) in facts.waiting().filter(|(call, _)| call.name == "updateConnection") {
        if hangs(call.arguments.first()) && facts.look.is_some_and(|look| look.is_version_2() || look.version.is_none()) {
            findings.add(About::default(), evidence);
        }
    }
}

/// Whether the SDK took a call after this one.
fn goes_on(doc: &DocumentHistory, call: &RecordedCall) -> bool {
    doc.calls.iter().any(|later| later.entry > call.entry && later.phase == Phase::Ready && !later.waited())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Looked, found};
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn only_a_waiting_one_hangs() {
        for argument in [json!([]), json!([null]), json!([{"identities": {"0": "Ada"}}]), json!([{"identities": 7}]), json!([{"tags": {"vip": true}}])]
        {
            let mut tab = Tab::new();
            tab.waits("updateConnection", argument.clone());
            assert_eq!(found(&CHECK, &tab).len(), 1, "{argument}");
            let mut tab = Tab::connected(json!({}));
            tab.call("updateConnection", argument);
            assert_eq!(found(&CHECK, &tab), []);
        }
    }

    #[test]
    fn documented_forms_do_not_hang() {
        for argument in [json!([{}]), json!([{"identities": "Ada"}]), json!([{"identities": null, "tags": "#VIP"}])] {
            let look = Looked { calls: json!([["updateConnection", argument[0]]]), ..Looked::new(json!({})) };
            assert_eq!(look.found(&CHECK), [], "{argument}");
        }
        let look = Looked { calls: json!([["updateConnection"]]), ..Looked::new(json!({})) };
        assert_eq!(look.found(&CHECK).len(), 1);
    }

    #[test]
    fn a_newer_sdk_and_one_that_goes_on_do_not_hang() {
        let mut tab = Tab::new();
        tab.version("2026.3.2").call("init", json!([{}])).waits("updateConnection", json!([]));
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = Tab::new();
        tab.version("2.2.119").call("init", json!([{}])).waits("updateConnection", json!([])).connect("S1");
        assert_eq!(found(&CHECK, &tab).len(), 1);
        tab.call("logEvent", json!([]));
        assert_eq!(found(&CHECK, &tab), []);
    }
}
