//! Framed page that does not load the SDK.
//!
//! Why it matters: calls made inside this frame have no effect; the page around it speaks for the visitor.
//!
//! Rule: *seen* in 2.2.119: inside a frame whose parent is readable and has any `Upscope`, the SDK does not start.
//!
//! Wrong when: the frame is only an embedded part that leaves the visitor to the page around it on purpose; that is why this
//! is a note. An SDK that starts in the frame clears it.
//!
//! Example:
//!
//! ```html
//! <!-- https://shop.acme.example, which has Upscope, holds a page of its own that has it too: -->
//! <iframe src="https://shop.acme.example/help"></iframe>
//! ```

use super::{About, Check, Evidence, Facts, Findings, Seen, Severity};
use crate::page_report::connection::{Refusal, Sdk};

pub static CHECK: Check = Check { id: "framed", severity: Severity::Note, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for doc in facts.docs().iter().filter(|doc| doc.marks.versions.is_empty() && !doc.calls.is_empty()) {
        if let Some(entry) = doc.marks.parent_sdk {
            findings.add(About::name(&doc.url), Evidence::Entry(entry));
        }
    }
    if facts.look.is_some_and(|look| *look.sdk == Sdk::Refused(Refusal::Framed)) {
        findings.add(About::default(), Evidence::Look(Seen::Sdk));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Looked, found};
    use crate::recording::fixture::Tab;
    use serde_json::json;
    use crate::recording::entry::{SdkEntry, SdkMoment};
    use crate::recording::fixture::sdk;

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
        let look = Looked { sdk: Sdk::Refused(Refusal::Framed), ..Looked::new(json!({})) };
        assert_eq!(look.found(&CHECK).len(), 1);
    }
}
