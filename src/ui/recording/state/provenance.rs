//! Who set what holds now, for the visitor view.

use super::model::Model;
use inspector_core::recording::history::{DocumentHistory, HistoryStep, RecordedCall, ValueKey};

/// What set one value that holds now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told<'a> {
    pub subject: ValueKey,
    pub doc: &'a DocumentHistory,
    pub step: &'a HistoryStep,
    /// The call, where it was one.
    pub call: Option<&'a RecordedCall>,
}

/// What holds now in the document with this id of the browser's; `None` when the tab has no recording.
pub fn provenance<'a>(model: &'a Model, document: &str) -> Option<Vec<Told<'a>>> {
    if !model.is_recorded() {
        return None;
    }
    let known = model.data.timeline.documents().iter().rev().find(|known| known.sender.document == document);
    let doc = known.and_then(|known| model.data.story.document(known.id));
    Some(doc.map(of_document).unwrap_or_default())
}

fn of_document(doc: &DocumentHistory) -> Vec<Told<'_>> {
    let told = |subject| Some(Told::new(doc, subject, doc.value_history(subject).now()?));
    ValueKey::ALL.into_iter().filter_map(told).collect()
}

impl<'a> Told<'a> {
    /// `step` of `doc`, with its call.
    pub fn new(doc: &'a DocumentHistory, subject: ValueKey, step: &'a HistoryStep) -> Self {
        Self { subject, doc, step, call: doc.call(step.entry) }
    }
}
