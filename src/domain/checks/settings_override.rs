//! Page settings that override account settings.
//!
//! Why it matters: what is changed in the account has no effect on this page.
//!
//! Rule: the `init` argument counts for more than the account settings (*seen*).
//!
//! Repair: leave the named keys out of `init`.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { showTerminateButton: false }); // the account says true
//! ```

use super::{About, Check, Evidence, Facts, Findings, Seen, Severity};
use crate::domain::page_value::PageValue;

pub static CHECK: Check = Check { id: "settings-override", severity: Severity::Note, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for doc in facts.docs() {
        let (Some(init), Some(account)) = (doc.init(), &doc.marks.account) else { continue };
        for (key, value) in entries(init.call.arg(0)) {
            if overrides(value, account.value.get(key)) {
                findings.add(About::name(key).value(value), Evidence::Entry(init.entry));
            }
        }
    }
    let Some(look) = facts.look else { return };
    for (key, value) in entries(look.config) {
        if overrides(value, look.account.and_then(|account| account.get(key))) && key != "region" {
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
    use crate::domain::checks::fixture::{Looked, found};
    use crate::domain::timeline::fixture::Tab;
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
    fn a_look_compares_both_settings() {
        let mut look = Looked::new(json!({"apiKey": "K", "autoconnect": false}));
        assert_eq!(look.found(&CHECK), []);
        look.account = PageValue::decode(json!({"autoconnect": true}));
        assert_eq!(look.found(&CHECK).len(), 1);
    }
}
