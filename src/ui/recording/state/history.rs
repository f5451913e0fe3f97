//! The history of one value, across page loads and frames.

use inspector_core::recording::entry::DocId;
use inspector_core::recording::history::{DocumentHistory, HistoryStep, TabHistory, ValueKey};
use inspector_core::visitor::page_value::PageValue;

/// What one document says of the value, newest first; documents come newest first too.
#[derive(Debug, PartialEq)]
pub struct Past<'a> {
    pub doc: &'a DocumentHistory,
    pub held: Vec<Held<'a>>,
}

/// One value that was held.
#[derive(Debug, PartialEq)]
pub struct Held<'a> {
    pub step: &'a HistoryStep,
    /// What it took the place of, where something is known to have been there.
    pub before: Option<&'a PageValue>,
    /// How long it was held, in milliseconds; `None` while it is, or was when the page was left.
    pub lasted: Option<i64>,
    /// It holds now, in the newest document of its frame.
    pub now: bool,
}

/// Everything the story tells of `subject`.
pub fn history(story: &TabHistory, subject: ValueKey) -> Vec<Past<'_>> {
    let told = story.documents.iter().rev().filter(|doc| !doc.value_history(subject).steps.is_empty());
    told.map(|doc| Past { doc, held: held(doc, subject, is_current(story, doc.document)) }).collect()
}

fn is_current(story: &TabHistory, id: DocId) -> bool {
    story.document(id).and_then(|doc| story.current(doc.frame)).is_some_and(|current| current.document == id)
}

fn held(doc: &DocumentHistory, subject: ValueKey, current: bool) -> Vec<Held<'_>> {
    let steps = &doc.value_history(subject).steps;
    let held = steps.iter().enumerate().map(|(index, step)| {
        let next = steps.get(index + 1);
        let before = index.checked_sub(1).and_then(|before| steps[before].value.as_ref());
        let lasted = next.map(|next| next.t.saturating_sub(step.t));
        Held { step, before, lasted, now: current && next.is_none() }
    });
    held.rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use inspector_core::recording::fixture::Tab;
    use inspector_core::visitor::Field;
    use serde_json::json;

    #[test]
    fn what_was_overwritten_is_told_with_how_long_it_held() {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.later(1000).call("updateConnection", json!([{"uniqueId": "bob"}]));
        tab.page("https://acme.test/2").call("init", json!([{"uniqueId": "eve"}]));
        let story = tab.history();
        let past = history(&story, ValueKey::Field(Field::UniqueId));
        let urls: Vec<_> = past.iter().map(|past| past.doc.url.as_str()).collect();
        assert_eq!(urls[1], "https://acme.test/");
        let held = &past[1].held;
        assert_eq!(held[0].before, Some(&PageValue::Text("ada".into())));
        assert_eq!((held[0].lasted, held[0].now), (None, false));
        assert!(held[1].lasted.unwrap() > 1000, "{:?}", held[1]);
        assert!(history(&story, ValueKey::Field(Field::Tags)).is_empty());
    }
}
