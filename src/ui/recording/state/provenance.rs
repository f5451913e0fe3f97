//! The provenance of current values, for the visitor view.

use super::model::Model;
use inspector_core::recording::history::{DocumentHistory, HistoryStep, RecordedCall, ValueKey};

/// The provenance of one current value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Provenance<'a> {
    pub subject: ValueKey,
    pub doc: &'a DocumentHistory,
    pub step: &'a HistoryStep,
    /// The call that set it, if a call did.
    pub call: Option<&'a RecordedCall>,
}

/// Returns the provenance of the current values in the document with this browser ID; `None` if the tab has no
/// recording.
pub fn provenance<'a>(model: &'a Model, document: &str) -> Option<Vec<Provenance<'a>>> {
    if !model.is_recorded() {
        return None;
    }
    let known = model.data.timeline.documents().iter().rev().find(|known| known.sender.document == document);
    let doc = known.and_then(|known| model.data.history.document(known.id));
    Some(doc.map(document_provenance).unwrap_or_default())
}

fn document_provenance(doc: &DocumentHistory) -> Vec<Provenance<'_>> {
    let provenance = |subject| Some(Provenance::new(doc, subject, doc.value_history(subject).now()?));
    ValueKey::all().into_iter().filter_map(provenance).collect()
}

impl<'a> Provenance<'a> {
    /// The provenance in `step` of `doc`, with its call.
    pub fn new(doc: &'a DocumentHistory, subject: ValueKey, step: &'a HistoryStep) -> Self {
        Self { subject, doc, step, call: doc.call(step.entry) }
    }
}
