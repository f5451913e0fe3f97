//! Queued update that freezes the SDK.
//!
//! Why it matters: Upscope stops for this page load, although the page itself continues.
//!
//! Rule: Tested with SDK 2.2.119: the SDK freezes when it processes a *queued* `updateConnection` without an argument,
//! or with truthy `identities` or `tags` that are neither a string nor a list. Its status stays "connecting", and later
//! calls stay queued.
//!
//! Fix: No general fix. Always pass an argument, and pass `identities` and `tags` as lists.
//!
//! False positive if: the SDK is newer, and its version isn't known yet. A known newer version has no finding. Neither
//! does a call that wasn't queued. The finding appears as soon as the call is queued. A later call that the SDK
//! processes immediately proves that the SDK didn't freeze. If entries are missing, the recording shows no finding.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { autoconnect: false });
//! Upscope('updateConnection', { identities: { name: 'Ada Marsh' } }); // neither a string nor a list
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity};
use crate::recording::history::{DocumentHistory, Phase, RecordedCall};
use crate::recording::replay::hangs;

pub static CHECK: Check = Check { id: "hanging-update", severity: Severity::Error, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for (doc, call) in facts.calls().filter(|(_, call)| call.is("updateConnection") && call.waited()) {
        let goes_on = !doc.complete || goes_on(doc, call);
        if doc.may_be_version_2() && hangs(call.call.arg(0)) && !goes_on {
            findings.add(About::default(), Evidence::Entry(call.entry));
        }
    }
    for (call, evidence) in facts.waiting().filter(|(call, _)| call.name == "updateConnection") {
        if hangs(call.arguments.first())
            && facts.report.is_some_and(|report| report.is_version_2() || report.version.is_none())
        {
            findings.add(About::default(), evidence);
        }
    }
}

/// Whether the SDK processed a later call.
fn goes_on(doc: &DocumentHistory, call: &RecordedCall) -> bool {
    doc.calls.iter().any(|later| later.entry > call.entry && later.phase == Phase::Ready && !later.waited())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{ReportFixture, found};
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn only_a_waiting_one_hangs() {
        for argument in [
            json!([]),
            json!([null]),
            json!([{"identities": {"0": "Ada"}}]),
            json!([{"identities": 7}]),
            json!([{"tags": {"vip": true}}]),
        ] {
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
            let report =
                ReportFixture { calls: json!([["updateConnection", argument[0]]]), ..ReportFixture::new(json!({})) };
            assert_eq!(report.found(&CHECK), [], "{argument}");
        }
        let report = ReportFixture { calls: json!([["updateConnection"]]), ..ReportFixture::new(json!({})) };
        assert_eq!(report.found(&CHECK).len(), 1);
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
