//! The history of one value, across page loads and frames.

use inspector_core::recording::entry::DocId;
use inspector_core::recording::history::{DocumentHistory, HistoryStep, TabHistory, ValueKey};
use inspector_core::visitor::page_value::PageValue;

/// One past or current value.
#[derive(Debug, PartialEq)]
pub struct ValuePeriod<'a> {
    pub step: &'a HistoryStep,
    /// The previous value, if one is known.
    pub before: Option<&'a PageValue>,
    /// How long it was current, in milliseconds; `None` if it still is, or was when the page was left.
    pub lasted: Option<i64>,
    /// It is the current value in the newest document of its frame.
    pub is_current: bool,
}

/// The documents for which the history contains `subject`, newest first.
pub fn documents_with(tab_history: &TabHistory, subject: ValueKey) -> impl Iterator<Item = &DocumentHistory> {
    tab_history.documents.iter().rev().filter(move |doc| !doc.value_history(subject).steps.is_empty())
}

fn is_current(tab_history: &TabHistory, id: DocId) -> bool {
    tab_history
        .document(id)
        .and_then(|doc| tab_history.current(doc.frame))
        .is_some_and(|current| current.document == id)
}

/// One value of `subject` in a document. `index` counts from the oldest.
pub fn period<'a>(
    tab_history: &TabHistory,
    doc: &'a DocumentHistory,
    subject: ValueKey,
    index: usize,
) -> Option<ValuePeriod<'a>> {
    let steps = &doc.value_history(subject).steps;
    let (step, next) = (steps.get(index)?, steps.get(index + 1));
    let before = index.checked_sub(1).and_then(|before| steps[before].value.as_ref());
    let lasted = next.map(|next| next.t.saturating_sub(step.t));
    let is_current = next.is_none() && is_current(tab_history, doc.document);
    Some(ValuePeriod { step, before, lasted, is_current })
}

#[cfg(test)]
mod tests {
    use super::*;
    use inspector_core::recording::fixture::Tab;
    use inspector_core::visitor::Field;
    use serde_json::json;

    #[test]
    fn an_overwritten_value_has_its_duration() {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.later(1000).call("updateConnection", json!([{"uniqueId": "bob"}]));
        tab.page("https://acme.test/2").call("init", json!([{"uniqueId": "eve"}]));
        let tab_history = tab.history();
        let subject = ValueKey::Field(Field::UniqueId);
        let docs: Vec<_> = documents_with(&tab_history, subject).collect();
        assert_eq!(docs[1].url, "https://acme.test/");
        let at = |doc, index| period(&tab_history, doc, subject, index).unwrap();
        let [oldest, overwriting] = [0, 1].map(|index| at(docs[1], index));
        assert_eq!(overwriting.before, Some(&PageValue::Text("ada".into())));
        assert_eq!((overwriting.lasted, overwriting.is_current), (None, false));
        assert!(oldest.lasted.unwrap() > 1000, "{oldest:?}");
        assert!(at(docs[0], 0).is_current);
        assert_eq!(period(&tab_history, docs[1], subject, 2), None);
        assert_eq!(documents_with(&tab_history, ValueKey::Field(Field::Tags)).count(), 0);
    }
}
