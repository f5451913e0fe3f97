//! Page settings that override account settings.
//!
//! Why it matters: what is changed in the account has no effect on this page.
//!
//! Rule: the `init` argument counts for more than the account settings (*seen*).
//!
//! Repair: leave the named keys out of `init`.
//!
//! Wrong when: the SDK changed its configuration itself, as it does with the region and its address. By a mere look only a
//! configuration that says so of itself (`jsConfiguration`) counts.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { showTerminateButton: false }); // the account says true
//! ```

use super::{About, Check, Evidence, Facts, Findings, Look, Seen, Severity};
use crate::visitor::page_value::PageValue;

pub static CHECK: Check = Check { id: "settings-override", severity: Severity::Note, run };

/// Settings that the SDK itself or a later call changes.
const SET_BY_SDK: [&str; 4] = ["region", "dataEndpoint", "integrationIds", "version"];

fn run(facts: &Facts, findings: &mut Findings) {
    for doc in facts.docs() {
        let (Some(init), Some(account)) = (doc.init(), &doc.marks.account) else { continue };
        for (key, value) in entries(init.call.arg(0)) {
            if overrides(value, account.value.get(key)) {
                findings.add(About::name(key).value(value), Evidence::Entry(init.entry));
            }
        }
    }
    // The SDK says itself whether the page's settings count; other differences are its own doing and that of later calls.
    let says = |look: &&Look| look.config.and_then(|config| config.get("jsConfiguration")) == Some(&PageValue::Bool(true));
    let Some(look) = facts.look.filter(says) else { return };
    for (key, value) in entries(look.config) {
        let account = look.account.and_then(|account| account.get(key));
        if overrides(value, account) && !SET_BY_SDK.contains(&key) {
            findings.add(About::name(key).value(value), Evidence::Look(Seen::Settings));
        }
    }
}

/// `undefined` is another check's.
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
    use crate::checks::fixture::{Looked, found};
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
        let look = |config| {
            let account = PageValue::decode(json!({"autoconnect": true, "dataEndpoint": "wss://data"}));
            Looked { account, ..Looked::new(config) }.found(&CHECK).len()
        };
        let own = json!({"autoconnect": false, "jsConfiguration": true, "dataEndpoint": "wss://data--eu"});
        assert_eq!((look(own), look(json!({"autoconnect": false}))), (1, 0));
    }

    #[test]
    fn equal_values_and_sdk_defaults_are_fine() {
        let mut tab = Tab::new();
        tab.account(json!({"apiKey": "K", "autoconnect": true})).call("init", json!([{"apiKey": "K", "autoconnect": true}]));
        assert_eq!(found(&CHECK, &tab), []);
        let account = PageValue::decode(json!({"region": "us"}));
        let look = Looked { account, ..Looked::new(json!({"region": "eu", "jsConfiguration": true})) };
        assert_eq!(look.found(&CHECK), []);
    }
}
