//! No `init`.
//!
//! Why it matters: The SDK has loaded but hasn't started. Visitors can't be found or helped.
//!
//! Rule: Documentation page "Identifying the Visitor": `init` must be the first call. The inspector reports a page that
//! makes no call at all in the five seconds after the SDK has loaded, or in three seconds if the visitor then leaves
//! the page. Without a recording, the five seconds begin with the document, and the page must have loaded. If the first
//! call is another one, `init-not-first` reports it.
//!
//! Fix: Call `Upscope('init')`.
//!
//! False positive if: the page waits for consent or a login that hasn't happened yet. Without a recording, also if the
//! page has just loaded the SDK and calls `init` next: the age of the SDK is unknown. A later call or a configuration
//! removes the finding. A prerendered page that isn't shown yet has no finding in a recording, and the time in the
//! back/forward cache doesn't count. If entries are missing, the recording shows no finding.
//!
//! Example:
//!
//! ```html
//! <script src="/upscope-snippet.js"></script>
//! <!-- The page has no other script that calls Upscope. -->
//! ```

use super::patience::patience_with;
use super::{About, Check, Evidence, Facts, Findings, ReportPart, Severity, fix};
use crate::page_report::connection::Sdk;

pub static CHECK: Check = Check { id: "init-missing", severity: Severity::Error, run };

/// How long a page may take to call `init` after the SDK has loaded, in milliseconds.
const INIT_MS: i64 = 5_000;

fn run(facts: &Facts, findings: &mut Findings) {
    let call = || fix::code("Upscope('init');");
    for doc in facts.docs().iter().filter(|doc| doc.complete && doc.calls.is_empty() && doc.marks.config.is_none()) {
        let Some(version) = doc.marks.versions.first() else { continue };
        // A prerendered page waits until it is shown.
        if !doc.marks.ahead && doc.last - version.t.max(doc.marks.shown) > patience_with(doc, INIT_MS) {
            findings.add_with(About::default(), Evidence::Entry(version.entry), call);
        }
    }
    let is_reported = facts.report.is_some_and(|report| report.loaded && *report.sdk == Sdk::NotInitialised);
    if is_reported && facts.lasts(|doc| doc.marks.versions.first().map(|version| version.t)) > INIT_MS {
        findings.add_with(About::default(), Evidence::Report(ReportPart::Sdk), call);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{ReportFixture, found};
    use crate::recording::entry::PageMoment;
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn an_sdk_without_init_is_found() {
        let mut tab = Tab::new();
        tab.version("2.2.119");
        assert_eq!(found(&CHECK, &tab), []);
        tab.later(9_000).moment(PageMoment::Load, "");
        assert_eq!(found(&CHECK, &tab).len(), 1);
        tab.call("init", json!([]));
        assert_eq!(found(&CHECK, &tab), []);
        let report = ReportFixture { sdk: Sdk::NotInitialised, ..ReportFixture::new(json!({})) };
        assert_eq!(report.found(&CHECK).len(), 1);
    }

    #[test]
    fn a_page_that_was_left_at_once_or_is_not_shown_yet_is_fine() {
        for (stay, count) in [(100, 0), (4_000, 1)] {
            let mut tab = Tab::new();
            tab.version("2.2.119").later(stay).moment(PageMoment::Hide, "");
            assert_eq!(found(&CHECK, &tab).len(), count);
        }
        let mut tab = Tab::new();
        tab.prerendered("https://acme.test/2").version("2.2.119").later(60_000).moment(PageMoment::Load, "");
        assert_eq!(found(&CHECK, &tab), []);
        tab.moment(PageMoment::Activate, "");
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn missing_entries_may_contain_a_call() {
        let mut tab = Tab::new();
        tab.version("2.2.119").lose().later(9_000).moment(PageMoment::Load, "");
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn a_report_of_an_sdk_that_has_just_loaded_shows_nothing() {
        let report = ReportFixture { sdk: Sdk::NotInitialised, ..ReportFixture::new(json!({})) };
        assert_eq!(ReportFixture { loaded: false, ..report.clone() }.found(&CHECK), []);
        let mut tab = Tab::new();
        tab.loaded(Some(false)).later(60_000).version("2.2.119");
        assert_eq!(report.found_in(&tab, &CHECK), []);
        tab.later(9_000).moment(PageMoment::Route, "https://acme.test/2");
        assert_eq!(report.found_in(&tab, &CHECK)[0].evidence.len(), 2);
    }
}
