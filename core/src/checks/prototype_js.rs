//! Conflict with Prototype.js.
//!
//! Why it matters: The SDK stops with an error in the console, and Upscope doesn't start on this page.
//!
//! Rule: Tested with SDK 2.2.119: if both `window.Prototype` and `Array.prototype.toJSON` exist, the SDK doesn't start
//! and doesn't set its version. `toJSON` alone doesn't stop the SDK.
//!
//! Fix: A line before the snippet that deletes `toJSON`.
//!
//! False positive if: a newer SDK has no conflict, or the SDK's script is still loading or has failed. As long as no
//! version is known, the settings of the loader and a queued call are enough for the finding. A configuration or a
//! handshake shows that the SDK started. Missing entries may contain either, so there is no finding if entries are
//! missing.
//!
//! Example:
//!
//! ```html
//! <script src="/prototype.js"></script> <!-- adds Array.prototype.toJSON -->
//! <script src="/upscope-snippet.js"></script>
//! ```

use super::{About, Check, Evidence, Facts, Findings, ReportPart, Severity, fix};
use crate::page_report::connection::{Refusal, Sdk};
use crate::recording::history::DocumentHistory;

pub static CHECK: Check = Check { id: "prototype-js", severity: Severity::Error, run };

fn run(facts: &Facts, findings: &mut Findings) {
    let line = || fix::code("delete Array.prototype.toJSON;");
    for doc in facts.docs().iter().filter(|doc| is_stopped(doc)) {
        if let Some(entry) = doc.marks.prototype_js {
            findings.add_with(About::default(), Evidence::Entry(entry), line);
        }
    }
    if facts.report.is_some_and(|report| *report.sdk == Sdk::Refused(Refusal::PrototypeJs)) {
        findings.add_with(About::default(), Evidence::Report(ReportPart::Sdk), line);
    }
}

/// The loader ran and the SDK stopped before it set its version. Only 2.x is known to stop.
fn is_stopped(doc: &DocumentHistory) -> bool {
    let marks = &doc.marks;
    let started = marks.config.is_some() || !marks.handshakes.is_empty();
    let is_old = marks.versions.is_empty() || doc.is_version_2();
    doc.complete
        && marks.account.is_some()
        && !started
        && is_old
        && doc.calls.iter().any(|call| call.waited() || !marks.versions.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{ReportFixture, found};
    use crate::recording::entry::{SdkEntry, SdkMoment};
    use crate::recording::fixture::Tab;
    use crate::recording::fixture::sdk;
    use serde_json::json;

    #[test]
    fn only_where_it_stops_the_sdk() {
        let page = |prototype| {
            let mut tab = Tab::new();
            tab.sdk(SdkEntry { to_json: true, prototype, ..sdk(SdkMoment::Snippet) }).waits("init", json!([{}]));
            tab.account(json!({"apiKey": "K"}));
            tab
        };
        let mut tab = page(true);
        assert_eq!(found(&CHECK, &tab).len(), 1);
        tab.config(json!({}));
        assert_eq!(found(&CHECK, &tab), []);
        assert_eq!(found(&CHECK, &page(false)), [], "a toJSON alone stops nothing");
        let mut newer = page(true);
        newer.version("2026.3.2");
        assert_eq!(found(&CHECK, &newer), []);
        let report = ReportFixture { sdk: Sdk::Refused(Refusal::PrototypeJs), ..ReportFixture::new(json!({})) };
        assert_eq!(report.found(&CHECK).len(), 1);
    }
}
