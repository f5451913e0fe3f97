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
//! False positive if: a script of the page wraps the first function while calls are queued, and passes them on to it
//! later. A first function has no finding if it received no call, if the SDK processed its calls, or if it received
//! only an `init` without visitor data or calls that the second one receives too, as with a React effect that runs twice in
//! development. Calls that couldn't be read may be of this kind. But if calls to the second function stay queued after
//! the handshake, there is a finding. If entries are missing, there is none.
//!
//! Example:
//!
//! ```html
//! <script src="/upscope-snippet.js"></script> <!-- from the template -->
//! <script src="/upscope-snippet.js"></script> <!-- and again from the tag manager -->
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity, fix};
use crate::recording::entry::SdkMoment;
use crate::recording::history::{CallResult, DocumentHistory, Observation, Phase, RecordedCall};
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

/// Whether no call is known to be lost: the SDK processes the earlier function's, and the later one's.
fn is_harmless(doc: &DocumentHistory, again: &Observation<SdkMoment>) -> bool {
    let (before, after): (Vec<_>, Vec<_>) = doc.calls.iter().partition(|call| call.entry < again.entry);
    let all_run = before.iter().all(|call| ran_before(call, again)) || runs_on(doc, &before, &after);
    (all_run || is_repeated(&before, &after)) && !after.iter().any(|call| is_stuck(doc, call, again))
}

/// Whether the SDK had processed the call when the function was replaced.
fn ran_before(call: &RecordedCall, again: &Observation<SdkMoment>) -> bool {
    match call.result {
        CallResult::AtOnce => true,
        CallResult::Processed(entry) => entry < again.entry,
        _ => false,
    }
}

/// Whether the SDK processed the earlier function's queue: its `init` is the only one, and it worked. The later
/// function may be a wrapper.
fn runs_on(doc: &DocumentHistory, before: &[&RecordedCall], after: &[&RecordedCall]) -> bool {
    let has_init = |calls: &[&RecordedCall]| calls.iter().any(|call| call.is("init"));
    let worked = doc.marks.config.is_some() || !doc.marks.handshakes.is_empty();
    worked && has_init(before) && !has_init(after)
}

/// Nothing is lost if the earlier function only got calls that the later one gets too, as with a React effect that
/// runs twice in development.
fn is_repeated(before: &[&RecordedCall], after: &[&RecordedCall]) -> bool {
    let says_nothing = |call: &RecordedCall| {
        call.is("init") && Field::ALL.iter().all(|field| call.call.given(field.key()).is_none_or(may_be_nothing))
    };
    let has_same = |one: &RecordedCall, other: &RecordedCall| {
        one.call.args == other.call.args
            || ![one, other].iter().all(|call| call.call.args.iter().all(PageValue::is_whole))
    };
    let is_again = |call: &RecordedCall| after.iter().any(|later| later.is(&call.call.name) && has_same(later, call));
    before.iter().all(|call| says_nothing(call) || is_again(call)) && after.iter().any(|call| call.is("init"))
}

/// Whether an SDK that was there before the later function doesn't process the later one's call: it processes `init`
/// immediately, and the other calls after the handshake.
fn is_stuck(doc: &DocumentHistory, call: &RecordedCall, again: &Observation<SdkMoment>) -> bool {
    let had_sdk = doc.marks.versions.iter().any(|version| version.entry < again.entry);
    let shakes_later = || doc.marks.handshakes.iter().any(|handshake| handshake.entry > call.entry);
    let is_due = call.is("init") && had_sdk || call.phase == Phase::Ready || shakes_later();
    call.waited() && !call.took_effect() && is_due
}

fn may_be_nothing(value: &PageValue) -> bool {
    value.is_nothing() || value.may_be_nothing()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::found;
    use crate::recording::entry::SocketMoment;
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
        tab.snippet(SdkMoment::Snippet).waits("init", json!([{"uniqueId": "ada"}]));
        assert_eq!(found(&CHECK, &tab), []);
        tab.snippet(SdkMoment::Replaced);
        assert_eq!(found(&CHECK, &tab)[0].evidence, [Evidence::Entry(tab.last())]);
        tab.page("https://acme.test/2").snippet(SdkMoment::Snippet);
        assert_eq!(found(&CHECK, &tab)[0].count, 1);
    }

    #[test]
    fn a_wrapper_that_passes_calls_on_loses_nothing() {
        let page = || {
            let mut tab = Tab::new();
            tab.snippet(SdkMoment::Snippet).waits("init", json!([{"uniqueId": "ada"}])).snippet(SdkMoment::Replaced);
            tab.version("2.2.119").config(json!({"apiKey": "K", "uniqueId": "ada"})).connect("S1");
            tab
        };
        let mut tab = page();
        tab.call("updateConnection", json!([{"tags": ["#A"]}]));
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = page();
        tab.waits("updateConnection", json!([{"tags": ["#A"]}]));
        assert_eq!(found(&CHECK, &tab).len(), 1, "the SDK doesn't process the second function's calls");
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.snippet(SdkMoment::Snippet).snippet(SdkMoment::Replaced).call("logEvent", json!([]));
        assert_eq!(found(&CHECK, &tab), []);
        tab.socket(SocketMoment::Close).waits("logEvent", json!([]));
        assert_eq!(found(&CHECK, &tab), [], "it is queued until the reconnect");
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.snippet(SdkMoment::Snippet).snippet(SdkMoment::Replaced).waits("init", json!([{"uniqueId": "bob"}]));
        assert_eq!(found(&CHECK, &tab).len(), 1);
    }

    #[test]
    fn a_first_function_without_a_call_is_fine() {
        let mut tab = Tab::new();
        tab.snippet(SdkMoment::Snippet).snippet(SdkMoment::Replaced).waits("init", json!([{"uniqueId": "ada"}]));
        assert_eq!(found(&CHECK, &tab), []);
        tab.version("2.2.119").done(0).connect("S1");
        assert_eq!(found(&CHECK, &tab), []);
    }
}
