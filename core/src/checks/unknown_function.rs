//! Unknown function name.
//!
//! Why it matters: The SDK logs "not recognized" and does nothing.
//!
//! Rule: The functions of 2.2.119 (read in the SDK's code) and of newer SDKs (the vendor's documentation), which 2.x
//! doesn't have. Case matters.
//!
//! False positive if: another 2.x has functions that 2.2.119 doesn't have. Newer SDKs may have functions that aren't
//! documented yet: if the SDK isn't known to be 2.x, only a known name in different case counts.
//!
//! Example:
//!
//! ```js
//! Upscope('updateconnection', { uniqueId: 'cust-1042' }); // correct: updateConnection
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity};
use crate::sdk_version::is_version_2;

pub static CHECK: Check = Check { id: "unknown-function", severity: Severity::Warning, run };

const KNOWN: [&str; 17] = [
    "init",
    "connect",
    "updateConnection",
    "reset",
    "on",
    "getShortId",
    "getUserId",
    "getWatchLink",
    "getLookupCode",
    "stopSession",
    "requestAgent",
    "cancelRequestAgent",
    "newPageview",
    "logEvent",
    "saveHistory",
    "submitRating",
    "redirect",
];
const NEWER: [&str; 5] = ["expectDisconnect", "customMessage", "prefetchAssets", "fullTabStart", "fullTabEnd"];

fn run(facts: &Facts, findings: &mut Findings) {
    for (_, call) in facts.calls().filter(|(doc, call)| !is_known(&call.call.name, doc.version())) {
        findings.add(About::name(&call.call.name), Evidence::Entry(call.entry));
    }
    let version = facts.report.and_then(|report| report.version);
    for (call, evidence) in facts.waiting().filter(|(call, _)| !is_known(call.name, version)) {
        findings.add(About::name(call.name), evidence);
    }
}

fn is_known(name: &str, version: Option<&str>) -> bool {
    let is_misspelt = |known: &str| known.eq_ignore_ascii_case(name) && known != name;
    match version {
        Some(version) if is_version_2(version) => KNOWN.contains(&name),
        // Other versions may have functions that are unknown here.
        _ => !KNOWN.into_iter().chain(NEWER).any(is_misspelt),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{ReportFixture, found};
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn names_are_those_of_the_version() {
        let mut tab = Tab::connected(json!({}));
        tab.call("UpdateConnection", json!([])).call("customMessage", json!([])).call("logEvent", json!([]));
        let names: Vec<_> = found(&CHECK, &tab).into_iter().map(|finding| finding.about.name.unwrap()).collect();
        assert_eq!(names, ["UpdateConnection", "customMessage"]);
        let mut tab = Tab::new();
        tab.version("2026.3.2").call("customMessage", json!([])).call("someNewFunction", json!([]));
        assert_eq!(found(&CHECK, &tab), []);
        tab.call("Reset", json!([]));
        assert_eq!(found(&CHECK, &tab).len(), 1);
        let report = ReportFixture { calls: json!([["identify"]]), ..ReportFixture::new(json!({})) };
        assert_eq!(report.found(&CHECK).len(), 1);
    }
}
