//! Update in the same tick as a `reset`.
//!
//! Why it matters: The update goes to the previous visitor and is then cleared, so the new visitor stays unidentified.
//!
//! Rule: Tested with SDK 2.2.119: an `updateConnection` after `reset` in the same task is cleared. In a later task, it
//! isn't. But if Upscope is reconnecting then, metadata in the update is never sent, and the queue stops: see
//! `dead-queue`.
//!
//! Fix: Make the update in a separate task. Send metadata only after Upscope has reconnected.
//!
//! False positive if: the two calls were made in different tasks, which both browsers distinguish. If the task is
//! unknown, if the SDK is newer, or if its version is unknown and entries are missing, there is no finding. Neither is
//! there one for a value that couldn't be read, which may be `undefined`.
//!
//! Example:
//!
//! ```js
//! Upscope('reset');
//! Upscope('updateConnection', { uniqueId: 'grace-2' }); // cleared: call it in the next task
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity, fix};
use crate::recording::history::{CallEffect, DocumentHistory, RecordedCall, ValueKey};
use crate::visitor::Field;

pub static CHECK: Check = Check { id: "reset-same-tick", severity: Severity::Error, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for (doc, call) in facts.calls() {
        let wiped: Vec<_> = Field::ALL
            .into_iter()
            .filter(|field| {
                call.had_effect(ValueKey::Field(*field), CallEffect::Wiped) && is_certain(doc, call, *field)
            })
            .collect();
        if wiped.is_empty() || !doc.may_be_version_2() {
            continue;
        }
        let unset = wiped.iter().all(|field| doc.value_history(ValueKey::Field(*field)).value().is_none());
        findings.add_with(About::default(), Evidence::Entry(call.entry), || {
            fix::again(call.call.arg(0), &wiped, unset && facts.is_live(doc), fix::in_next_task)
        });
    }
}

/// Whether the call certainly set the field. A value that could not be read may be `undefined`.
fn is_certain(doc: &DocumentHistory, call: &RecordedCall, field: Field) -> bool {
    doc.given(call, field).is_none_or(|value| !value.may_be_nothing())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::found;
    use crate::recording::fixture::Tab;
    use serde_json::json;

    fn switched(same_tick: bool) -> Tab {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.call("reset", json!([]));
        if same_tick {
            tab.same_task();
        }
        tab.call("updateConnection", json!([{"uniqueId": "bob"}]));
        tab
    }

    #[test]
    fn the_update_is_offered_in_a_separate_task() {
        let mut tab = switched(true);
        let fix = found(&CHECK, &tab).remove(0).fix.unwrap();
        assert_eq!(fix.edit.unwrap().argument(), json!({"uniqueId": "bob"}));
        let code = "setTimeout(() => {\n  Upscope('updateConnection', {\n    uniqueId: 'bob',\n  });\n}, 0);";
        assert_eq!(fix.code.unwrap(), code);
        tab.call("updateConnection", json!([{"uniqueId": "eve"}]));
        assert_eq!(found(&CHECK, &tab).remove(0).fix.unwrap().edit, None);
    }

    #[test]
    fn the_next_task_is_fine() {
        assert_eq!(found(&CHECK, &switched(false)), []);
    }

    #[test]
    fn a_newer_sdk_is_fine() {
        let mut tab = Tab::new();
        tab.version("2026.3.2").call("init", json!([{"uniqueId": "ada"}])).connect("S1");
        tab.call("reset", json!([])).same_task().call("updateConnection", json!([{"uniqueId": "bob"}]));
        assert_eq!(found(&CHECK, &tab), []);
    }
}
