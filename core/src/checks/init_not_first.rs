//! First call is not `init`.
//!
//! Why it matters: that call is lost and nothing after it is taken; Upscope does not start on this page.
//!
//! Rule: documentation page "Identifying the Visitor": `init` must be the first call; *seen* in 2.2.119 what happens else.
//!
//! Repair: the call that must come first.
//!
//! Wrong when: a call before it is not in the recording, or `init` worked all the same: a configuration or a handshake clears
//! the page, and where entries are missing nothing is said.
//!
//! Example:
//!
//! ```js
//! Upscope('updateConnection', { uniqueId: 'cust-1042' });
//! Upscope('init'); // too late: the first call was lost, and nothing after it is taken
//! ```

use super::{About, Check, Evidence, Facts, Findings, Seen, Severity, fix};
use crate::page_report::connection::{Refusal, Sdk};
use crate::recording::history::{CallResult, LossReason};

pub static CHECK: Check = Check { id: "init-not-first", severity: Severity::Error, run };

fn run(facts: &Facts, findings: &mut Findings) {
    let call = || fix::code("Upscope('init');");
    for doc in facts.docs() {
        if let Some(first) = doc.calls.first().filter(|first| first.result == CallResult::Lost(LossReason::NotInitFirst)) {
            findings.add_with(About::name(&first.call.name), Evidence::Entry(first.entry), call);
        }
    }
    if facts.look.is_some_and(|look| *look.sdk == Sdk::Refused(Refusal::NotInitFirst)) {
        findings.add_with(About::default(), Evidence::Look(Seen::Sdk), call);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Looked, found};
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn the_first_call_is_the_evidence() {
        let mut tab = Tab::new();
        tab.version("2.2.119").call("on", json!([])).call("init", json!([{}]));
        let findings = found(&CHECK, &tab);
        assert_eq!((findings.len(), findings[0].about.name.as_deref()), (1, Some("on")));
        tab.config(json!({}));
        assert_eq!(found(&CHECK, &tab), []);
        let look = Looked { sdk: Sdk::Refused(Refusal::NotInitFirst), ..Looked::new(json!({})) };
        assert_eq!(look.found(&CHECK).len(), 1);
    }

    #[test]
    fn missing_entries_may_contain_a_first_init() {
        let mut tab = Tab::new();
        tab.version("2.2.119").lose().call("on", json!([])).call("init", json!([{}]));
        assert_eq!(found(&CHECK, &tab), []);
    }
}
