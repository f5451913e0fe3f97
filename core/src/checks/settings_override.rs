//! Page settings that override account settings.
//!
//! Why it matters: If somebody changes these settings in the account, the change has no effect on this page.
//!
//! Rule: Read in the SDK's code: the argument of `init` takes precedence over the account settings.
//!
//! Fix: Omit the named keys from `init`.
//!
//! False positive if: the page overrides the setting on purpose. Therefore, this is a note. In a recording, a key
//! counts only if `init` passes another value than the account has. Without a recording, each difference counts if the
//! configuration has `jsConfiguration`, except what the SDK changes itself, such as the region and its URL, and what
//! `updateConnection` can change: `callName`, `agentPrompt`, `allowAgentRedirect`, and `allowRemote` with any ending.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { showTerminateButton: false }); // overrides the account setting true
//! ```

use super::{About, Check, Evidence, Facts, Findings, ReportFacts, ReportPart, Severity};
use crate::visitor::page_value::PageValue;

pub static CHECK: Check = Check { id: "settings-override", severity: Severity::Note, run };

/// Settings that the SDK or a later call changes, besides `allowRemote*` (docs/sdk-reference.md#waiting-calls).
const SET_LATER: [&str; 7] =
    ["region", "dataEndpoint", "integrationIds", "version", "callName", "agentPrompt", "allowAgentRedirect"];

fn run(facts: &Facts, findings: &mut Findings) {
    for doc in facts.docs() {
        let (Some(init), Some(account)) = (doc.init(), &doc.marks.account) else { continue };
        for (key, value) in entries(init.call.arg(0)) {
            if overrides(value, account.value.get(key)) {
                findings.add(About::name(key).value(value), Evidence::Entry(init.entry));
            }
        }
    }
    // Only `jsConfiguration` shows that the page overrides settings. Other differences come from the SDK or later
    // calls.
    let says = |report: &&ReportFacts| {
        report.config.and_then(|config| config.get("jsConfiguration")) == Some(&PageValue::Bool(true))
    };
    let Some(report) = facts.report.filter(says) else { return };
    for (key, value) in entries(report.config) {
        let account = report.account.and_then(|account| account.get(key));
        if overrides(value, account) && !SET_LATER.contains(&key) && !key.starts_with("allowRemote") {
            findings.add(About::name(key).value(value), Evidence::Report(ReportPart::Settings));
        }
    }
}

/// Whether `value` overrides the account setting. `undefined` doesn't count: `undefined-overwrites` reports it.
fn overrides(value: &PageValue, account: Option<&PageValue>) -> bool {
    let differs = |account: &PageValue| account != value && account.is_whole() && value.is_whole();
    *value != PageValue::Undefined && account.is_some_and(differs)
}

fn entries(value: Option<&PageValue>) -> impl Iterator<Item = (&str, &PageValue)> {
    let entries = match value {
        Some(PageValue::Map(entries, _)) => entries.as_slice(),
        _ => &[],
    };
    entries.iter().map(|(key, value)| (key.as_str(), value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{ReportFixture, found};
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn only_keys_that_differ_are_named() {
        let mut tab = Tab::new();
        tab.account(json!({"apiKey": "K", "autoconnect": true, "showUpscopeLink": true}));
        tab.call("init", json!([{"apiKey": "K", "autoconnect": false, "uniqueId": "1"}]));
        let findings = found(&CHECK, &tab);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].about.name.as_deref(), Some("autoconnect"));
    }

    #[test]
    fn a_page_report_compares_both_settings() {
        let report = |config| {
            let account = PageValue::decode(json!({"autoconnect": true, "dataEndpoint": "wss://data"}));
            ReportFixture { account, ..ReportFixture::new(config) }.found(&CHECK).len()
        };
        let own = json!({"autoconnect": false, "jsConfiguration": true, "dataEndpoint": "wss://data--eu"});
        assert_eq!((report(own), report(json!({"autoconnect": false}))), (1, 0));
    }

    #[test]
    fn equal_values_and_sdk_defaults_are_fine() {
        let mut tab = Tab::new();
        tab.account(json!({"apiKey": "K", "autoconnect": true}))
            .call("init", json!([{"apiKey": "K", "autoconnect": true}]));
        assert_eq!(found(&CHECK, &tab), []);
        let account = PageValue::decode(json!({"region": "us"}));
        let report = ReportFixture { account, ..ReportFixture::new(json!({"region": "eu", "jsConfiguration": true})) };
        assert_eq!(report.found(&CHECK), []);
    }

    #[test]
    fn what_an_update_changes_does_not_override_in_a_report() {
        let config = json!({"jsConfiguration": true, "allowRemoteClick": false, "callName": "Ada", "agentPrompt": "a"});
        let account = json!({"allowRemoteClick": true, "callName": "", "agentPrompt": "", "allowAgentRedirect": true});
        let report = ReportFixture { account: PageValue::decode(account), ..ReportFixture::new(config) };
        assert_eq!(report.found(&CHECK), []);
    }
}
