//! Snippet without an SDK.
//!
//! Why it matters: The snippet collects calls, but nothing processes them. Either a broken snippet doesn't request the
//! loader's script, or something removes the script without an error.
//!
//! Rule: Ten seconds after the page load and after the newest snippet, or when the visitor leaves the page after three
//! seconds or more, there is no SDK, and no Upscope script is known to have failed. A failed script whose URL has the
//! form of a loader's is shown as evidence, not as the cause.
//!
//! False positive if: the network is slower, or the page waits for consent before it loads the SDK. A script that the
//! browser doesn't run yet and that mentions Upscope removes the finding. A prerendered page that isn't shown yet has
//! no finding, and the time in the back/forward cache doesn't count. A version, a configuration, or a handshake shows
//! that there is an SDK. If entries are missing, the recording alone shows no finding. Without a recording, the ten
//! seconds begin with the document, because the age of the snippet is unknown. So a page that has just added the
//! snippet, for example after consent, has the finding until its SDK has loaded.
//!
//! Example:
//!
//! ```js
//! window.Upscope = function (...call) { Upscope.q.push(call); };
//! Upscope.q = [];
//! Upscope('init'); // The line that loads the SDK is missing.
//! ```

use super::patience::{SDK_MS, patience_with, sdk_awaited_since};
use super::{About, Check, Evidence, Facts, Findings, ReportPart, Severity};
use crate::page_report::connection::Sdk;
use crate::recording::entry::EntryId;
use crate::recording::history::DocumentHistory;

pub static CHECK: Check = Check { id: "sdk-never-came", severity: Severity::Error, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for doc in facts.docs().iter().filter(|doc| doc.complete && waited_in_vain(doc)) {
        if let Some(entry) = snippet(doc) {
            findings.add(About::default(), Evidence::Entry(entry));
            doc.marks.faults.iter().for_each(|fault| findings.add(About::default(), Evidence::Entry(fault.entry)));
        }
    }
    if facts.report.is_some_and(|report| *report.sdk == Sdk::SnippetOnly) && facts.lasts(sdk_awaited_since) > SDK_MS {
        findings.add(About::default(), Evidence::Report(ReportPart::Sdk));
    }
}

fn waited_in_vain(doc: &DocumentHistory) -> bool {
    let marks = &doc.marks;
    let came = !marks.versions.is_empty() || marks.config.is_some() || !marks.handshakes.is_empty();
    let is_parked = marks.parked == Some(true);
    let reason =
        is_parked || doc.faults().next().is_some() || marks.parent_sdk.is_some() || marks.prototype_js.is_some();
    let load = marks.load.as_ref().map(|load| load.t);
    // A page stands still in the back/forward cache, and a prerendered page may load the SDK once it is shown.
    let since =
        load.filter(|_| !marks.ahead).map(|load| load.max(marks.shown).max(sdk_awaited_since(doc).unwrap_or(0)));
    !came && !reason && since.is_some_and(|since| doc.last - since > patience_with(doc, SDK_MS))
}

fn snippet(doc: &DocumentHistory) -> Option<EntryId> {
    let seen = doc.marks.snippets.first().map(|mark| mark.entry);
    seen.or_else(|| doc.calls.first().map(|call| call.entry))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{ReportFixture, found};
    use crate::recording::entry::{PageMoment, ScriptFault, SdkMoment};
    use crate::recording::fixture::Tab;
    use serde_json::json;

    fn waiting() -> Tab {
        let mut tab = Tab::new();
        tab.snippet(SdkMoment::Snippet).waits("init", json!([{}])).moment(PageMoment::Load, "");
        tab
    }

    #[test]
    fn the_wait_ends_after_a_while_or_when_the_page_is_left() {
        let mut tab = waiting();
        assert_eq!(found(&CHECK, &tab), []);
        tab.moment(PageMoment::Hide, "");
        assert_eq!(found(&CHECK, &tab), [], "it was left before an SDK could have come");
        let mut tab = waiting();
        tab.later(4_000).moment(PageMoment::Hide, "");
        assert_eq!(found(&CHECK, &tab).len(), 1);
        let mut tab = waiting();
        tab.later(20_000).waits("on", json!([]));
        assert_eq!(found(&CHECK, &tab).len(), 1);
    }

    #[test]
    fn an_sdk_or_a_reason_ends_it() {
        let mut tab = waiting();
        tab.version("2.2.119").later(4_000).moment(PageMoment::Hide, "");
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = waiting();
        tab.script(ScriptFault::Failed, "", None).later(4_000).moment(PageMoment::Hide, "");
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = waiting();
        tab.foreign_script(ScriptFault::Failed, "https://js.tracker.test/4371570.js", None);
        tab.later(4_000).moment(PageMoment::Hide, "");
        assert_eq!(found(&CHECK, &tab)[0].evidence.len(), 2, "a script that may be the loader's");
    }

    #[test]
    fn a_loader_that_waits_for_consent_is_not_missing() {
        let mut tab = Tab::new();
        tab.snippet(SdkMoment::Snippet).waits("init", json!([{}])).loaded(Some(true)).later(60_000);
        tab.moment(PageMoment::Route, "https://acme.test/2");
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn a_page_report_is_sufficient() {
        let report = |since| ReportFixture { sdk: Sdk::SnippetOnly, since, ..ReportFixture::new(json!({})) };
        assert_eq!(report(60_000).found(&CHECK).len(), 1);
        assert_eq!(report(500).found(&CHECK), []);
    }

    #[test]
    fn a_page_that_the_browser_kept_or_prerendered_waits_from_when_it_is_shown() {
        let mut tab = waiting();
        tab.moment(PageMoment::Hide, "").later(60_000).moment(PageMoment::Show, "");
        assert_eq!(found(&CHECK, &tab), [], "it stood still in the back/forward cache");
        tab.later(20_000).waits("on", json!([]));
        assert_eq!(found(&CHECK, &tab).len(), 1);
        let mut tab = Tab::new();
        tab.prerendered("https://acme.test/2").snippet(SdkMoment::Snippet).waits("init", json!([{}]));
        tab.moment(PageMoment::Load, "").later(60_000).waits("on", json!([]));
        assert_eq!(found(&CHECK, &tab), [], "it may load the SDK once it is shown");
        tab.moment(PageMoment::Activate, "");
        assert_eq!(found(&CHECK, &tab), []);
        tab.later(20_000).waits("on", json!([]));
        assert_eq!(found(&CHECK, &tab).len(), 1);
    }

    #[test]
    fn a_snippet_that_comes_after_consent_is_waited_for() {
        let late = || {
            let mut tab = Tab::new();
            tab.loaded(Some(false)).later(60_000).snippet(SdkMoment::Snippet).waits("init", json!([{}]));
            tab
        };
        assert_eq!(found(&CHECK, &late()), []);
        let mut tab = late();
        tab.later(1_000).moment(PageMoment::Hide, "");
        assert_eq!(found(&CHECK, &tab), [], "it was left at once");
        let mut tab = late();
        tab.later(4_000).moment(PageMoment::Hide, "");
        assert_eq!(found(&CHECK, &tab).len(), 1);
        let mut tab = late();
        tab.later(20_000).waits("on", json!([]));
        assert_eq!(found(&CHECK, &tab).len(), 1);
    }

    #[test]
    fn a_recording_shows_how_old_the_snippet_of_a_report_is() {
        let report = ReportFixture { sdk: Sdk::SnippetOnly, ..ReportFixture::new(json!({})) };
        let mut tab = Tab::new();
        tab.loaded(Some(false)).later(60_000).moment(PageMoment::Route, "https://acme.test/2");
        assert_eq!(report.found_in(&tab, &CHECK), [], "the recording doesn't have the snippet yet");
        tab.snippet(SdkMoment::Snippet);
        assert_eq!(report.found_in(&tab, &CHECK), []);
        tab.later(20_000).moment(PageMoment::Route, "https://acme.test/");
        assert_eq!(report.found_in(&tab, &CHECK).len(), 1);
    }
}
