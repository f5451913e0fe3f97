//! Queued `reset` that cleared the values of `init`.
//!
//! Why it matters: The visitor whom `init` identifies stays unidentified, unless a later call identifies them.
//!
//! Rule: Tested with SDK 2.2.119: a queued `reset` runs before all queued updates, whatever their order, and also
//! clears the identity of `init`.
//!
//! Fix: Set the values of `init` again after Upscope connects.
//!
//! False positive if: the page wants to log out its visitor. A queued update after the `reset` that sets `uniqueId` or
//! `identities` removes the finding: the page switches to another visitor. Only a field that `init` set and the `reset`
//! cleared counts, and a value that couldn't be read may be empty. If the page sets the field again later, the fix is
//! offered only as code. If entries are missing or the SDK is newer, there is no finding.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { autoconnect: false, uniqueId: 'cust-1042' });
//! Upscope('reset'); // queued: runs before all other calls and clears the values of init
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity, fix};
use crate::recording::history::{CallEffect, CallResult, DocumentHistory, RecordedCall, ValueKey};
use crate::visitor::Field;

pub static CHECK: Check = Check { id: "waiting-reset", severity: Severity::Warning, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for (doc, call) in facts.calls().filter(|(doc, call)| {
        doc.complete && doc.may_be_version_2() && call.is("reset") && matches!(call.result, CallResult::Processed(_))
    }) {
        let Some(init) = doc.init().filter(|_| !is_switch(doc, call)) else { continue };
        let both = |field: &Field| {
            let subject = ValueKey::Field(*field);
            let is_set = doc.given(init, *field).is_some_and(|value| !value.may_be_nothing());
            call.had_effect(subject, CallEffect::Cleared) && init.had_effect(subject, CallEffect::Set) && is_set
        };
        let wiped: Vec<_> = Field::ALL.into_iter().filter(both).collect();
        if wiped.is_empty() {
            continue;
        }
        let unset = wiped.iter().all(|field| doc.value_history(ValueKey::Field(*field)).value().is_none());
        findings.add_with(About::default(), Evidence::Entry(call.entry), || {
            fix::again(init.call.arg(0), &wiped, unset && facts.is_live(doc), fix::once_connected)
        });
    }
}

/// Whether a queued update after the `reset` identifies a visitor. Both run before the connection, in this order.
fn is_switch(doc: &DocumentHistory, reset: &RecordedCall) -> bool {
    let identifies = |call: &RecordedCall| {
        let sets = |field| call.had_effect(ValueKey::Field(field), CallEffect::Set);
        call.is_unread() || [Field::UniqueId, Field::Identities].into_iter().any(sets)
    };
    let mut later = doc.calls_of("updateConnection").filter(|call| call.entry > reset.entry && call.waited());
    later.any(identifies)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::found;
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn only_a_waiting_reset_that_clears_init_is_found() {
        let mut tab = Tab::new();
        tab.version("2.2.119").call("init", json!([{"uniqueId": "1"}])).waits("reset", json!([])).connect("S1");
        assert_eq!(found(&CHECK, &tab).len(), 1);
        let mut tab = Tab::new();
        tab.version("2.2.119").call("init", json!([{}])).waits("reset", json!([])).connect("S1");
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = Tab::connected(json!({"uniqueId": "1"}));
        tab.call("reset", json!([]));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn a_newer_sdk_may_keep_the_order() {
        let cleared = |version: &str| {
            let mut tab = Tab::new();
            tab.version(version).waits("init", json!([{"uniqueId": "u"}])).waits("reset", json!([])).connect("S1");
            found(&CHECK, &tab).len()
        };
        assert_eq!((cleared("2.2.119"), cleared("2026.3.2")), (1, 0));
    }

    #[test]
    fn a_switch_with_a_queued_update_identifies_the_visitor() {
        let page = |update: serde_json::Value| {
            let mut tab = Tab::new();
            tab.version("2.2.119").call("init", json!([{"uniqueId": "ada", "tags": ["#VIP"]}]));
            tab.waits("reset", json!([])).waits("updateConnection", json!([update])).connect("S1");
            found(&CHECK, &tab).len()
        };
        assert_eq!((page(json!({"uniqueId": "bob"})), page(json!({"identities": ["Bob"]}))), (0, 0));
        assert_eq!((page(json!({"tags": ["#B"]})), page(json!({"uniqueId": null}))), (1, 1));
    }
}
