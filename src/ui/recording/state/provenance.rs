//! The provenance of current values, for the visitor view.

use super::model::Model;
use inspector_core::recording::story::{CallStory, DocStory, Step, Subject};

/// The provenance of one current value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Provenance<'a> {
    pub subject: Subject,
    pub doc: &'a DocStory,
    pub step: &'a Step,
    /// The call that set it, if a call did.
    pub call: Option<&'a CallStory>,
}

/// Returns the provenance of the current values in the document with this browser ID; `None` if the tab has no
/// recording.
pub fn provenance<'a>(model: &'a Model, document: &str) -> Option<Vec<Provenance<'a>>> {
    if !model.is_recorded() {
        return None;
    }
    let known = model.data.timeline.documents().iter().rev().find(|known| known.sender.document == document);
    let doc = known.and_then(|known| model.data.story.document(known.id));
    Some(doc.map(document_provenance).unwrap_or_default())
}

fn document_provenance(doc: &DocStory) -> Vec<Provenance<'_>> {
    let provenance = |subject| Some(Provenance::new(doc, subject, doc.trace(subject).now()?));
    Subject::ALL.into_iter().filter_map(provenance).collect()
}

impl<'a> Provenance<'a> {
    /// The provenance in `step` of `doc`, with its call.
    pub fn new(doc: &'a DocStory, subject: Subject, step: &'a Step) -> Self {
        Self { subject, doc, step, call: doc.call(step.entry) }
    }
}
