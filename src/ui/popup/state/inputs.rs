//! What a person typed in an editor that they closed, in case they return to it.

use super::model::Model;
use super::parts::Mode;
use inspector_core::edit::change::Change;
use inspector_core::edit::draft::Editor;
use inspector_core::visitor::{Field, PerField};

/// The input of each field's last editor.
#[derive(Clone, Debug, Default)]
pub struct UnfinishedInputs(PerField<Option<OpenedEditor>>);

#[derive(Clone, Debug)]
struct OpenedEditor {
    /// The document and the mode that it was opened for.
    document: String,
    mode: Mode,
    /// What it began with; `None` if it didn't begin with the value of the page.
    start: Option<Editor>,
    /// The input when it was closed, if the person changed it.
    typed: Option<Editor>,
}

impl UnfinishedInputs {
    /// Returns the input with which the editor of `field` opens: what the person typed there for this document, or else
    /// the present value.
    pub fn restore(&mut self, model: &Model, field: Field) -> Editor {
        let earlier = self.opened(model, field).and_then(|opened| opened.typed.clone());
        earlier.unwrap_or_else(|| {
            let start = model.starting_editor(field);
            self.store(model, field, Some(start.clone()), None);
            start
        })
    }

    /// Remembers the input of `field` before its editor is closed. Without a change there is nothing to return to.
    pub fn remember(&mut self, model: &Model, field: Field) {
        let Change::Set(input) = model.edit.draft.change(field) else { return };
        let start = self.opened(model, field).and_then(|opened| opened.start.clone());
        let typed = Some(input.clone()).filter(|input| Some(input) != start.as_ref());
        self.store(model, field, start, typed);
    }

    fn opened(&self, model: &Model, field: Field) -> Option<&OpenedEditor> {
        let document = &model.report()?.page.document;
        self.0[field].as_ref().filter(|opened| opened.document == *document && opened.mode == model.edit.mode)
    }

    fn store(&mut self, model: &Model, field: Field, start: Option<Editor>, typed: Option<Editor>) {
        let document = model.report().map(|report| report.page.document.clone());
        self.0[field] = document.map(|document| OpenedEditor { document, mode: model.edit.mode, start, typed });
    }
}
