//! Loader or SDK script that did not load.
//!
//! Why it matters: Upscope never starts on this page. An ad blocker, a wrong address or key, or the network.
//!
//! Rule: the browser's `error` event of the script element; it does not say why.
//!
//! Example:
//!
//! ```html
//! <script src="https://code.upscope.io/demoAcmeO1.js"></script> <!-- a typing error in the key: 404 -->
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity};
use crate::domain::timeline::entry::ScriptFault;

pub static CHECK: Check = Check { id: "script-failed", severity: Severity::Error, run };

fn run(facts: &Facts, findings: &mut Findings) {
    let faults = facts.docs().iter().flat_map(|doc| &doc.marks.faults);
    for mark in faults.filter(|mark| mark.value.fault == ScriptFault::Failed) {
        findings.add(About::name(&mark.value.url), Evidence::Entry(mark.entry));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::checks::fixture::found;
    use crate::domain::timeline::fixture::Tab;

    #[test]
    fn a_failed_script_is_named_and_a_blocked_one_is_another_checks() {
        let mut tab = Tab::new();
        tab.script(ScriptFault::Failed, "https://code.acme.test/K.js", None);
        tab.script(ScriptFault::Blocked, "https://code.acme.test/L.js", None);
        let findings = found(&CHECK, &tab);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].about.name.as_deref(), Some("https://code.acme.test/K.js"));
    }
}
