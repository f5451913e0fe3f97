//! SDK call inside one of the SDK's callbacks.
//!
//! Why it matters: The callback runs about 2,000 times, and queued calls may never be sent.
//!
//! Rule: Tested with SDK 2.2.119: a call inside a `getShortId`, `getUserId`, or `getWatchLink` callback runs the queue
//! again before the queue's first entry is removed.
//!
//! Fix: Make the call in a separate task.
//!
//! False positive if: the call was made in a separate task, or in a callback of another function, which doesn't run the
//! queue again. If the callback is unknown, if the SDK is newer, or if its version is unknown and entries are missing,
//! there is no finding.
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
use crate::visitor::page_value::PageValue;

pub static CHECK: Check = Check { id: "nested-call", severity: Severity::Error, run };

const RECURSING: [&str; 3] = ["getShortId", "getUserId", "getWatchLink"];

fn run(facts: &Facts, findings: &mut Findings) {
    for (_, call) in facts.calls().filter(|(doc, _)| doc.may_be_version_2()) {
        let Some(outer) = call.call.inside.as_deref().filter(|outer| RECURSING.contains(outer)) else { continue };
        findings.add_with(About::name(outer), Evidence::Entry(call.entry), || {
            // The code would omit a part that couldn't be read.
            let is_whole = call.call.args.iter().all(PageValue::is_whole);
            let code = || fix::in_next_task(js_text::page_call(&call.call.name, &call.call.args));
            if is_whole { fix::code(code()) } else { None }
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
        // The SDK ran an unknown callback.
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
