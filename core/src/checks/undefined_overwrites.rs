//! `undefined` in `init` that overwrites an account setting.
//!
//! Why it matters: `autoconnect: undefined` turns autoconnect off, although it is on in the account settings.
//!
//! Rule: Tested with SDK 2.2.119: settings are merged with `Object.assign`, so `undefined` overwrites. `autoconnect`
//! counts even if the account settings don't have it, because `undefined` overwrites the default, too.
//!
//! Fix: Omit the named key from `init`.
//!
//! False positive if: the page intends to remove the account setting. A setting that is off or empty in the account has
//! no finding, nor has one that couldn't be read. Without a recording, identity keys have no finding, because a `reset`
//! leaves them `undefined`.
//!
//! Example:
//!
//! ```js
//! Upscope('init', { autoconnect: window.settings?.autoconnect }); // undefined, but true in the account settings
//! ```

use super::{About, Check, Evidence, Facts, Findings, ReportPart, Severity};
use crate::visitor::Field;
use crate::visitor::page_value::PageValue;

pub static CHECK: Check = Check { id: "undefined-overwrites", severity: Severity::Warning, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for doc in facts.docs() {
        if let (Some(init), Some(account)) = (doc.init(), &doc.marks.account) {
            judge(init.call.arg(0), Some(&account.value), Evidence::Entry(init.entry), findings);
        }
    }
    if let Some(report) = facts.report {
        judge(report.config, report.account, Evidence::Report(ReportPart::Settings), findings);
    }
}

fn judge(given: Option<&PageValue>, account: Option<&PageValue>, evidence: Evidence, findings: &mut Findings) {
    let Some(PageValue::Map(entries, _)) = given else { return };
    // A report shows `undefined` for the identity keys after a `reset`, too.
    let is_report = matches!(evidence, Evidence::Report(_));
    let is_given = |key: &str| !is_report || Field::from_key(key).is_none();
    for (key, _) in entries.iter().filter(|(key, value)| *value == PageValue::Undefined && is_given(key)) {
        let setting = account.and_then(|account| account.get(key));
        // The default of `autoconnect` is overwritten too. A setting that is off remains off.
        let is_known = account.is_none_or(|account| matches!(account, PageValue::Map(_, 0)));
        if setting.map_or(key == "autoconnect" && is_known, is_on) {
            findings.add(About::name(key), evidence);
        }
    }
}

/// Whether a setting is certainly not off.
fn is_on(setting: &PageValue) -> bool {
    !setting.is_falsy() && (setting.is_whole() || !matches!(setting, PageValue::Opaque(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{ReportFixture, found};
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn only_known_settings_are_overwritten() {
        let undefined = || json!({"$": "undefined"});
        let mut tab = Tab::new();
        tab.account(json!({"teamDomain": "acme"}));
        tab.call("init", json!([{"teamDomain": undefined(), "uniqueId": undefined(), "autoconnect": undefined()}]));
        let names: Vec<_> = found(&CHECK, &tab).into_iter().map(|finding| finding.about.name.unwrap()).collect();
        assert_eq!(names, ["teamDomain", "autoconnect"]);
        assert_eq!(found(&CHECK, &Tab::connected(json!({}))), []);
        let report = ReportFixture {
            config: PageValue::decode(json!({"apiKey": undefined()})),
            ..ReportFixture::new(json!({}))
        };
        assert_eq!(report.found(&CHECK).len(), 1);
        let mut reset =
            ReportFixture { config: PageValue::decode(json!({"tags": undefined()})), ..ReportFixture::new(json!({})) };
        reset.account = PageValue::decode(json!({"tags": ["#A"]}));
        assert_eq!(reset.found(&CHECK), [], "a reset did that");
    }

    #[test]
    fn a_setting_that_the_account_leaves_empty_is_not_overwritten() {
        let mut tab = Tab::new();
        tab.account(json!({"teamDomain": null})).call("init", json!([{"teamDomain": {"$": "undefined"}}]));
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = Tab::new();
        tab.account(json!({"autoconnect": false})).call("init", json!([{"autoconnect": {"$": "undefined"}}]));
        assert_eq!(found(&CHECK, &tab), [], "it stays off");
    }
}
