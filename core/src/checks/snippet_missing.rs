//! No Upscope on this page.
//!
//! Why it matters: nobody on this page can be found or helped. It may be meant, as on a page for visitors who are not
//! logged in.
//!
//! Rule: neither snippet nor SDK nor a call by the time the page has loaded.
//!
//! Wrong when: it is meant, or a tag manager adds the snippet after the page has loaded; that is why this is a note. A
//! snippet, an SDK or a call clears the page.
//!
//! Example:
//!
//! ```html
//! <!-- The template of the other pages has it, this one's has not. -->
//! <script src="/upscope-snippet.js"></script>
//! ```

use super::{About, Check, Evidence, Facts, Findings, Seen, Severity};
use crate::page_report::connection::Sdk;
use crate::recording::history::DocumentHistory;

pub static CHECK: Check = Check { id: "snippet-missing", severity: Severity::Note, run };

fn run(facts: &Facts, findings: &mut Findings) {
    // It is there, and waits for the visitor's consent or first move.
    if facts.look.is_some_and(|look| matches!(look.sdk, Sdk::SnippetParked(_))) {
        return;
    }
    for doc in facts.docs().iter().filter(|doc| doc.top && doc.complete && has_nothing(doc)) {
        if let Some(load) = &doc.marks.load {
            findings.add(About::default(), Evidence::Entry(load.entry));
        }
    }
    if facts.look.is_some_and(|look| look.top && *look.sdk == Sdk::Absent) {
        findings.add(About::default(), Evidence::Look(Seen::Sdk));
    }
}

fn has_nothing(doc: &DocumentHistory) -> bool {
    let marks = &doc.marks;
    marks.snippets.is_empty() && marks.versions.is_empty() && marks.faults.is_empty() && doc.calls.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Looked, found};
    use crate::page_report::parked::{Parked, WakeEvent};
    use crate::recording::fixture::Tab;
    use serde_json::json;
    use crate::recording::entry::{PageMoment, SdkMoment};

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
        let parked = Parked { until: WakeEvent::Consent, kind: "text/plain".into(), category: None };
        let look = Looked { sdk: Sdk::SnippetParked(parked), ..Looked::new(json!({})) };
        assert_eq!(look.found(&CHECK), []);
    }

    #[test]
    fn a_page_report_is_sufficient() {
        let look = Looked { sdk: Sdk::Absent, ..Looked::new(json!({})) };
        assert_eq!(look.found(&CHECK).len(), 1);
        assert_eq!(Looked::new(json!({})).found(&CHECK), []);
    }
}
