//! An editor for metadata: a table of keys and typed values, or JSON.

use super::button::IconButton;
use super::error_line::{ErrorLine, ItemError, aria_invalid, error_id};
use super::icon::IconName;
use super::text_editor::TextInput;
use crate::ui::focus::{focus, focus_when};
use crate::ui::i18n::*;
use crate::ui::text::input_text::cell_kind;
use inspector_core::edit::metadata::{CellKind, MetadataEditor, Row};
use leptos::either::Either;
use leptos::html;
use leptos::prelude::*;

/// The id of the JSON input.
const JSON_ID: &str = "metadata-json";

/// Selects the inputs of the keys.
pub const METADATA_KEYS: &str = "[id^=metadata-key-]";

/// Selects the row of a key and its value.
pub const METADATA_ROW: &str = ".entry";

/// The id of the text on values that are kept.
const KEPT_ID: &str = "metadata-kept";

/// The edited metadata. A handle: copies are the same form.
#[derive(Clone, Copy)]
struct Form {
    editor: Signal<MetadataEditor>,
    errors: Signal<Vec<ItemError>>,
    on_change: Callback<MetadataEditor>,
    /// The input of each key.
    keys: StoredValue<Vec<NodeRef<html::Input>>>,
}

#[component]
pub fn MetadataForm(
    #[prop(into)] editor: Signal<MetadataEditor>,
    #[prop(into)] errors: Signal<Vec<ItemError>>,
    /// Called with all metadata after a change.
    #[prop(into)]
    on_change: Callback<MetadataEditor>,
    /// The first input gets the focus while this is true.
    #[prop(optional, into)]
    focused: Option<Signal<bool>>,
) -> impl IntoView {
    let form = Form { editor, errors, on_change, keys: StoredValue::default() };
    let is_json = Memo::new(move |_| editor.with(|editor| matches!(editor, MetadataEditor::Json(_))));
    let keeps_values = Memo::new(move |_| editor.with(keeps_values));
    let body = move || match is_json.get() {
        true => Either::Left(view! { <JsonInput form=form focused=focused /> }),
        false => Either::Right(view! { <Table form=form focused=focused /> }),
    };
    view! {
        {body}
        <ErrorLine input=JSON_ID error=Memo::new(move |_| form.error(|error| error.item.is_none())) />
        <Show when=move || keeps_values.get()>
            <p class="src" id=KEPT_ID>
                {KEPT_HINT}
            </p>
        </Show>
    }
}

fn keeps_values(editor: &MetadataEditor) -> bool {
    matches!(editor, MetadataEditor::Table(rows) if rows.iter().any(|row| row.kind == CellKind::Kept))
}

#[component]
fn JsonInput(form: Form, focused: Option<Signal<bool>>) -> impl IntoView {
    let node_ref = NodeRef::<html::Textarea>::new();
    if let Some(focused) = focused {
        focus_when(node_ref, focused);
    }
    let text = move || {
        form.editor.with(|editor| match editor {
            MetadataEditor::Json(text) => text.clone(),
            MetadataEditor::Table(_) => String::new(),
        })
    };
    view! {
        <textarea
            rows="7"
            spellcheck="false"
            autocomplete="off"
            aria-label=FIELD_METADATA
            aria-describedby=error_id(JSON_ID)
            aria-invalid=move || aria_invalid(form.error_of_input(JSON_ID).as_ref())
            id=JSON_ID
            prop:value=text
            node_ref=node_ref
            on:input:target=move |event| form.on_change.run(MetadataEditor::Json(event.target().value()))
        />
    }
}

/// Rows are keyed by index, like those of a list editor.
#[component]
fn Table(form: Form, focused: Option<Signal<bool>>) -> impl IntoView {
    let count = Memo::new(move |_| form.count());
    view! {
        <div class="items">
            <For each=move || 0..=count.get() key=|index| *index let(index)>
                <TableRow form=form index=index focused=focused.filter(|_| index == 0) />
            </For>
        </div>
    }
}

#[component]
fn TableRow(form: Form, index: usize, focused: Option<Signal<bool>>) -> impl IntoView {
    let number = (index + 1).to_string();
    let (key, value) = (key_id(index), value_id(index));
    let (key_error, value_error) = (form.error_memo(key.clone()), form.error_memo(value.clone()));
    let key_input = form.add_key_input(index);
    if let Some(focused) = focused {
        focus_when(key_input, focused);
    }
    let row = Memo::new(move |_| form.row(index));
    let is_row = Memo::new(move |_| index < form.count());
    let placeholder = move || if is_row.get() { METADATA_KEY.text() } else { ADD_KEY.text() };
    // Under another key there is no value of the page to keep.
    let locked_by = move || row.with(|row| (row.kind == CellKind::Kept).then(|| KEPT_ID.to_owned()));
    view! {
        <div class="entry" class:adding=move || !is_row.get()>
            <TextInput
                id=key.clone()
                label=words::metadata_key_of(&number)
                placeholder=Signal::derive(placeholder)
                text=move || row.with(|row| row.key.clone())
                error=key_error
                on_input=move |text| form.change(index, |row| row.key = text)
                locked_by=Signal::derive(locked_by)
                node_ref=key_input
            />
            <KindSelect form=form index=index row=row />
            <ValueInput form=form index=index row=row />
            <IconButton
                icon=IconName::Close
                action="remove-item"
                label=words::remove_item(&number)
                on_click=move || form.remove(index)
            />
        </div>
        <ErrorLine input=key error=key_error />
        <ErrorLine input=value error=value_error />
    }
}

#[component]
fn KindSelect(form: Form, index: usize, row: Memo<Row>) -> impl IntoView {
    let kind = Memo::new(move |_| row.with(|row| row.kind));
    let option = move |option: CellKind| {
        view! {
            <option value=option.name() prop:selected=move || kind.get() == option>
                {cell_kind(option).text()}
            </option>
        }
    };
    let choose = move |name: String| {
        if let Some(kind) = CellKind::from_name(&name) {
            form.change(index, |row| row.kind = kind);
        }
    };
    let others = CellKind::ALL.into_iter().filter(|kind| *kind != CellKind::Kept);
    view! {
        <select
            aria-label=words::metadata_kind_of(&(index + 1).to_string())
            data-action="metadata-kind"
            on:change:target=move |event| choose(event.target().value())
        >
            // Only a value of the page can be kept.
            <Show when=move || kind.get() == CellKind::Kept>{option(CellKind::Kept)}</Show>
            {others.map(option).collect_view()}
        </select>
    }
}

/// The input for a value, by its kind.
#[component]
fn ValueInput(form: Form, index: usize, row: Memo<Row>) -> impl IntoView {
    let kind = Memo::new(move |_| row.with(|row| row.kind));
    let text = Memo::new(move |_| row.with(|row| row.text.clone()));
    move || match kind.get() {
        CellKind::Null => view! { <span class="null">{"null"}</span> }.into_any(),
        CellKind::Kept => view! { <span class="null"><bdi>{move || text.get()}</bdi></span> }.into_any(),
        CellKind::Boolean => view! { <BooleanInput form=form index=index text=text /> }.into_any(),
        kind => view! { <TextValue form=form index=index text=text kind=kind /> }.into_any(),
    }
}

#[component]
fn TextValue(form: Form, index: usize, text: Memo<String>, kind: CellKind) -> impl IntoView {
    let id = value_id(index);
    view! {
        <TextInput
            id=id.clone()
            label=words::metadata_value_of(&(index + 1).to_string())
            placeholder=METADATA_VALUE.text()
            class=(kind == CellKind::Json).then_some("code")
            inputmode=if kind == CellKind::Number { "decimal" } else { "text" }
            text=text
            error=move || form.error_of_input(&id)
            on_input=move |text| form.change(index, |row| row.text = text)
        />
    }
}

/// True or false. Another text is a third choice until one of the two is chosen.
#[component]
fn BooleanInput(form: Form, index: usize, text: Memo<String>) -> impl IntoView {
    let id = value_id(index);
    let other = move || Some(text.get()).filter(|text| !matches!(text.trim(), "true" | "false"));
    let option = move |word: &'static str| {
        view! {
            <option value=word prop:selected=move || text.with(|text| text.trim() == word)>
                {word}
            </option>
        }
    };
    let choose = move |text| form.change(index, |row| row.text = text);
    view! {
        <select
            aria-label=words::metadata_value_of(&(index + 1).to_string())
            aria-describedby=error_id(&id)
            aria-invalid={
                let id = id.clone();
                move || aria_invalid(form.error_of_input(&id).as_ref())
            }
            id=id
            on:change:target=move |event| choose(event.target().value())
        >
            {move || other().map(|text| view! { <option value=text.clone() prop:selected=true>{text.clone()}</option> })}
            {option("true")}
            {option("false")}
        </select>
    }
}

fn key_id(index: usize) -> String {
    format!("metadata-key-{index}")
}

fn value_id(index: usize) -> String {
    format!("metadata-value-{index}")
}

/// The id of the input with the error.
fn input_of(error: &ItemError) -> String {
    match error.item {
        None => JSON_ID.to_owned(),
        Some(index) if error.in_key => key_id(index),
        Some(index) => value_id(index),
    }
}

fn empty_row() -> Row {
    Row { key: String::new(), kind: CellKind::Text, text: String::new() }
}

impl Form {
    fn error(self, is_wanted: impl Fn(&ItemError) -> bool) -> Option<ItemError> {
        self.errors.with(|errors| errors.iter().find(|error| is_wanted(error)).cloned())
    }

    fn error_of_input(self, id: &str) -> Option<ItemError> {
        self.error(|error| input_of(error) == id)
    }

    fn error_memo(self, id: String) -> Memo<Option<ItemError>> {
        Memo::new(move |_| self.error_of_input(&id))
    }

    /// The number of rows of the table.
    fn count(self) -> usize {
        self.editor.with(|editor| match editor {
            MetadataEditor::Table(rows) => rows.len(),
            MetadataEditor::Json(_) => 0,
        })
    }

    /// A row of the table; an empty one after the last.
    fn row(self, index: usize) -> Row {
        self.editor.with(|editor| match editor {
            MetadataEditor::Table(rows) => rows.get(index).cloned().unwrap_or_else(empty_row),
            MetadataEditor::Json(_) => empty_row(),
        })
    }

    /// The current rows.
    fn rows(self) -> Vec<Row> {
        match self.editor.get_untracked() {
            MetadataEditor::Table(rows) => rows,
            MetadataEditor::Json(_) => vec![],
        }
    }

    /// Changes one row. The empty row is added with its first change, and the last row is removed when it is emptied.
    fn change(self, index: usize, change: impl FnOnce(&mut Row)) {
        let mut rows = self.rows();
        if index >= rows.len() {
            rows.push(empty_row());
        }
        let index = index.min(rows.len() - 1);
        change(&mut rows[index]);
        if index + 1 == rows.len() && rows[index] == empty_row() {
            rows.pop();
        }
        self.on_change.run(MetadataEditor::Table(rows));
    }

    fn remove(self, index: usize) {
        let mut rows = self.rows();
        if index < rows.len() {
            rows.remove(index);
            self.on_change.run(MetadataEditor::Table(rows));
        }
        if let Some(key) = self.keys.with_value(|keys| keys.get(index).copied()) {
            focus(key);
        }
    }

    fn add_key_input(self, index: usize) -> NodeRef<html::Input> {
        let key = NodeRef::new();
        self.keys.update_value(|keys| {
            keys.truncate(index);
            keys.push(key);
        });
        key
    }
}
