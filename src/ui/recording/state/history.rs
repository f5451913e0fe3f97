//! The history of one value, across page loads and frames.

use inspector_core::recording::entry::DocId;
use inspector_core::recording::history::{DocumentHistory, HistoryStep, TabHistory, ValueKey};
use inspector_core::visitor::page_value::PageValue;

/// The values in one document, newest first. Documents also come newest first.
#[derive(Debug, PartialEq)]
pub struct DocumentPeriods<'a> {
    pub doc: &'a DocumentHistory,
    pub periods: Vec<ValuePeriod<'a>>,
}

/// One past or current value.
#[derive(Debug, PartialEq)]
pub struct ValuePeriod<'a> {
    pub step: &'a HistoryStep,
    /// The previous value, if one is known.
    pub before: Option<&'a PageValue>,
    /// How long it was current, in milliseconds; `None` if it still is, or was when the page was left.
    pub lasted: Option<i64>,
    /// It is the current value in the newest document of its frame.
    pub now: bool,
}

/// Returns everything that the history contains about `subject`.
pub fn history(tab_history: &TabHistory, subject: ValueKey) -> Vec<DocumentPeriods<'_>> {
    let documents = tab_history.documents.iter().rev().filter(|doc| !doc.value_history(subject).steps.is_empty());
    documents
        .map(|doc| DocumentPeriods { doc, periods: periods(doc, subject, is_current(tab_history, doc.document)) })
        .collect()
}

fn is_current(tab_history: &TabHistory, id: DocId) -> bool {
    tab_history
        .document(id)
        .and_then(|doc| tab_history.current(doc.frame))
        .is_some_and(|current| current.document == id)
}

fn periods(doc: &DocumentHistory, subject: ValueKey, current: bool) -> Vec<ValuePeriod<'_>> {
    let steps = &doc.value_history(subject).steps;
    let periods = steps.iter().enumerate().map(|(index, step)| {
        let next = steps.get(index + 1);
        let before = index.checked_sub(1).and_then(|before| steps[before].value.as_ref());
        let lasted = next.map(|next| next.t.saturating_sub(step.t));
        ValuePeriod { step, before, lasted, now: current && next.is_none() }
    });
    periods.rev().collect()
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
        let past = history(&tab_history, ValueKey::Field(Field::UniqueId));
        let urls: Vec<_> = past.iter().map(|past| past.doc.url.as_str()).collect();
        assert_eq!(urls[1], "https://acme.test/");
        let periods = &past[1].periods;
        assert_eq!(periods[0].before, Some(&PageValue::Text("ada".into())));
        assert_eq!((periods[0].lasted, periods[0].now), (None, false));
        assert!(periods[1].lasted.unwrap() > 1000, "{:?}", periods[1]);
        assert!(history(&tab_history, ValueKey::Field(Field::Tags)).is_empty());
    }
}
