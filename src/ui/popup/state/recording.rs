//! The recording of the shown document, and the panel in front. A lazy part of the program reads the recording. It is
//! loaded if there is one, or on request.

use super::event::Effect;
use super::model::{Model, View};
use super::parts::Panel;
use crate::ui::recording::summary::RecordedOrigin;
use inspector_core::edit::draft::Draft;
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::recording::history::ValueKey;

impl Model {
    /// Who set a value, if that was recorded in the shown document.
    pub fn recorded_cause(&self, key: ValueKey) -> Option<&RecordedOrigin> {
        self.summary.as_ref()?.origins.iter().find(|cause| cause.key == key)
    }

    /// Replaces unreadable values of the page by the values that the SDK sent.
    pub(super) fn take_sent(&mut self) {
        let (Some(summary), View::Page(shown)) = (&self.summary, &mut self.view) else { return };
        let visitor = &mut shown.frames[shown.frame_index].report.visitor;
        for origin in &summary.origins {
            if let (ValueKey::Field(field), Some(sent)) = (origin.key, &origin.sent) {
                visitor.take_sent(field, sent.clone());
            }
        }
    }
}

/// Opens a panel.
pub(super) fn show(model: &mut Model, panel: Panel) -> Vec<Effect> {
    model.panel = panel;
    match panel {
        Panel::Recorded(view) => vec![Effect::ShowRecorded { view }],
        Panel::Visitor => vec![],
    }
}

/// Handles that the tab has a recording.
pub(super) fn start_following(model: &mut Model) -> Vec<Effect> {
    model.is_recorded = true;
    follow(model)
}

/// Follows the recording of the shown document, if there is one.
pub(super) fn follow(model: &Model) -> Vec<Effect> {
    let Some(shown) = model.page().filter(|_| model.is_recorded) else { return vec![] };
    let document = shown.frame().document_id.clone().unwrap_or_default();
    vec![Effect::WatchRecording { tab: shown.tab.id, document }]
}

/// Opens a proposed edit for review. The current edit is stored.
pub(super) fn propose(model: &mut Model, patch: &VisitorPatch) -> Option<Effect> {
    model.store_draft();
    model.edit.draft = Draft::from_patch(patch);
    model.panel = Panel::Visitor;
    model.save_drafts()
}
