//! The input of one field, between the draft and the components.

use crate::app::popup::{Event, Model};
use crate::ui::components::{
    ItemError, ListEditor, MetadataForm, Seg, TextEditor, Tone, button, list_editor, metadata_editor, notice, seg,
    text_editor,
};
use crate::ui::dom::{Live, Node, el, fragment, live, on, paragraph};
use crate::ui::i18n::*;
use crate::ui::store::Store;
use crate::ui::words::{field, input};
use inspector_core::edit::change::Change;
use inspector_core::edit::draft::{Editor, ErrorKind, FieldError};
use inspector_core::edit::metadata::{CellKind, MetadataEditor};
use inspector_core::visitor::Field;
use std::sync::Arc;

pub fn editor(store: Store, field: Field) -> Node {
    let errors: Live<_> = Arc::new(move || store.with(|model| errors(model, field)));
    let input = match field {
        Field::UniqueId => text(store, field, errors),
        Field::Metadata => metadata(store, errors),
        Field::Identities | Field::Tags | Field::IntegrationIds => list(store, field, errors),
    };
    fragment([replacing(store, field), input])
}

/// Every error of `field` as typed, without the one that [`replacing`] tells.
fn errors(model: &Model, field: Field) -> Vec<ItemError> {
    errors_of(model, field).filter(|error| error.kind != ErrorKind::NotRead).map(item_error).collect()
}

fn errors_of(model: &Model, field: Field) -> impl Iterator<Item = FieldError> {
    model.patch().err().unwrap_or_default().into_iter().filter(move |error| error.field == field)
}

/// Why the whole value cannot be edited here, and the way to replace it knowingly.
fn replacing(store: Store, field: Field) -> Node {
    let is_asked = move |model: &Model| errors_of(model, field).any(|error| error.kind == ErrorKind::NotRead);
    let question = move || {
        let words = paragraph(ERROR_NOT_READ);
        let agree = button("btn", "replace-anyway", REPLACE_ANYWAY.text(), store.on(Event::ReplaceUnread(field)));
        let actions = el("div").class("actions").child(agree);
        notice(Tone::Warn, None, [words, actions]).attr("data-error", input::error_key(&ErrorKind::NotRead))
    };
    live(move || store.with(is_asked).then(question))
}

fn item_error(error: FieldError) -> ItemError {
    let nothing_yet = matches!(error.kind, ErrorKind::Empty | ErrorKind::EmptyList);
    ItemError {
        item: error.item,
        kind: input::error_key(&error.kind),
        words: input::error(&error.kind, error.item.is_some()),
        repair: error.repair,
        quiet: error.item.is_none() && nothing_yet,
    }
}

fn set(store: Store, field: Field, editor: Editor) {
    store.dispatch(Event::Edit(field, Change::Set(editor)));
}

fn text(store: Store, field: Field, errors: Live<Vec<ItemError>>) -> Node {
    let text = move |model: &Model| match model.edit.draft.change(field) {
        Change::Set(Editor::Text(text)) => text.clone(),
        _ => String::new(),
    };
    text_editor(TextEditor {
        id: format!("{}-0", field.key()),
        label: field::name(field).text(),
        placeholder: field::placeholder(field).text(),
        text: Arc::new(move || store.with(text)),
        error: Arc::new(move || errors().into_iter().next()),
        on: on(move |text| set(store, field, Editor::Text(text))),
    })
}

fn list(store: Store, field: Field, errors: Live<Vec<ItemError>>) -> Node {
    let items = move |model: &Model| match model.edit.draft.change(field) {
        Change::Set(Editor::List(items)) => items.clone(),
        _ => vec![],
    };
    let list = list_editor(ListEditor {
        id: field.key().to_owned(),
        label: field::name(field).text(),
        placeholder: field::placeholder(field).text(),
        items: Arc::new(move || store.with(items)),
        errors,
        on: on(move |items| set(store, field, Editor::List(items))),
    });
    let hint = (field == Field::IntegrationIds).then(|| el("p").class("src").words(INTEGRATION_HINT));
    fragment([Some(list), hint].into_iter().flatten())
}

fn metadata(store: Store, errors: Live<Vec<ItemError>>) -> Node {
    let editor = move || {
        store.with(|model| match model.edit.draft.change(Field::Metadata) {
            Change::Set(Editor::Metadata(editor)) => editor.clone(),
            _ => MetadataEditor::Table(vec![]),
        })
    };
    let has_kept =
        move || matches!(editor(), MetadataEditor::Table(rows) if rows.iter().any(|row| row.kind == CellKind::Kept));
    let hint = live(move || has_kept().then(|| el("p").class("src").words(KEPT_HINT)));
    let change = move |editor| set(store, Field::Metadata, Editor::Metadata(editor));
    let form = seg(Seg {
        id: "metadata-form".into(),
        label: METADATA_FORM.text(),
        options: vec![("metadata-table", METADATA_TABLE.text()), ("metadata-json", METADATA_JSON.text())],
        chosen: Arc::new(move || matches!(editor(), MetadataEditor::Json(_)) as usize),
        on: on(move |_| change(editor().switched())),
    });
    fragment([
        metadata_editor(MetadataForm { editor: Arc::new(editor), errors, on: on(change) }),
        hint,
        el("div").class("form-choice").child(form),
    ])
}
