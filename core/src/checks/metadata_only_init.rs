//! `metadata` given only to `init` of an SDK that does not send it.
//!
//! Why it matters: no agent ever sees it.
//!
//! Rule: *ran* in 2.2.119: metadata given to `init` stands in the configuration and is never sent. Newer SDKs support it.
//!
//! Repair: the same metadata as an update once there is a connection.
//!
//! Wrong when: an update sent it, here or in entries that are missing, or the SDK is a newer one. A frame that carries the
//! metadata clears the page.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { uniqueId: 'cust-1042', metadata: { plan: 'gold' } }); // the metadata is never sent
//! ```

use super::{About, Check, Evidence, Facts, Findings, Seen, Severity, fix};
use crate::visitor::flaw::FlawKind;
use crate::recording::history::{DocumentHistory, Effect, ValueKey};
use crate::visitor::Field;

pub static CHECK: Check = Check { id: "metadata-only-init", severity: Severity::Error, run };

const METADATA: ValueKey = ValueKey::Field(Field::Metadata);

fn run(facts: &Facts, findings: &mut Findings) {
    // An update that is not here may have sent it.
    for doc in facts.docs().iter().filter(|doc| doc.gaps.is_empty() && !sent_otherwise(doc)) {
        let Some(init) = doc.init().filter(|init| init.had_effect(METADATA, Effect::NotSent)) else { continue };
        findings.add_with(About::field(Field::Metadata), Evidence::Entry(init.entry), || {
            fix::again(init.call.arg(0), &[Field::Metadata], facts.is_live(doc), fix::once_connected)
        });
    }
    let Some(look) = facts.look.filter(|_| facts.docs().is_empty()) else { return };
    if look.visitor.field(Field::Metadata).flaws.iter().any(|flaw| flaw.kind == FlawKind::NotSentFromInit) {
        findings.add_with(About::field(Field::Metadata), Evidence::Look(Seen::Field(Field::Metadata)), || {
            fix::again(look.config, &[Field::Metadata], true, fix::once_connected)
        });
    }
}

fn sent_otherwise(doc: &DocumentHistory) -> bool {
    let was_sent = doc.value_history(METADATA).steps.iter().any(|step| step.sent.is_some());
    was_sent || doc.calls_of("updateConnection").any(|call| call.had_effect(METADATA, Effect::Set) || call.had_effect(METADATA, Effect::Removed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Looked, found};
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
        let mut look = Looked::new(json!({"metadata": {"plan": "pro"}}));
        assert_eq!(look.found(&CHECK), []);
        look.visitor.mark_metadata_not_sent();
        assert_eq!(look.found(&CHECK).len(), 1);
    }

    #[test]
    fn missing_entries_may_contain_the_update() {
        let mut tab = Tab::connected(json!({"metadata": {"plan": "gold"}}));
        (0..5).for_each(|_| _ = tab.call("logEvent", json!([])));
        assert_eq!(found(&CHECK, &tab).len(), 1);
        assert_eq!(found(&CHECK, &tab.without(7..9)), []);
    }
}
