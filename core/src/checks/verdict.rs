//! The summary of a recording for the toolbar button.

use super::{Evidence, Finding, Severity};
use crate::recording::entry::DocId;
use crate::recording::history::{Cause, DocumentHistory, Phase, TabHistory, ValueKey};

/// The summary of a recorded tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub state: VerdictState,
    /// The number of findings above a note with evidence in the loaded documents.
    pub problems: usize,
    /// Whether one of them is an error.
    pub grave: bool,
    /// Whether the visitor was edited with the inspector, without a later `reset` or page load.
    pub changed: bool,
}

/// The state of Upscope on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerdictState {
    /// Not observed.
    Nothing,
    /// A snippet or an SDK without a connection.
    NotConnected,
    Connected,
    InSession,
}

/// Summarizes the page that the tab shows, and its frames.
pub fn verdict(history: &TabHistory, findings: &[Finding]) -> Verdict {
    let page = history.page();
    let problems = problems(history, findings);
    let grave = problems.iter().any(|finding| finding.severity == Severity::Error);
    Verdict {
        state: page.map_or(VerdictState::Nothing, state),
        problems: problems.len(),
        grave,
        changed: page.is_some_and(is_changed),
    }
}

/// The findings above a note with evidence in the loaded documents.
pub fn problems<'a>(history: &TabHistory, findings: &'a [Finding]) -> Vec<&'a Finding> {
    let current = current(history);
    let is_current = |evidence: &Evidence| match evidence {
        Evidence::Entry(entry) => current.contains(&entry.doc),
        Evidence::Report(_) => true,
    };
    let graver = findings.iter().filter(|finding| finding.severity < Severity::Note);
    graver.filter(|finding| finding.evidence.iter().any(is_current)).collect()
}

/// The page that the tab shows, and the documents in its frames.
fn current(history: &TabHistory) -> Vec<DocId> {
    let Some(page) = history.page() else { return vec![] };
    let ends = history.documents.iter().filter(|document| document.top && document.origin > page.origin);
    let next = ends.map(|document| document.origin).min().unwrap_or(i64::MAX);
    // Documents loaded before another page replaced it, and after it was shown again.
    let is_in = |origin: i64| (page.origin..next).contains(&origin) || origin >= page.shown_at();
    let frames = history.documents.iter().filter(|document| !document.top && is_in(document.origin));
    frames.map(|document| document.document).chain([page.document]).collect()
}

fn state(page: &DocumentHistory) -> VerdictState {
    let seen = !page.calls.is_empty() || !page.marks.snippets.is_empty() || !page.marks.versions.is_empty();
    match page.phase {
        _ if page.in_session => VerdictState::InSession,
        Phase::Ready => VerdictState::Connected,
        Phase::Before if !seen => VerdictState::Nothing,
        _ => VerdictState::NotConnected,
    }
}

fn is_changed(page: &DocumentHistory) -> bool {
    let reset = page.calls.iter().rposition(|call| call.is("reset") && call.took_effect());
    let since = page.calls.iter().skip(reset.unwrap_or(0));
    let own_code = page.value_history(ValueKey::LookupCode).now().is_some_and(|code| code.cause == Cause::OwnEdit);
    own_code || since.filter(|call| call.is("updateConnection")).any(|call| call.own.is_some() && call.took_effect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{Facts, check};
    use crate::recording::entry::{PageMoment, SocketMoment};
    use crate::recording::fixture::Tab;
    use serde_json::json;

    fn judged(tab: &Tab) -> Verdict {
        let history = tab.history();
        verdict(&history, &check(&Facts::new(&history, None)))
    }

    #[test]
    fn the_state_follows_the_connection_and_the_session() {
        let mut tab = Tab::new();
        assert_eq!(judged(&tab).state, VerdictState::Nothing);
        tab.version("2.2.119");
        assert_eq!(judged(&tab).state, VerdictState::NotConnected);
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        assert_eq!(judged(&tab).state, VerdictState::Connected);
        tab.frame_in("beginSession", json!([]));
        assert_eq!(judged(&tab).state, VerdictState::InSession);
        tab.frame_in("endSession", json!([]));
        assert_eq!(judged(&tab).state, VerdictState::Connected);
        tab.frame_in("continueSession", json!([])).socket(SocketMoment::Close);
        assert_eq!(judged(&tab).state, VerdictState::NotConnected);
        tab.page("https://acme.test/2");
        assert_eq!(judged(&tab).state, VerdictState::Nothing);
    }

    #[test]
    fn only_problems_of_the_current_page_count() {
        let mut tab = Tab::connected(json!({"uniqueId": "ada", "tags": ["#vip"]}));
        let now = judged(&tab);
        assert_eq!((now.problems, now.grave), (1, false));
        tab.document(7, "https://acme.test/frame").version("2.2.119").call("init", json!([{"identities": "ada"}]));
        assert_eq!(judged(&tab).problems, 2, "with its frames");
        tab.page("https://acme.test/2").version("2.2.119").call("init", json!([{"uniqueId": "ada"}])).connect("S1");
        assert_eq!(judged(&tab).problems, 0);
    }

    #[test]
    fn a_snippet_that_is_missing_or_waits_for_consent_is_no_problem() {
        let mut tab = Tab::new();
        tab.moment(PageMoment::Load, "").later(20_000).moment(PageMoment::Route, "https://acme.test/2");
        let history = tab.history();
        let findings = check(&Facts::new(&history, None));
        assert_eq!(findings.iter().map(|finding| finding.check).collect::<Vec<_>>(), ["snippet-missing"]);
        assert_eq!(judged(&tab).problems, 0);
    }

    #[test]
    fn a_page_loaded_ahead_counts_once_it_is_shown() {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.prerendered("https://acme.test/2").version("2.2.119").call("init", json!([{"identities": "ada"}]));
        assert_eq!((judged(&tab).state, judged(&tab).problems), (VerdictState::Connected, 0));
        tab.later(10).moment(PageMoment::Activate, "");
        assert_eq!(judged(&tab).state, VerdictState::NotConnected);
        assert!(judged(&tab).problems > 0);
    }

    #[test]
    fn a_page_that_comes_back_counts_again_with_its_frames() {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        let page = tab.here();
        tab.document(7, "https://acme.test/frame").version("2.2.119").call("init", json!([{"identities": "ada"}]));
        tab.page("https://acme.test/2");
        assert_eq!((judged(&tab).state, judged(&tab).problems), (VerdictState::Nothing, 0));
        tab.back_to(page).later(900_000).moment(PageMoment::Show, "");
        assert_eq!((judged(&tab).state, judged(&tab).problems), (VerdictState::Connected, 1));
    }

    #[test]
    fn an_edit_counts_until_a_reset_or_a_load() {
        let own = json!({"act": "update", "document": "1", "update": {"uniqueId": "mine"}});
        let mut tab = Tab::connected(json!({}));
        tab.call("updateConnection", json!([{"uniqueId": "theirs"}]));
        assert!(!judged(&tab).changed);
        tab.own(own).call("updateConnection", json!([{"uniqueId": "mine"}]));
        assert!(judged(&tab).changed);
        tab.call("reset", json!([]));
        assert!(!judged(&tab).changed);
        tab.own(json!({"act": "setCode", "code": "1234"}));
        assert!(judged(&tab).changed);
        tab.page("https://acme.test/2");
        assert!(!judged(&tab).changed);
    }
}
