//! `metadata` passed only to `init` of an SDK that doesn't send it.
//!
//! Why it matters: no agent sees it.
//!
//! Rule: *ran* in 2.2.119: metadata passed to `init` is in the configuration and never sent. Newer SDKs support it.
//!
//! Repair: the same metadata as an update after the connection.
//!
//! Wrong when: an update sent it, in the recording or in missing entries, or the SDK is a newer one. A frame with the
//! metadata removes the finding.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { uniqueId: 'cust-1042', metadata: { plan: 'gold' } }); // the metadata is never sent
//! ```

use super::{About, Check, Evidence, Facts, Findings, ReportPart, Severity, fix};
use crate::recording::history::{DocumentHistory, CallEffect, ValueKey};
use crate::visitor::Field;
use crate::visitor::flaw::FlawKind;

pub static CHECK: Check = Check { id: "metadata-only-init", severity: Severity::Error, run };

const METADATA: ValueKey = ValueKey::Field(Field::Metadata);

fn run(facts: &Facts, findings: &mut Findings) {
    // A missing update may have sent it.
    for doc in facts.docs().iter().filter(|doc| doc.gaps.is_empty() && !sent_otherwise(doc)) {
        let Some(init) = doc.init().filter(|init| init.had_effect(METADATA, CallEffect::NotSent)) else { continue };
        findings.add_with(About::field(Field::Metadata), Evidence::Entry(init.entry), || {
            fix::again(init.call.arg(0), &[Field::Metadata], facts.is_live(doc), fix::once_connected)
        });
    }
    let Some(report) = facts.report.filter(|_| facts.docs().is_empty()) else { return };
    if report.visitor.field(Field::Metadata).flaws.iter().any(|flaw| flaw.kind == FlawKind::NotSentFromInit) {
        findings.add_with(About::field(Field::Metadata), Evidence::Report(ReportPart::Field(Field::Metadata)), || {
            fix::again(report.config, &[Field::Metadata], true, fix::once_connected)
        });
    }
}

fn sent_otherwise(doc: &DocumentHistory) -> bool {
    let was_sent = doc.value_history(METADATA).steps.iter().any(|step| step.sent.is_some());
    was_sent
        || doc
            .calls_of("updateConnection")
            .any(|call| call.had_effect(METADATA, CallEffect::Set) || call.had_effect(METADATA, CallEffect::Removed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{ReportFixture, found};
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn an_update_with_metadata_is_fine() {
        let mut tab = Tab::connected(json!({"metadata": {"plan": "pro"}}));
        let fix = found(&CHECK, &tab).remove(0).fix.unwrap();
        assert_eq!(fix.edit.unwrap().argument(), json!({"metadata": {"plan": "pro"}}));
        tab.call("updateConnection", json!([{"metadata": {"plan": "pro"}}]));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn a_frame_with_it_clears_the_page() {
        let mut tab = Tab::connected(json!({"metadata": {"plan": "pro"}}));
        tab.frame_out("connectionUpdate", json!({"metadata": {"plan": "pro"}}));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn newer_sdks_send_it() {
        let mut tab = Tab::new();
        tab.version("2026.3.2").call("init", json!([{"metadata": {"plan": "pro"}}]));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn a_page_report_is_sufficient() {
        let mut report = ReportFixture::new(json!({"metadata": {"plan": "pro"}}));
        assert_eq!(report.found(&CHECK), []);
        report.visitor.mark_metadata_not_sent();
        assert_eq!(report.found(&CHECK).len(), 1);
    }

    #[test]
    fn missing_entries_may_contain_the_update() {
        let mut tab = Tab::connected(json!({"metadata": {"plan": "gold"}}));
        (0..5).for_each(|_| _ = tab.call("logEvent", json!([])));
        assert_eq!(found(&CHECK, &tab).len(), 1);
        assert_eq!(found(&CHECK, &tab.without(7..9)), []);
    }
}
