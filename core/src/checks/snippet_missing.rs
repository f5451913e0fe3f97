//! No Upscope on this page.
//!
//! Why it matters: visitors of this page can't be found or helped. This may be intended, for example if visitors are
//! not logged in.
//!
//! Rule: neither a snippet nor an SDK nor a call when the page has loaded.
//!
//! Wrong when: it is intended, or a tag manager adds the snippet later. Therefore this is a note. A snippet, an SDK or
//! a call removes the finding.
//!
//! Example:
//!
//! ```html
//! <!-- The template of the other pages has it, this one's has not. -->
//! <script src="/upscope-snippet.js"></script>
//! ```

use super::{About, Check, Evidence, Facts, Findings, ReportPart, Severity};
use crate::page_report::connection::Sdk;
use crate::recording::history::DocumentHistory;

pub static CHECK: Check = Check { id: "snippet-missing", severity: Severity::Note, run };

fn run(facts: &Facts, findings: &mut Findings) {
    // The snippet exists and waits for consent or an interaction.
    if facts.report.is_some_and(|report| matches!(report.sdk, Sdk::SnippetParked(_))) {
        return;
    }
    for doc in facts.docs().iter().filter(|doc| doc.top && doc.complete && has_nothing(doc)) {
        if let Some(load) = &doc.marks.load {
            findings.add(About::default(), Evidence::Entry(load.entry));
        }
    }
    if facts.report.is_some_and(|report| report.top && *report.sdk == Sdk::Absent) {
        findings.add(About::default(), Evidence::Report(ReportPart::Sdk));
    }
}

fn has_nothing(doc: &DocumentHistory) -> bool {
    let marks = &doc.marks;
    marks.snippets.is_empty() && marks.versions.is_empty() && marks.faults.is_empty() && doc.calls.is_empty()
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
    }

    #[test]
    fn a_page_report_is_sufficient() {
        let report = ReportFixture { sdk: Sdk::Absent, ..ReportFixture::new(json!({})) };
        assert_eq!(report.found(&CHECK).len(), 1);
        assert_eq!(ReportFixture::new(json!({})).found(&CHECK), []);
    }
}
