//! `metadata` passed only to `init` of an SDK that doesn't send it.
//!
//! Why it matters: Agents never see the metadata.
//!
//! Rule: Tested with SDK 2.2.119: metadata passed to `init` is in the configuration and is never sent. Newer SDKs
//! support it.
//!
//! Fix: Pass the same metadata to `updateConnection` after Upscope connects. No code is offered for metadata with a
//! value that couldn't be read, or that another check reports as meaningless, for example a template.
//!
//! False positive if: an update sent it, or the SDK is newer. An update or a frame with the metadata removes the
//! finding. If entries are missing, or if the page isn't recorded, there is no finding: the current page shows only the
//! configuration. Neither is there one for metadata that is empty or couldn't be read, nor after an update that
//! couldn't be read.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { uniqueId: 'cust-1042', metadata: { plan: 'gold' } }); // the metadata is never sent
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity, fix};
use crate::recording::history::{CallEffect, DocumentHistory, RecordedCall, ValueKey};
use crate::visitor::Field;
use crate::visitor::page_value::PageValue;

pub static CHECK: Check = Check { id: "metadata-only-init", severity: Severity::Error, run };

const METADATA: ValueKey = ValueKey::Field(Field::Metadata);

fn run(facts: &Facts, findings: &mut Findings) {
    // A missing update may have sent the metadata. So may an update before the report, which shows only the
    // configuration.
    for doc in facts.docs().iter().filter(|doc| doc.complete && !sent_otherwise(doc)) {
        // Empty metadata loses nothing, and metadata that could not be read may be empty.
        let is_lost = |init: &&RecordedCall| {
            let given = init.call.given(Field::Metadata.key());
            init.had_effect(METADATA, CallEffect::NotSent) && given.is_some_and(PageValue::is_something)
        };
        let Some(init) = doc.init().filter(is_lost) else { continue };
        findings.add_with(About::field(Field::Metadata), Evidence::Entry(init.entry), || {
            fix::again(init.call.arg(0), &[Field::Metadata], facts.is_live(doc), fix::once_connected)
        });
    }
}

fn sent_otherwise(doc: &DocumentHistory) -> bool {
    let was_sent = doc.value_history(METADATA).steps.iter().any(|step| step.sent.is_some());
    was_sent
        || doc.calls_of("updateConnection").any(|call| {
            [CallEffect::Set, CallEffect::Removed].iter().any(|how| call.had_effect(METADATA, *how)) || call.is_unread()
        })
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
    fn empty_metadata_is_fine() {
        for nothing in [json!({}), json!(null)] {
            assert_eq!(found(&CHECK, &Tab::connected(json!({ "metadata": nothing }))), [], "{nothing}");
        }
    }

    #[test]
    fn metadata_that_could_not_be_read_may_be_empty() {
        for unread in [json!({"$": "accessor"}), json!({"$": "proxy", "v": {}}), json!({"plan": {"$": "accessor"}})] {
            assert_eq!(found(&CHECK, &Tab::connected(json!({ "metadata": unread }))), [], "{unread}");
        }
        let some = json!({"metadata": {"plan": "pro", "seats": {"$": "accessor"}}});
        assert_eq!(found(&CHECK, &Tab::connected(some))[0].fix, None, "without the seats");
    }

    #[test]
    fn a_template_is_not_offered_again() {
        for unfilled in ["${plan}", "undefined", "Ada null"] {
            let tab = Tab::connected(json!({"metadata": {"plan": unfilled, "seats": 3}}));
            assert_eq!(found(&CHECK, &tab)[0].fix, None, "{unfilled}");
        }
    }

    #[test]
    fn newer_sdks_send_it() {
        let mut tab = Tab::new();
        tab.version("2026.3.2").call("init", json!([{"metadata": {"plan": "pro"}}]));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn a_look_at_the_page_does_not_show_what_an_update_sent() {
        let mut report = ReportFixture::new(json!({"metadata": {"plan": "pro"}}));
        report.visitor.mark_metadata_not_sent();
        assert_eq!(report.found(&CHECK), []);
    }

    #[test]
    fn missing_entries_may_contain_the_update() {
        let mut tab = Tab::connected(json!({"metadata": {"plan": "gold"}}));
        (0..5).for_each(|_| _ = tab.call("logEvent", json!([])));
        assert_eq!(found(&CHECK, &tab).len(), 1);
        assert_eq!(found(&CHECK, &tab.without(7..9)), []);
    }
}
