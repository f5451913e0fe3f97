//! `metadata` or a lookup code in a queued update.
//!
//! Why it matters: The metadata or lookup code is neither stored in the configuration nor sent, although the call is
//! processed.
//!
//! Rule: Tested with SDK 2.2.119: queued updates run just before the SDK connects. They reach the server only in
//! `hello`, which contains neither `metadata` nor a lookup code.
//!
//! Fix: Make the same update after Upscope connects.
//!
//! False positive if: the call was made while Upscope was connecting and is sent after the handshake. A frame with the
//! value removes the finding. If entries are missing or the SDK isn't known to be 2.x, there is no finding. Neither is
//! there one for a value that is
//! empty or couldn't be read: there may have been nothing to send.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { autoconnect: false });
//! Upscope('updateConnection', { metadata: { plan: 'gold' } }); // queued: the metadata never reaches the server
//! ```

use super::{About, Check, Evidence, Facts, Findings, Fix, Severity, fix};
use crate::page_report::connection::{Link, Sdk};
use crate::recording::history::{CallEffect, ValueKey};
use crate::visitor::Field;
use crate::visitor::page_value::PageValue;

pub static CHECK: Check = Check { id: "lost-waiting", severity: Severity::Error, run };

fn run(facts: &Facts, findings: &mut Findings) {
    recorded(facts, findings);
    check_report(facts, findings);
}

fn recorded(facts: &Facts, findings: &mut Findings) {
    for (doc, call) in facts.calls().filter(|(doc, _)| doc.complete && doc.is_version_2()) {
        let is_lost = |subject: &ValueKey| {
            call.had_effect(*subject, CallEffect::LostWaiting)
                && call.call.given(subject.key()).is_some_and(says_something)
        };
        for subject in ValueKey::all().into_iter().filter(is_lost) {
            let now = facts.is_live(doc) && doc.value_history(subject).value().is_none();
            findings.add_with(about(subject), Evidence::Entry(call.entry), || again(call.call.arg(0), subject, now));
        }
    }
}

fn check_report(facts: &Facts, findings: &mut Findings) {
    let Some(report) = facts.report else { return };
    if !report.is_version_2() || !matches!(report.sdk, Sdk::Loaded(Link::NotConnected(_))) {
        return;
    }
    for (call, evidence) in facts.waiting().filter(|(call, _)| call.name == "updateConnection") {
        let argument = call.arguments.first();
        for subject in [ValueKey::Field(Field::Metadata), ValueKey::LookupCode] {
            if argument.and_then(|argument| argument.get(subject.key())).is_some_and(PageValue::is_something) {
                findings.add_with(about(subject), evidence, || again(argument, subject, false));
            }
        }
    }
}

/// Whether losing `value` certainly loses anything. Empty metadata has nothing to lose; a removal has.
fn says_something(value: &PageValue) -> bool {
    value.is_something() || *value == PageValue::Null
}

fn again(argument: Option<&PageValue>, subject: ValueKey, now: bool) -> Option<Fix> {
    match subject {
        ValueKey::Field(field) => fix::again(argument, &[field], now, fix::once_connected),
        _ => None,
    }
}

fn about(subject: ValueKey) -> About {
    match subject {
        ValueKey::Field(field) => About::field(field),
        other => About::name(other.key()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{ReportFixture, found};
    use crate::page_report::connection::Idle;
    use crate::recording::fixture::Tab;
    use serde_json::json;

    fn update() -> serde_json::Value {
        json!([{"metadata": {"plan": "pro"}, "lookupCode": "0001"}])
    }

    #[test]
    fn both_are_found_and_metadata_is_offered() {
        let mut tab = Tab::new();
        tab.version("2.2.119").call("init", json!([{}])).waits("updateConnection", update());
        assert_eq!(found(&CHECK, &tab), []);
        tab.connect("S1");
        let findings = found(&CHECK, &tab);
        assert_eq!(findings.len(), 2);
        let fix = findings[0].fix.clone().unwrap();
        assert_eq!(fix.edit.unwrap().argument(), json!({"metadata": {"plan": "pro"}}));
        assert!(fix.code.unwrap().starts_with("Upscope('on', 'connection', () => {\n  setTimeout("));
    }

    #[test]
    fn empty_metadata_is_not_lost() {
        let mut tab = Tab::new();
        tab.version("2.2.119")
            .call("init", json!([{}]))
            .waits("updateConnection", json!([{"metadata": {}}]))
            .connect("S1");
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn what_could_not_be_read_may_be_nothing() {
        for unread in [
            json!({"$": "accessor"}),
            json!({"$": "proxy", "v": {}}),
            json!({"$": "proxy", "v": {"plan": "pro"}}),
            json!({"plan": {"$": "accessor"}}),
        ] {
            let update = json!([{ "metadata": unread }]);
            let mut tab = Tab::new();
            tab.version("2.2.119").call("init", json!([{}])).waits("updateConnection", update).connect("S1");
            assert_eq!(found(&CHECK, &tab), [], "{unread}");
            let calls = json!([["updateConnection", { "metadata": unread }]]);
            let sdk = Sdk::Loaded(Link::NotConnected(Idle::AutoconnectOff));
            assert_eq!(ReportFixture { calls, sdk, ..ReportFixture::new(json!({})) }.found(&CHECK), [], "{unread}");
        }
        let update = json!([{"metadata": {"plan": "pro", "seats": {"$": "accessor"}}}]);
        let mut tab = Tab::new();
        tab.version("2.2.119").call("init", json!([{}])).waits("updateConnection", update).connect("S1");
        assert_eq!(found(&CHECK, &tab)[0].fix, None, "without the seats");
    }

    #[test]
    fn immediate_calls_lose_nothing() {
        let mut tab = Tab::connected(json!({}));
        tab.call("updateConnection", update());
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn sent_values_are_not_lost() {
        let mut tab = Tab::new();
        tab.version("2.2.119").call("init", json!([{}])).waits("updateConnection", json!([{"metadata": {"a": 1}}]));
        tab.connect("S1");
        assert_eq!(found(&CHECK, &tab).len(), 1);
        tab.frame_out("connectionUpdate", json!({"metadata": {"a": 1}}));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn the_queue_is_sufficient_evidence() {
        let calls = json!([["updateConnection", {"metadata": {"a": 1}}]]);
        let sdk = Sdk::Loaded(Link::NotConnected(Idle::AutoconnectOff));
        assert_eq!(ReportFixture { calls: calls.clone(), sdk, ..ReportFixture::new(json!({})) }.found(&CHECK).len(), 1);
        assert_eq!(ReportFixture { calls, ..ReportFixture::new(json!({})) }.found(&CHECK), []);
    }
}
