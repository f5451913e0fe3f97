//! Snippet twice on one page.
//!
//! Why it matters: the later function takes the earlier one's place; calls in its queue may never be read.
//!
//! Rule: real pages (a template and a tag manager, two spellings); the SDK keeps the function it found first (*seen*).
//!
//! Repair: the line that a snippet must begin with.
//!
//! Example:
//!
//! ```html
//! <script src="/upscope-snippet.js"></script> <!-- from the template -->
//! <script src="/upscope-snippet.js"></script> <!-- and again from the tag manager -->
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity, fix};
use crate::domain::timeline::entry::SdkMoment;

pub static CHECK: Check = Check { id: "snippet-twice", severity: Severity::Warning, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for doc in facts.docs() {
        let snippets = doc.marks.snippets.iter().filter(|mark| mark.value != SdkMoment::Second);
        for again in snippets.skip(1) {
            findings.add_with(About::default(), Evidence::Entry(again.entry), || {
                fix::code("if (typeof window.Upscope === 'function') return;")
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::checks::fixture::found;
    use crate::domain::timeline::fixture::Tab;

    #[test]
    fn the_second_is_the_evidence() {
        let mut tab = Tab::new();
        tab.snippet(SdkMoment::Snippet);
        assert_eq!(found(&CHECK, &tab), []);
        tab.snippet(SdkMoment::Replaced);
        assert_eq!(found(&CHECK, &tab)[0].evidence, [Evidence::Entry(tab.last())]);
        tab.page("https://acme.test/2").snippet(SdkMoment::Snippet);
        assert_eq!(found(&CHECK, &tab)[0].count, 1);
    }
}
