//! SDK that doesn't start in a frame.
//!
//! Why it matters: Calls in this frame have no effect. Only the outer page identifies the visitor.
//!
//! Rule: Read in the code of SDK 2.2.119: the SDK doesn't start in a frame if the outer page is readable and has any
//! `Upscope`.
//!
//! False positive if: the frame is an embedded part of the outer page, which identifies the visitor on purpose.
//! Therefore, this is a note. If an SDK starts in the frame, or if entries are missing, there is no finding. A
//! recording shows none for a frame that makes no call.
//!
//! Example:
//!
//! ```html
//! <!-- https://shop.acme.example has Upscope. It embeds a page that has Upscope too: -->
//! <iframe src="https://shop.acme.example/help"></iframe>
//! ```

use super::{About, Check, Evidence, Facts, Findings, ReportPart, Severity};
use crate::page_report::connection::{Refusal, Sdk};

pub static CHECK: Check = Check { id: "framed", severity: Severity::Note, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for doc in facts.docs().iter().filter(|doc| doc.complete && doc.marks.versions.is_empty() && !doc.calls.is_empty())
    {
        if let Some(entry) = doc.marks.parent_sdk {
            findings.add(About::name(&doc.url), Evidence::Entry(entry));
        }
    }
    if facts.report.is_some_and(|report| *report.sdk == Sdk::Refused(Refusal::Framed)) {
        findings.add(About::default(), Evidence::Report(ReportPart::Sdk));
    }
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
    fn calls_under_a_parent_with_upscope_are_found() {
        let mut tab = Tab::new();
        tab.document(7, "https://acme.test/frame");
        tab.sdk(SdkEntry { parent_sdk: true, ..sdk(SdkMoment::Snippet) });
        assert_eq!(found(&CHECK, &tab), []);
        tab.waits("init", json!([]));
        assert_eq!(found(&CHECK, &tab).len(), 1);
        tab.version("2.2.119");
        assert_eq!(found(&CHECK, &tab), []);
        let report = ReportFixture { sdk: Sdk::Refused(Refusal::Framed), ..ReportFixture::new(json!({})) };
        assert_eq!(report.found(&CHECK).len(), 1);
    }
}
