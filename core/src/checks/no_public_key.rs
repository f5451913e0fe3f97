//! No public key.
//!
//! Why it matters: The SDK stops with an error in the console, and Upscope doesn't start on this page.
//!
//! Rule: Read in the code of SDK 2.2.119: neither the loader's account settings nor `init` contained an `apiKey`, for
//! example because the page includes the SDK script without the loader.
//!
//! Fix: `init` with a placeholder for the key.
//!
//! False positive if: the settings came from a source that the inspector doesn't observe. A configuration, a handshake,
//! or a key from either source removes the finding. If entries are missing, or if the SDK isn't known to be 2.x, there
//! is no finding. If `init` passes `apiKey: undefined` and the account settings have a public key,
//! `undefined-overwrites` reports that call.
//!
//! Example:
//!
//! ```js
//! // The page includes the SDK script without the loader:
//! Upscope('init', { uniqueId: 'cust-1042' }); // apiKey is missing
//! ```

use super::{About, Check, Evidence, Facts, Findings, ReportPart, Severity, fix};
use crate::page_report::connection::{Refusal, Sdk};
use crate::recording::history::{CallResult, LossReason};

pub static CHECK: Check = Check { id: "no-public-key", severity: Severity::Error, run };

fn run(facts: &Facts, findings: &mut Findings) {
    let call = || fix::code("Upscope('init', { apiKey: '<PUBLIC KEY>' });");
    for doc in facts.docs() {
        if let Some(init) = doc.init().filter(|init| init.result == CallResult::Lost(LossReason::NoPublicKey)) {
            findings.add_with(About::default(), Evidence::Entry(init.entry), call);
        }
    }
    if facts.report.is_some_and(|report| *report.sdk == Sdk::Refused(Refusal::NoPublicKey)) {
        findings.add_with(About::default(), Evidence::Report(ReportPart::Sdk), call);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{ReportFixture, found};
    use crate::recording::entry::{SdkEntry, SdkMoment};
    use crate::recording::fixture::Tab;
    use crate::recording::fixture::sdk;
    use serde_json::json;

    fn without_loader(init: serde_json::Value) -> Tab {
        let mut tab = Tab::new();
        tab.sdk(SdkEntry { version: Some("2.2.119".into()), ..sdk(SdkMoment::Version) }).call("init", init);
        tab
    }

    #[test]
    fn a_key_from_either_side_is_enough() {
        assert_eq!(found(&CHECK, &without_loader(json!([{}]))).len(), 1);
        assert_eq!(found(&CHECK, &without_loader(json!([{"apiKey": "K"}]))), []);
        assert_eq!(found(&CHECK, &Tab::connected(json!({}))), []);
        let report = ReportFixture { sdk: Sdk::Refused(Refusal::NoPublicKey), ..ReportFixture::new(json!({})) };
        assert_eq!(report.found(&CHECK).len(), 1);
    }

    #[test]
    fn a_configuration_a_handshake_and_missing_entries_clear_the_page() {
        let mut tab = without_loader(json!([{}]));
        tab.config(json!({}));
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = without_loader(json!([{}]));
        tab.connect("S1");
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = without_loader(json!([{}]));
        tab.lose().call("logEvent", json!([]));
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn an_undefined_key_is_none() {
        assert_eq!(found(&CHECK, &without_loader(json!([{"apiKey": {"$": "undefined"}}]))).len(), 1);
    }
}
