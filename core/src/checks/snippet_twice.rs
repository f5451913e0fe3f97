//! Two snippets on one page.
//!
//! Why it matters: The second function replaces the first one, and calls in the first one's queue may never be sent.
//!
//! Rule: Real pages have two snippets, for example from a template and a tag manager. The SDK keeps the function that
//! it finds when it starts (read in the SDK's code).
//!
//! Fix: Remove one snippet, or start the snippet's function with a condition that prevents a second run. Outside of a
//! function, the `return` in it is a syntax error.
//!
//! False positive if: the page removed the first function itself and no call was left unsent, as with a React effect
//! that runs twice in development. Or a script of the page wraps the first function and passes all calls on to it. A
//! first function that received only an `init` without visitor data, or calls that the second one receives too, has no
//! finding. One that received no call has a finding. Calls that couldn't be read may be of this kind. If entries are
//! missing, there is no finding.
//!
//! Example:
//!
//! ```html
//! <script src="/upscope-snippet.js"></script> <!-- from the template -->
//! <script src="/upscope-snippet.js"></script> <!-- and again from the tag manager -->
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity, fix};
use crate::recording::entry::SdkMoment;
use crate::recording::history::{DocumentHistory, Observation, RecordedCall};
use crate::visitor::Field;
use crate::visitor::page_value::PageValue;

pub static CHECK: Check = Check { id: "snippet-twice", severity: Severity::Warning, run };

fn run(facts: &Facts, findings: &mut Findings) {
    for doc in facts.docs().iter().filter(|doc| doc.complete) {
        let snippets = doc.marks.snippets.iter().filter(|mark| mark.value != SdkMoment::Second);
        for again in snippets.skip(1).filter(|again| !is_harmless(doc, again)) {
            findings.add_with(About::default(), Evidence::Entry(again.entry), || {
                fix::code("if (typeof window.Upscope === 'function') return;")
            });
        }
    }
}

/// Nothing is lost if the earlier function only got calls that the later one gets too, as with a React effect that
/// runs twice in development.
fn is_harmless(doc: &DocumentHistory, again: &Observation<SdkMoment>) -> bool {
    let (before, after): (Vec<_>, Vec<_>) = doc.calls.iter().partition(|call| call.entry < again.entry);
    let says_nothing = |call: &&RecordedCall| {
        call.is("init") && Field::ALL.iter().all(|field| call.call.given(field.key()).is_none_or(may_be_nothing))
    };
    let has_same = |one: &RecordedCall, other: &RecordedCall| {
        one.call.args == other.call.args
            || ![one, other].iter().all(|call| call.call.args.iter().all(PageValue::is_whole))
    };
    let is_repeated =
        |call: &&RecordedCall| after.iter().any(|later| later.is(&call.call.name) && has_same(later, call));
    let is_kept = |call: &&RecordedCall| says_nothing(call) || is_repeated(call);
    !before.is_empty() && before.iter().all(is_kept) && after.iter().any(|call| call.is("init"))
}

fn may_be_nothing(value: &PageValue) -> bool {
    value.is_nothing() || value.may_be_nothing()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::found;
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn a_first_function_with_only_init_is_fine() {
        let page = |first: serde_json::Value| {
            let mut tab = Tab::new();
            tab.snippet(SdkMoment::Snippet).waits("init", json!([first])).snippet(SdkMoment::Replaced);
            tab.waits("init", json!([{"uniqueId": "ada"}]));
            found(&CHECK, &tab).len()
        };
        assert_eq!((page(json!({})), page(json!({"uniqueId": "bob"}))), (0, 1));
        assert_eq!(page(json!({"uniqueId": "ada"})), 0, "the second one gets the same");
    }

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
