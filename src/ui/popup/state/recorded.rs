//! What the popup shows of a recording, and which of its panels is in front. A lazy part of the program reads the recording;
//! it is loaded when there is one, or when the person asks for it.

use super::event::Effect;
use super::model::{Model, View};
use inspector_core::edit::draft::Draft;
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::visitor::Field;
use inspector_core::visitor::page_value::PageValue;

/// What stands below the popup's header.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Panel {
    #[default]
    Visitor,
    /// A recorded view, by its name: `timeline`, `checks`, `history:<key>`.
    Recorded(String),
}

/// What a recording tells of the document shown.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Told {
    pub origins: Vec<Origin>,
    /// Findings of the checks graver than a note.
    pub problems: u32,
}

/// What set one value.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// The field's key in the SDK's words.
    pub key: &'static str,
    /// In words for the person.
    pub words: String,
    /// The value of `data-cause`.
    pub cause: String,
    /// The value as the SDK sent it; `None` where that was not recorded.
    pub sent: Option<PageValue>,
}

impl Model {
    /// What set a value, as far as it was recorded in the document shown.
    pub fn origin(&self, key: &str) -> Option<&Origin> {
        self.told.as_ref()?.origins.iter().find(|origin| origin.key == key)
    }

    /// Shows what the SDK sent in the place of what could not be read in the page.
    pub(super) fn take_sent(&mut self) {
        let (Some(told), View::Page(shown)) = (&self.told, &mut self.view) else { return };
        let visitor = &mut shown.frames[shown.at].report.visitor;
        for origin in &told.origins {
            if let (Some(field), Some(sent)) = (Field::from_key(origin.key), &origin.sent) {
                visitor.take_sent(field, sent.clone());
            }
        }
    }
}

/// Puts a panel in front.
pub(super) fn show(model: &mut Model, panel: Panel) -> Vec<Effect> {
    model.panel = panel.clone();
    match panel {
        Panel::Recorded(view) => vec![Effect::ShowRecorded { view }],
        Panel::Visitor => vec![],
    }
}

/// The tab has a recording: it is asked about the document shown.
pub(super) fn found(model: &mut Model) -> Vec<Effect> {
    model.is_recorded = true;
    watch(model)
}

/// Asks what was recorded of the document shown, where anything was.
pub(super) fn watch(model: &Model) -> Vec<Effect> {
    let Some(shown) = model.shown().filter(|_| model.is_recorded) else { return vec![] };
    let document = shown.frame().document_id.clone().unwrap_or_default();
    vec![Effect::WatchRecording { tab: shown.tab.id, document }]
}

/// Takes up an edit that is offered, to be reviewed like any other; one in the making is set aside.
pub(super) fn propose(model: &mut Model, patch: &VisitorPatch) -> Option<Effect> {
    model.set_aside();
    model.edit.draft = Draft::of(patch);
    model.panel = Panel::Visitor;
    model.save_drafts()
}
