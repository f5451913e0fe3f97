//! Integration ID that doesn't match its pattern.
//!
//! Why it matters: The visitor may not be linked to the record in the other system. Agents then can't open Upscope from
//! that record.
//!
//! Rule: Documentation page "Identifying the Visitor": each ID matches `/^[a-z]{3,}:.+$/`. According to the vendor,
//! `system:` alone clears that system.
//!
//! Fix: The ID with its system in lowercase, without spaces, hyphens, and underscores, and with `:` instead of `=`, if
//! that matches the pattern. `my_crm:7` becomes `mycrm:7`: check that this is the system's name.
//!
//! False positive if: a live chat added it. The SDK's own forms, such as `twilio_flex:CH1`, have no finding. Other
//! vendor pages may allow more, but the documentation page is the contract.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { integrationIds: ['Intercom 88213'] }); // correct: 'intercom:88213'
//! ```

use super::{Check, Facts, Findings, Severity, flawed};
use crate::visitor::flaw::FlawKind;

pub static CHECK: Check = Check { id: "integration-pattern", severity: Severity::Warning, run };

fn run(facts: &Facts, findings: &mut Findings) {
    flawed::find(facts, findings, |_, flaw| flaw.kind == FlawKind::IntegrationPattern);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{ReportFixture, found};
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn a_near_miss_is_repaired() {
        let findings = found(&CHECK, &Tab::connected(json!({"integrationIds": ["Zendesk:1", "front:2"]})));
        assert_eq!(findings.len(), 1);
        let edit = findings[0].fix.clone().unwrap().edit.unwrap();
        assert_eq!(edit.argument(), json!({"integrationIds": ["zendesk:1", "front:2"]}));
        assert_eq!(found(&CHECK, &Tab::connected(json!({"integrationIds": ["front:"]}))), []);
        assert_eq!(ReportFixture::new(json!({"integrationIds": ["x:1"]})).found(&CHECK).len(), 1);
    }

    #[test]
    fn live_chat_ids_are_fine() {
        let fine = json!({"integrationIds": ["twilio_flex:CH1", "crm:a:b", "zendesk:"]});
        assert_eq!(found(&CHECK, &Tab::connected(fine)), []);
    }
}
