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
//! does a call that wasn't queued, or one that was queued while Upscope was connecting, unless that connection fails:
//! the SDK sends it after the handshake. Without a recording, such a call has the finding until then. The processing of
//! the call, a handshake after it, and a later call that the SDK processes immediately prove that the SDK didn't freeze.
//! The finding appears as soon as the call is queued. If entries are missing, the recording shows no finding.
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
        let is_processed = call.took_effect() && doc.marks.hung != Some(call.entry);
        // The SDK runs a call that was queued while it connects at the handshake, or else before a reconnect.
        let runs_connected = call.phase == Phase::Connecting && doc.phase != Phase::Closed;
        let goes_on = !doc.complete || is_processed || runs_connected || goes_on(doc, call);
        if doc.may_be_version_2() && hangs(call.call.arg(0)) && !goes_on {
            findings.add(About::default(), Evidence::Entry(call.entry));
        }
    }
    // A recording shows when the call was queued.
    if facts.reported().is_some_and(|doc| doc.complete) {
        return;
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
    use crate::recording::entry::SocketMoment;
    use crate::recording::fixture::Tab;
    use crate::recording::history::CallResult;
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
        tab.version("2.2.119").call("init", json!([{}])).waits("updateConnection", json!([])).socket(SocketMoment::New);
        tab.waits("logEvent", json!([]));
        assert_eq!(found(&CHECK, &tab).len(), 1);
        tab.frame_in("youAre", json!(["S1", "c"]));
        assert_eq!(found(&CHECK, &tab), [], "it runs before the SDK connects");
        assert_eq!(tab.history().documents[0].calls[2].result, CallResult::Waiting);
    }

    #[test]
    fn a_call_that_is_sent_after_the_handshake_does_not_hang() {
        let update = || json!([{"tags": {"vip": true}}]);
        let connecting = || {
            let mut tab = Tab::new();
            tab.version("2.2.119").call("init", json!([{}])).socket(SocketMoment::New);
            tab.waits("updateConnection", update()).socket(SocketMoment::Open).frame_in("youAre", json!(["S1", "c"]));
            tab
        };
        let mut tab = connecting();
        tab.done(1).frame_out("connectionUpdate", update()[0].clone());
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = connecting();
        tab.frame_out("connectionUpdate", update()[0].clone());
        assert_eq!(found(&CHECK, &tab), [], "the frame proves it before the queue does");
        assert_eq!(found(&CHECK, &connecting()), []);
        let report = ReportFixture { calls: json!([["updateConnection"]]), ..ReportFixture::new(json!({})) };
        assert_eq!((report.found(&CHECK).len(), report.found_in(&connecting(), &CHECK).len()), (1, 0));
        let mut tab = Tab::new();
        tab.version("2.2.119").call("init", json!([{}])).socket(SocketMoment::New).waits("updateConnection", update());
        assert_eq!(found(&CHECK, tab.socket(SocketMoment::Close)).len(), 1, "it runs before the reconnect");
    }
}
