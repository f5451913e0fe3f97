//! The editor of one field, between the draft and the components.

use crate::ui::components::{Button, ItemError, ListEditor, MetadataForm, Notice, Segmented, TextEditor, Tone};
use crate::ui::i18n::*;
use crate::ui::popup::state::{Event, Model};
use crate::ui::popup::store::{FocusTarget, PopupStore};
use crate::ui::text::{field_text, input_text};
use inspector_core::edit::change::Change;
use inspector_core::edit::draft::{Editor, ErrorKind, FieldError};
use inspector_core::edit::metadata::{MetadataEditor, MetadataError};
use inspector_core::visitor::{Field, Shape};
use leptos::either::EitherOf3;
use leptos::prelude::*;

#[component]
pub fn FieldEditor(field: Field) -> impl IntoView {
    let errors = expect_context::<PopupStore>().slice(move |model| errors(model, field));
    let editor = match field.shape() {
        Shape::Text => EitherOf3::A(view! { <FieldTextEditor field=field errors=errors /> }),
        Shape::Metadata => EitherOf3::B(view! { <FieldMetadataEditor field=field errors=errors /> }),
        Shape::List => EitherOf3::C(view! { <FieldListEditor field=field errors=errors /> }),
    };
    view! {
        <ReplaceUnread field=field />
        {editor}
    }
}

/// Every error in `field` except the one that [`ReplaceUnread`] shows.
fn errors(model: &Model, field: Field) -> Vec<ItemError> {
    errors_of(model, field).filter(|error| error.kind != ErrorKind::ReplacesUnread).map(item_error).collect()
}

fn errors_of(model: &Model, field: Field) -> impl Iterator<Item = FieldError> {
    model.patch().err().unwrap_or_default().into_iter().filter(move |error| error.field == field)
}

/// Why the value can't be edited here, and the button that replaces it.
#[component]
fn ReplaceUnread(field: Field) -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let is_unread =
        store.slice(move |model| errors_of(model, field).any(|error| error.kind == ErrorKind::ReplacesUnread));
    view! {
        <Show when=move || is_unread.get()>
            <Notice tone=Tone::Warn attr:data-error=input_text::error_key(&ErrorKind::ReplacesUnread)>
                <p>{ERROR_NOT_READ}</p>
                <div class="actions">
                    <Button action="replace-anyway" on_click=move || store.dispatch(Event::ReplaceUnread(field))>
                        {REPLACE_ANYWAY}
                    </Button>
                </div>
            </Notice>
        </Show>
    }
}

fn item_error(error: FieldError) -> ItemError {
    let is_still_empty = matches!(error.kind, ErrorKind::Empty | ErrorKind::EmptyList);
    ItemError {
        item: error.item,
        in_key: matches!(
            error.kind,
            ErrorKind::Metadata(MetadataError::KeyEmpty | MetadataError::KeyTwice | MetadataError::NotOnPage(_))
        ),
        kind: input_text::error_key(&error.kind),
        text: input_text::error(&error.kind, error.item.is_some()),
        repair: error.repair,
        quiet: error.item.is_none() && is_still_empty,
    }
}

fn edit(store: PopupStore, field: Field, editor: Editor) {
    store.dispatch(Event::Edit(field, Change::Set(editor)));
}

#[component]
fn FieldTextEditor(field: Field, errors: Memo<Vec<ItemError>>) -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let text = store.slice(move |model| match model.edit.draft.change(field) {
        Change::Set(Editor::Text(text)) => text.clone(),
        _ => String::new(),
    });
    view! {
        <TextEditor
            id=format!("{}-0", field.key())
            label=field_text::name(field)
            placeholder=field_text::placeholder(field)
            text=text
            error=move || errors.with(|errors| errors.first().cloned())
            on_input=move |text| edit(store, field, Editor::Text(text))
            focused=store.view_state.wants_focus(FocusTarget::Editor(field))
        />
    }
}

#[component]
fn FieldListEditor(field: Field, errors: Memo<Vec<ItemError>>) -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let items = store.slice(move |model| match model.edit.draft.change(field) {
        Change::Set(Editor::List(items)) => items.clone(),
        _ => vec![],
    });
    view! {
        <ListEditor
            id=field.key()
            label=field_text::name(field)
            placeholder=field_text::placeholder(field)
            items=items
            errors=errors
            on_change=move |items| edit(store, field, Editor::List(items))
            focused=store.view_state.wants_focus(FocusTarget::Editor(field))
        />
        {(field == Field::IntegrationIds).then(|| view! { <p class="src">{INTEGRATION_HINT}</p> })}
    }
}

#[component]
fn FieldMetadataEditor(field: Field, errors: Memo<Vec<ItemError>>) -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let editor = store.slice(|model| model.edited_metadata().unwrap_or_else(|| MetadataEditor::Table(vec![])));
    let is_json = move || editor.with(|editor| matches!(editor, MetadataEditor::Json(_)));
    let change = move |editor| edit(store, field, Editor::Metadata(editor));
    view! {
        <MetadataForm
            editor=editor
            errors=errors
            on_change=change
            focused=store.view_state.wants_focus(FocusTarget::Editor(field))
        />
        <div class="form-choice">
            <Segmented
                id="metadata-form"
                label=METADATA_FORM
                options=vec![
                    (false, "metadata-table", METADATA_TABLE.text()),
                    (true, "metadata-json", METADATA_JSON.text()),
                ]
                chosen=is_json
                on_choose=move |_: bool| change(editor.get_untracked().switched())
            />
        </div>
    }
}
