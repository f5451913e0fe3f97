//! Two SDKs, versions or public keys on one page.
//!
//! Why it matters: Only the first one is used. Data for the other account isn't sent to it.
//!
//! Rule: Tested with SDK 2.2.119: a second load is ignored with a warning. A second public key in the account settings
//! counts, and so does a second version. A second key in the configuration counts if no `init` passed it. A second
//! loader of the same key is recognized by its settings, which are a different object, and a second load of the SDK's
//! script by its URL.
//!
//! False positive if: the page removed the first SDK itself and uses the second one. If the page replaced the first
//! snippet itself and loads the same account again, there is no finding: `snippet-twice` covers this. A second load of
//! the same SDK, and a second key in the configuration, have no finding if entries are missing.
//!
//! Example:
//!
//! ```html
//! <script src="https://code.upscope.io/demoAcme01.js"></script>
//! <script src="https://code.upscope.io/otherKey02.js"></script> <!-- ignored -->
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity};
use crate::recording::entry::SdkMoment;
use crate::recording::history::Observation;

pub static CHECK: Check = Check { id: "two-sdks", severity: Severity::Error, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for doc in facts.docs() {
        let others: Vec<_> = doc.marks.versions.iter().skip(1).chain(doc.sdk_keys().into_iter().skip(1)).collect();
        for Observation { entry, value, .. } in &others {
            findings.add(About::name(value), Evidence::Entry(*entry));
        }
        let unnamed = |mark: &&Observation<SdkMoment>| others.iter().all(|other| other.entry != mark.entry);
        let seconds = doc.marks.snippets.iter().filter(|mark| mark.value == SdkMoment::Second);
        let replaced = doc.marks.snippets.iter().any(|mark| mark.value == SdkMoment::Replaced);
        for second in seconds.filter(|_| doc.complete && !replaced).filter(unnamed) {
            findings.add(About::default(), Evidence::Entry(second.entry));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::found;
    use crate::recording::entry::SdkEntry;
    use crate::recording::fixture::{Tab, sdk};
    use crate::visitor::page_value::PageValue;
    use serde_json::json;

    #[test]
    fn another_version_or_key_is_named() {
        let mut tab = Tab::connected(json!({}));
        tab.version("2.2.119");
        assert_eq!(found(&CHECK, &tab), []);
        tab.version("2026.3.2").account(json!({"apiKey": "OTHER"})).snippet(SdkMoment::Second);
        let names: Vec<_> = found(&CHECK, &tab).into_iter().map(|finding| finding.about.name).collect();
        assert_eq!(names, [Some("2026.3.2".into()), Some("OTHER".into()), None]);
    }

    #[test]
    fn a_replaced_snippet_is_found() {
        let mut tab = Tab::new();
        tab.snippet(SdkMoment::Snippet).snippet(SdkMoment::Replaced).version("2.2.119").snippet(SdkMoment::Second);
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn second_loaders_are_found() {
        let mut tab = Tab::connected(json!({}));
        let second = |key: &str| SdkEntry {
            account: Some(PageValue::decode(json!({ "apiKey": key }))),
            ..sdk(SdkMoment::Second)
        };
        tab.sdk(second("K"));
        assert_eq!(found(&CHECK, &tab)[0].evidence, [Evidence::Entry(tab.last())]);
        let mut tab = Tab::connected(json!({}));
        tab.sdk(second("OTHER"));
        let names: Vec<_> = found(&CHECK, &tab).into_iter().map(|finding| finding.about.name).collect();
        assert_eq!(names, [Some("OTHER".into())]);
    }

    #[test]
    fn a_key_that_init_passes_is_no_second_sdk() {
        let page = |init: serde_json::Value| {
            let mut tab = Tab::new();
            tab.version("2.2.119").call("init", json!([init])).config(json!({"apiKey": "K2"})).connect("S1");
            found(&CHECK, &tab).len()
        };
        assert_eq!(page(json!({"apiKey": "K2"})), 0);
        assert_eq!(page(json!({"apiKey": {"$": "accessor"}})), 0);
        assert_eq!(page(json!({})), 1, "the SDK of another loader");
    }
}
