//! Conflict with Prototype.js.
//!
//! Why it matters: The SDK stops with an error in the console, and Upscope doesn't start on this page.
//!
//! Rule: Tested with SDK 2.2.119: if both `window.Prototype` and `Array.prototype.toJSON` exist, the SDK doesn't start
//! and doesn't set its version. `toJSON` alone doesn't stop the SDK.
//!
//! Fix: A line before the snippet that deletes `toJSON`.
//!
//! False positive if: a newer SDK has no conflict, or the SDK's script takes longer to load than ten seconds after the
//! loader and than the page's `load`. Without a recording, the ten seconds begin with the document, and a failed script
//! isn't known. As long as no version is known, the settings of the loader and a queued call are enough for the finding
//! after that time. A failed Upscope script removes it. A configuration or a handshake shows that the SDK started.
//! Missing entries may contain any of these, so the recording shows no finding if entries are missing.
//!
//! Example:
//!
//! ```html
//! <script src="/prototype.js"></script> <!-- adds Array.prototype.toJSON -->
//! <script src="/upscope-snippet.js"></script>
//! ```

use super::patience::{SDK_MS, patience_with, sdk_awaited_since};
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
    let is_reported =
        facts.report.is_some_and(|report| report.loaded && *report.sdk == Sdk::Refused(Refusal::PrototypeJs));
    if is_reported && facts.lasts(sdk_awaited_since) > SDK_MS && !facts.reported().is_some_and(has_fault) {
        findings.add_with(About::default(), Evidence::Report(ReportPart::Sdk), line);
    }
}

/// The loader ran and the SDK stopped before it set its version. Only 2.x is known to stop.
fn is_stopped(doc: &DocumentHistory) -> bool {
    let marks = &doc.marks;
    let started = marks.config.is_some() || !marks.handshakes.is_empty();
    let came = !marks.versions.is_empty();
    doc.complete
        && marks.account.is_some()
        && !started
        && (!came || doc.is_version_2())
        && doc.calls.iter().any(|call| call.waited() || came)
        && (came || waited_in_vain(doc))
        && !has_fault(doc)
}

/// Whether the SDK's script had time to load. It runs before `load` if the loader ran before.
fn waited_in_vain(doc: &DocumentHistory) -> bool {
    let loaded = doc.marks.load.as_ref().zip(doc.marks.account.as_ref());
    let is_loaded = loaded.is_some_and(|(load, account)| account.entry < load.entry);
    let since = sdk_awaited_since(doc).unwrap_or(0).max(doc.marks.shown);
    is_loaded || doc.last - since > patience_with(doc, SDK_MS)
}

/// Whether the SDK's script is known not to have loaded.
fn has_fault(doc: &DocumentHistory) -> bool {
    doc.faults().any(|fault| !fault.value.is_socket())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{ReportFixture, found};
    use crate::recording::entry::{PageMoment, ScriptFault, SdkEntry, SdkMoment};
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
        tab.moment(PageMoment::Load, "");
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

    #[test]
    fn an_sdk_that_still_loads_or_failed_was_not_stopped() {
        let page = || {
            let mut tab = Tab::new();
            tab.sdk(SdkEntry { to_json: true, prototype: true, ..sdk(SdkMoment::Snippet) }).waits("init", json!([{}]));
            tab.account(json!({"apiKey": "K"}));
            tab
        };
        assert_eq!(found(&CHECK, &page()), []);
        let mut tab = page();
        tab.script(ScriptFault::Failed, "https://js.upscope.io/2.2.119.js", None).moment(PageMoment::Load, "");
        assert_eq!(found(&CHECK, tab.later(20_000).waits("on", json!([]))), []);
        let report = ReportFixture { sdk: Sdk::Refused(Refusal::PrototypeJs), ..ReportFixture::new(json!({})) };
        assert_eq!(ReportFixture { loaded: false, ..report.clone() }.found(&CHECK), []);
        assert_eq!(report.found_in(&page(), &CHECK), []);
        let mut tab = page();
        tab.later(20_000).waits("on", json!([]));
        assert_eq!((found(&CHECK, &tab).len(), report.found_in(&tab, &CHECK)[0].evidence.len()), (1, 2));
    }
}
