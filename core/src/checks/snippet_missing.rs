//! No Upscope on this page.
//!
//! Why it matters: Visitors on this page can't be found or helped. This may be intentional, for example if visitors
//! aren't logged in.
//!
//! Rule: When the page has loaded, it has no snippet, no SDK, and no call, and no script that hasn't run yet mentions
//! Upscope.
//!
//! False positive if: it is intentional, or a tag manager adds the snippet later. Therefore, this is a note. A snippet,
//! an SDK, a call, or a failed script that may be Upscope's removes the finding. There is none if the snippet waits for
//! consent or an interaction, or if that is unknown, as in recordings of older versions. Neither is there one in a
//! frame, if entries are missing, or for a prerendered page that isn't shown yet.
//!
//! Example:
//!
//! ```html
//! <!-- The template of the other pages has this line. The template of this page doesn't. -->
//! <script src="/upscope-snippet.js"></script>
//! ```

use super::{About, Check, Evidence, Facts, Findings, ReportPart, Severity};
use crate::page_report::connection::Sdk;
use crate::recording::history::DocumentHistory;

pub static CHECK: Check = Check { id: "snippet-missing", severity: Severity::Note, run };

fn run(facts: &Facts, findings: &mut Findings) {
    // The report may show a snippet that the page didn't have when it loaded.
    if facts.report.is_some_and(|report| matches!(report.sdk, Sdk::SnippetParked(_))) {
        return;
    }
    for doc in facts.docs().iter().filter(|doc| doc.top && doc.complete && !doc.marks.ahead && has_nothing(doc)) {
        if let Some(load) = &doc.marks.load {
            findings.add(About::default(), Evidence::Entry(load.entry));
        }
    }
    if facts.report.is_some_and(|report| report.top && report.loaded && *report.sdk == Sdk::Absent) {
        findings.add(About::default(), Evidence::Report(ReportPart::Sdk));
    }
}

fn has_nothing(doc: &DocumentHistory) -> bool {
    let marks = &doc.marks;
    marks.parked == Some(false)
        && marks.snippets.is_empty()
        && marks.versions.is_empty()
        && marks.faults.is_empty()
        && doc.calls.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{ReportFixture, found};
    use crate::page_report::parked::{ParkedSnippet, WakeEvent};
    use crate::recording::entry::{PageMoment, SdkMoment};
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn only_a_loaded_page_is_found() {
        let mut tab = Tab::new();
        assert_eq!(found(&CHECK, &tab), []);
        tab.moment(PageMoment::Load, "");
        assert_eq!(found(&CHECK, &tab).len(), 1);
        tab.snippet(SdkMoment::Snippet);
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn missing_entries_may_contain_the_snippet() {
        let mut tab = Tab::new();
        tab.lose().moment(PageMoment::Load, "");
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn a_snippet_that_waits_is_not_missing() {
        let parked = ParkedSnippet { until: WakeEvent::Consent, kind: "text/plain".into(), category: None };
        let report = ReportFixture { sdk: Sdk::SnippetParked(parked), ..ReportFixture::new(json!({})) };
        assert_eq!(report.found(&CHECK), []);
        for unproven in [Some(true), None] {
            assert_eq!(found(&CHECK, Tab::new().loaded(unproven)), [], "{unproven:?}");
        }
        assert_eq!(found(&CHECK, Tab::new().loaded(Some(false))).len(), 1);
    }

    #[test]
    fn a_page_report_is_sufficient() {
        let report = ReportFixture { sdk: Sdk::Absent, ..ReportFixture::new(json!({})) };
        assert_eq!(report.found(&CHECK).len(), 1);
        assert_eq!(ReportFixture::new(json!({})).found(&CHECK), []);
    }

    #[test]
    fn a_prerendered_page_may_add_the_snippet_once_it_is_shown() {
        let mut tab = Tab::new();
        tab.prerendered("https://acme.test/2").loaded(Some(false));
        assert_eq!(found(&CHECK, &tab), []);
        tab.moment(PageMoment::Activate, "");
        assert_eq!(found(&CHECK, &tab).len(), 1);
    }

    #[test]
    fn a_report_of_a_page_that_still_loads_shows_nothing() {
        let report = ReportFixture { sdk: Sdk::Absent, loaded: false, ..ReportFixture::new(json!({})) };
        assert_eq!(report.found(&CHECK), []);
    }
}
