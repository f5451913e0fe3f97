//! Upscope script that failed to load.
//!
//! Why it matters: Upscope doesn't start on this page. The usual cause is an ad blocker, a wrong URL or key, or the
//! network.
//!
//! Rule: The `error` event of the script element, which contains no reason. A script that the page's policy blocks has
//! this event, too. In that case, only `script-blocked` has a finding.
//!
//! False positive if: the script isn't Upscope's, although its URL looks like a loader's. It counts only if the page's
//! snippet names it, if its file name contains `upscope` or is the public key, or if its host is the vendor's. A loaded
//! SDK or a handshake removes the finding. Missing entries may contain either, so there is no finding if entries are
//! missing.
//!
//! Example:
//!
//! ```html
//! <script src="https://code.upscope.io/demoAcmeO1.js"></script> <!-- a typing error in the key: 404 -->
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity};
use crate::recording::entry::ScriptFault;
use crate::recording::history::DocumentHistory;

pub static CHECK: Check = Check { id: "script-failed", severity: Severity::Error, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for doc in facts.docs() {
        let failed = doc.faults().filter(|mark| mark.value.fault == ScriptFault::Failed);
        for mark in failed.filter(|mark| !is_blocked(doc, &mark.value.url)) {
            findings.add(About::name(&mark.value.url), Evidence::Entry(mark.entry));
        }
    }
}

/// Whether the page's policy blocked the script. The violation's URL has no fragment.
fn is_blocked(doc: &DocumentHistory, url: &str) -> bool {
    let plain = |url: &str| url.split('#').next().map(str::to_owned);
    doc.faults().any(|mark| mark.value.fault == ScriptFault::Blocked && plain(&mark.value.url) == plain(url))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::found;
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn foreign_scripts_and_a_loaded_sdk_are_fine() {
        let mut tab = Tab::new();
        tab.foreign_script(ScriptFault::Failed, "https://js.tracker.test/4371570.js", None);
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = Tab::new();
        tab.script(ScriptFault::Failed, "https://code.acme.test/K.js", None).version("2.2.119");
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn the_vendors_name_and_the_public_key_are_evidence() {
        let failed = |url: &str| {
            let mut tab = Tab::new();
            tab.call("init", json!([{"apiKey": "abcKey01"}])).foreign_script(ScriptFault::Failed, url, None);
            found(&CHECK, &tab).len()
        };
        assert_eq!(failed("https://code.upscope.io/otherKey.js"), 1);
        assert_eq!(failed("https://cdn.acme.test/upscope-2.2.119.js"), 1);
        assert_eq!(failed("https://cdn.acme.test/abcKey01.js"), 1);
        assert_eq!(failed("https://upscope.acme.test/Tracker01.js"), 0);
        assert_eq!(failed("https://notupscope.io/Tracker01.js"), 0);
    }

    #[test]
    fn a_failed_script_is_named_and_a_blocked_one_is_another_checks() {
        let mut tab = Tab::new();
        tab.script(ScriptFault::Failed, "https://code.acme.test/K.js", None);
        tab.script(ScriptFault::Blocked, "https://code.acme.test/L.js", None);
        let findings = found(&CHECK, &tab);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].about.name.as_deref(), Some("https://code.acme.test/K.js"));
    }

    #[test]
    fn a_blocked_script_has_one_cause() {
        let mut tab = Tab::new();
        tab.script(ScriptFault::Failed, "https://code.acme.test/K.js", None);
        tab.script(ScriptFault::Blocked, "https://code.acme.test/K.js", Some("script-src-elem"));
        assert_eq!(found(&CHECK, &tab), []);
    }
}
