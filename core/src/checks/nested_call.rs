//! SDK call inside the SDK's own callback.
//!
//! Why it matters: the callback runs some 2,000 times, and calls that wait may be lost with it.
//!
//! Rule: *ran* in 2.2.119: a call inside a `getShortId`, `getUserId` or `getWatchLink` callback makes the queue run again
//! before its first entry has left.
//!
//! Repair: the call in a task of its own.
//!
//! Wrong when: the call was made in a task of its own, or inside another callback than these three, which does not run the
//! queue again. Where it is not known which callback ran, nothing is said.
//!
//! Example:
//!
//! ```js
//! Upscope('getShortId', (id) => {
//!   Upscope('updateConnection', { metadata: { id } }); // inside the callback: the queue runs again
//! });
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity, fix};
use crate::js_text;

pub static CHECK: Check = Check { id: "nested-call", severity: Severity::Error, run };

const RECURSING: [&str; 3] = ["getShortId", "getUserId", "getWatchLink"];

fn run(facts: &Facts, findings: &mut Findings) {
    for (_, call) in facts.calls().filter(|(doc, _)| doc.version().is_none() || doc.is_version_2()) {
        let Some(outer) = call.call.inside.as_deref().filter(|outer| RECURSING.contains(outer)) else { continue };
        findings.add_with(About::name(outer), Evidence::Entry(call.entry), || {
            fix::code(fix::in_next_task(js_text::page_call(&call.call.name, &call.call.args)))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::found;
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn the_call_is_offered_in_a_separate_task() {
        let mut tab = Tab::connected(json!({}));
        tab.nested("updateConnection", json!([{"tags": null}]), "connection");
        // The SDK ran a callback, and nobody knows which.
        tab.nested("updateConnection", json!([{"tags": null}]), "");
        assert_eq!(found(&CHECK, &tab), []);
        tab.nested("reset", json!([]), "getShortId");
        let finding = found(&CHECK, &tab).remove(0);
        assert_eq!(finding.fix.unwrap().code.unwrap(), "setTimeout(() => {\n  Upscope('reset');\n}, 0);");
    }

    #[test]
    fn a_separate_task_and_a_newer_sdk_are_fine() {
        let mut tab = Tab::connected(json!({}));
        tab.call("getShortId", json!([{"$": "function"}])).call("reset", json!([]));
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = Tab::new();
        tab.version("2026.3.2").nested("reset", json!([]), "getShortId");
        assert_eq!(found(&CHECK, &tab), []);
    }
}
