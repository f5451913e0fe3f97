//! Snippet without an SDK.
//!
//! Why it matters: the snippet collects calls and nothing ever reads them. The loader's script is not asked for (a broken
//! snippet), or something takes it away without an error.
//!
//! Rule: ten seconds after the page loaded, or when it was left, no SDK has come, and no script was seen to fail.
//!
//! Example:
//!
//! ```js
//! window.Upscope = function (...call) { Upscope.q.push(call); };
//! Upscope.q = [];
//! Upscope('init'); // and the line that loads the SDK was left out
//! ```

use super::{About, Check, Evidence, Facts, Findings, Seen, Severity};
use crate::domain::connection::Sdk;
use crate::domain::timeline::entry::EntryId;
use crate::domain::timeline::story::DocStory;

pub static CHECK: Check = Check { id: "sdk-never-came", severity: Severity::Error, run };

/// How long an SDK may take after the page has loaded, in milliseconds.
const PATIENCE_MS: i64 = 10_000;

fn run(facts: &Facts, findings: &mut Findings) {
    for doc in facts.docs().iter().filter(|doc| doc.complete && waited_in_vain(doc)) {
        if let Some(entry) = snippet(doc) {
            findings.add(About::default(), Evidence::Entry(entry));
        }
    }
    if facts.look.is_some_and(|look| *look.sdk == Sdk::SnippetOnly && look.since > PATIENCE_MS) {
        findings.add(About::default(), Evidence::Look(Seen::Sdk));
    }
}

fn waited_in_vain(doc: &DocStory) -> bool {
    let marks = &doc.marks;
    let explained = !marks.versions.is_empty() || !marks.faults.is_empty() || marks.parent_sdk.is_some();
    let load = marks.load.as_ref().map(|load| load.t);
    !explained && load.is_some_and(|load| marks.left.is_some() || doc.last - load > PATIENCE_MS)
}

fn snippet(doc: &DocStory) -> Option<EntryId> {
    let seen = doc.marks.snippets.first().map(|mark| mark.entry);
    seen.or_else(|| doc.calls.first().map(|call| call.entry))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::checks::fixture::{Looked, found};
    use crate::domain::timeline::fixture::Tab;
    use serde_json::json;
    use crate::domain::timeline::entry::{PageMoment, ScriptFault, SdkMoment};

    fn waiting() -> Tab {
        let mut tab = Tab::new();
        tab.snippet(SdkMoment::Snippet).waits("init", json!([{}])).moment(PageMoment::Load, "");
        tab
    }

    #[test]
    fn patience_ends_after_a_while_or_when_the_page_is_left() {
        let mut tab = waiting();
        assert_eq!(found(&CHECK, &tab), []);
        tab.moment(PageMoment::Hide, "");
        assert_eq!(found(&CHECK, &tab).len(), 1);
        let mut tab = waiting();
        tab.later(20_000).waits("on", json!([]));
        assert_eq!(found(&CHECK, &tab).len(), 1);
    }

    #[test]
    fn an_sdk_or_a_reason_ends_it() {
        let mut tab = waiting();
        tab.version("2.2.119").moment(PageMoment::Hide, "");
        assert_eq!(found(&CHECK, &tab), []);
        let mut tab = waiting();
        tab.script(ScriptFault::Failed, "", None).moment(PageMoment::Hide, "");
        assert_eq!(found(&CHECK, &tab), []);
    }

    #[test]
    fn a_look_is_enough() {
        let look = |since| Looked { sdk: Sdk::SnippetOnly, since, ..Looked::new(json!({})) };
        assert_eq!(look(60_000).found(&CHECK).len(), 1);
        assert_eq!(look(500).found(&CHECK), []);
    }
}
