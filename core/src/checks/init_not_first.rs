//! First call that isn't `init`.
//!
//! Why it matters: Upscope ignores this call and all later ones, so it doesn't start on this page.
//!
//! Rule: Documentation page "Identifying the Visitor": `init` must be the first call. The effect was read in the code
//! of SDK 2.2.119.
//!
//! Fix: Call `Upscope('init')` before any other call.
//!
//! False positive if: an earlier call is missing from the recording, or `init` worked nevertheless. A configuration or
//! a handshake removes the finding. If entries are missing, or if the SDK isn't known to be 2.x, there is no finding.
//!
//! Example:
//!
//! ```js
//! Upscope('updateConnection', { uniqueId: 'cust-1042' });
//! Upscope('init'); // too late: Upscope ignored the first call and ignores all later ones
//! ```

use super::{About, Check, Evidence, Facts, Findings, ReportPart, Severity, fix};
use crate::page_report::connection::{Refusal, Sdk};
use crate::recording::history::{CallResult, LossReason};

pub static CHECK: Check = Check { id: "init-not-first", severity: Severity::Error, run };

fn run(facts: &Facts, findings: &mut Findings) {
    let call = || fix::code("Upscope('init');");
    for doc in facts.docs() {
        if let Some(first) =
            doc.calls.first().filter(|first| first.result == CallResult::Lost(LossReason::NotInitFirst))
        {
            findings.add_with(About::name(&first.call.name), Evidence::Entry(first.entry), call);
        }
    }
    if facts.report.is_some_and(|report| *report.sdk == Sdk::Refused(Refusal::NotInitFirst)) {
        findings.add_with(About::default(), Evidence::Report(ReportPart::Sdk), call);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{ReportFixture, found};
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
        let report = ReportFixture { sdk: Sdk::Refused(Refusal::NotInitFirst), ..ReportFixture::new(json!({})) };
        assert_eq!(report.found(&CHECK).len(), 1);
    }

    #[test]
    fn missing_entries_may_contain_a_first_init() {
        let mut tab = Tab::new();
        tab.version("2.2.119").lose().call("on", json!([])).call("init", json!([{}]));
        assert_eq!(found(&CHECK, &tab), []);
    }
}
