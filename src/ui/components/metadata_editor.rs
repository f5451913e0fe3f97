//! Metadata being typed: a table of keys and typed values, or the whole as JSON.

use super::button::icon_button;
use super::icon::Icon;
use super::item_error::{ItemError, error_line, judged};
use super::rows::rows;
use super::text_editor::text_input;
use crate::ui::dom::{Live, Node, On, Words, el, fragment, live, on, value_of};
use crate::ui::focus::focus_soon;
use crate::ui::i18n::*;
use crate::ui::words::input::cell_kind;
use inspector_core::edit::metadata::{CellKind, MetadataEditor, Row};
use leptos::prelude::untrack;
use std::sync::Arc;

pub struct MetadataForm {
    pub editor: Live<MetadataEditor>,
    pub errors: Live<Vec<ItemError>>,
    /// The whole after a change.
    pub on: On<MetadataEditor>,
}

type Form = Arc<MetadataForm>;

pub fn metadata_editor(form: MetadataForm) -> Node {
    let form = Arc::new(form);
    let whole = error_of(&form, None);
    let body = move || match (form.editor)() {
        MetadataEditor::Json(_) => json(form.clone()),
        MetadataEditor::Table(_) => table(form.clone()),
    };
    fragment([live(move || Some(body())), whole])
}

/// What is wrong with a row, or with the whole.
fn error_of(form: &Form, item: Option<usize>) -> Node {
    let form = form.clone();
    live(move || {
        let error = (form.errors)().into_iter().find(|error| error.item == item)?;
        Some(error_line(input_of(&error), error, on(|_| ())))
    })
}

/// The id of the input that an error is about.
fn input_of(error: &ItemError) -> String {
    match error.item {
        None => "metadata-json".to_owned(),
        Some(place) if error.kind.starts_with("key") => format!("metadata-key-{place}"),
        Some(place) => format!("metadata-value-{place}"),
    }
}

/// Gives an input its id, and tells what is wrong with it.
fn judged_by(form: &Form, input: Node, id: String) -> Node {
    let (form, own) = (form.clone(), id.clone());
    judged(input, id, Arc::new(move || (form.errors)().into_iter().find(|error| input_of(error) == own)))
}

impl MetadataForm {
    fn rows(&self) -> Vec<Row> {
        match (self.editor)() {
            MetadataEditor::Table(rows) => rows,
            MetadataEditor::Json(_) => vec![],
        }
    }

    /// Changes one row; one that is not there yet begins with the change, and the last one goes when it is emptied.
    fn change(&self, place: usize, change: impl FnOnce(&mut Row)) {
        let mut rows = untrack(|| self.rows());
        if place >= rows.len() {
            rows.push(empty_row());
        }
        let place = place.min(rows.len() - 1);
        change(&mut rows[place]);
        if place + 1 == rows.len() && rows[place] == empty_row() {
            rows.pop();
        }
        (self.on)(MetadataEditor::Table(rows));
    }

    fn remove(&self, place: usize) {
        let mut rows = untrack(|| self.rows());
        if place < rows.len() {
            rows.remove(place);
            (self.on)(MetadataEditor::Table(rows));
        }
        focus_soon(format!("#metadata-key-{place}"));
    }
}

fn empty_row() -> Row {
    Row { key: String::new(), kind: CellKind::Text, text: String::new() }
}

fn json(form: Form) -> Node {
    let shown = form.clone();
    let text = move || match (shown.editor)() {
        MetadataEditor::Json(text) => text,
        MetadataEditor::Table(_) => String::new(),
    };
    let input = el("textarea")
        .attr("rows", "7")
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .attr("aria-label", FIELD_METADATA.text())
        .live_value(text);
    let input = judged_by(&form, input, "metadata-json".to_owned());
    input.on("input", move |event| (form.on)(MetadataEditor::Json(value_of(&event))))
}

fn table(form: Form) -> Node {
    let rows_of = form.clone();
    let count: Live<usize> = Arc::new(move || rows_of.rows().len());
    el("div").class("items").child(rows(count, Arc::new(move |place| row(&form, place))))
}

fn row(form: &Form, place: usize) -> Node {
    let number = (place + 1).to_string();
    let set_key = handler(form, move |form, text| form.change(place, |row| row.key = text));
    let value = form.clone();
    let (words, shown) = (form.clone(), form.clone());
    let placeholder = move || if place < words.rows().len() { METADATA_KEY } else { ADD_KEY };
    let key = text_input(metadata_key_of(&number), reading(form, place, |row| row.key), set_key)
        .live_attr("placeholder", move || Some(placeholder().text()));
    let key = judged_by(form, key, format!("metadata-key-{place}"));
    let remove = handler(form, move |form, ()| form.remove(place));
    let kind = reading(form, place, |row| row.kind);
    let entry = el("div")
        .class("entry")
        .live_class("adding", move || place >= shown.rows().len())
        .child(key)
        .child(kind_select(form, place, kind.clone()))
        .live(move || Some(value_input(&value, place, kind())))
        .child(icon_button(Icon::Close, "remove-item", remove_item(&number), remove));
    fragment([entry, error_of(form, Some(place))])
}

/// What `read` finds in a row; in an empty one where there is none yet.
fn reading<T>(form: &Form, place: usize, read: fn(Row) -> T) -> Live<T>
where
    T: 'static,
{
    let form = form.clone();
    Arc::new(move || read(form.rows().into_iter().nth(place).unwrap_or_else(empty_row)))
}

fn handler<T: 'static>(form: &Form, act: impl Fn(&MetadataForm, T) + Send + Sync + 'static) -> On<T> {
    let form = form.clone();
    on(move |value| act(&form, value))
}

fn kind_select(form: &Form, place: usize, chosen: Live<CellKind>) -> Node {
    let is_kept = chosen.clone();
    let option = move |kind: CellKind| {
        let chosen = chosen.clone();
        option(kind.name(), cell_kind(kind).text(), move || chosen() == kind)
    };
    let kept = option.clone();
    let form = form.clone();
    el("select")
        .attr("aria-label", metadata_kind_of(&(place + 1).to_string()))
        .attr("data-action", "metadata-kind")
        .on("change", move |event| {
            if let Some(kind) = CellKind::from_name(&value_of(&event)) {
                form.change(place, |row| row.kind = kind);
            }
        })
        // A value is kept where the page has one, and nowhere else.
        .live(move || (is_kept() == CellKind::Kept).then(|| kept.clone()(CellKind::Kept)))
        .children(CellKind::ALL.into_iter().filter(|kind| *kind != CellKind::Kept).map(option))
}

fn option(value: impl Into<Words>, words: String, chosen: impl Fn() -> bool + 'static) -> Node {
    el("option").attr("value", value).live_flag("selected", chosen).text(words)
}

fn value_input(form: &Form, place: usize, kind: CellKind) -> Node {
    let label = metadata_value_of(&(place + 1).to_string());
    let text = reading(form, place, |row| row.text);
    let typed = handler(form, move |form, text| form.change(place, |row| row.text = text));
    let input = match kind {
        CellKind::Null => return el("span").class("null").text("null"),
        CellKind::Kept => return el("span").class("null").child(el("bdi").live_text(move || text())),
        CellKind::Boolean => boolean_input(label, text, typed),
        _ => text_input(label, text, typed)
            .class_if("code", kind == CellKind::Json)
            .attr("inputmode", if kind == CellKind::Number { "decimal" } else { "text" })
            .attr("placeholder", METADATA_VALUE.text()),
    };
    judged_by(form, input, format!("metadata-value-{place}"))
}

/// True or false; what else was typed before stays as a third choice until one of the two is taken.
fn boolean_input(label: String, text: Live<String>, typed: On<String>) -> Node {
    let other = text.clone();
    let other = move || Some(other()).filter(|text| !matches!(text.trim(), "true" | "false"));
    let word = move |word: &'static str| {
        let text = text.clone();
        option(word, word.to_owned(), move || text().trim() == word)
    };
    el("select")
        .attr("aria-label", label)
        .on("change", move |event| typed(value_of(&event)))
        .live(move || other().map(|text| option(text.clone(), text, || true)))
        .children([word("true"), word("false")])
}
