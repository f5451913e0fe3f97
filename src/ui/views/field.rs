//! One field: as read, or being edited.

use super::editor;
use super::panels::origin;
use super::reading::{field_json, joined, quiet, reading, source_of};
use super::server;
use crate::app::copying::Copied;
use crate::app::popup::{CopyWhat, Event, Mode, Model};
use crate::browser::preferences::is_masked;
use crate::ui::components::{Icon, Seg, icon_button, seg};
use crate::ui::dom::{Node, el, fragment, live, on};
use crate::ui::focus::focus_soon;
use crate::ui::i18n::*;
use crate::ui::parts;
use crate::ui::store::Store;
use crate::ui::words::field::name;
use inspector_core::edit::change::Change;
use inspector_core::edit::draft::Editor;
use inspector_core::visitor::flaw::Flaw;
use inspector_core::visitor::{Field, FieldReading, Visitor};
use leptos::prelude::window;
use leptos::web_sys::{Element, EventTarget, KeyboardEvent};
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// What is done to a field, in the order of the choice.
const KEEP: usize = 0;
const SET: usize = 1;
const REMOVE: usize = 2;

/// Where a value is typed.
const INPUT: &str = "input:not([type=radio]), textarea";

#[derive(Clone, Copy)]
struct FieldView {
    store: Store,
    field: Field,
}

pub fn field(store: Store, field: Field) -> Node {
    let view = FieldView { store, field };
    el("section")
        .class("field")
        .live_class("editing", move || view.is_edited())
        .attr("data-field", field.key())
        .live_attr("data-value", move || view.with(|read| field_json(&read.now)))
        .live_attr("data-source", move || view.with(|read| source_of(&read.now).map(str::to_owned)))
        .on("keydown", move |event| view.key(event.unchecked_ref()))
        .live(move || Some(if view.is_edited() { view.editing() } else { view.shown() }))
}

/// Whether the page's Upscope takes calls and the organisation lets them be made, so that there is something to edit.
pub fn is_editable(model: &Model) -> bool {
    takes_calls(model) && model.hold().is_none()
}

/// Whether the page's Upscope takes calls.
pub fn takes_calls(model: &Model) -> bool {
    model.report().is_some_and(|report| report.sdk.takes_calls())
}

fn is_switching(model: &Model) -> bool {
    model.edit.mode == Mode::Switch && model.hold().is_none()
}

fn choice(model: &Model, field: Field) -> usize {
    match model.edit.draft.change(field) {
        // An edit from before is kept, but not shown.
        _ if model.hold().is_some() => KEEP,
        Change::Keep => KEEP,
        Change::Set(_) => SET,
        Change::Remove => REMOVE,
    }
}

impl FieldView {
    fn is_edited(self) -> bool {
        self.store.with(|model| choice(model, self.field)) != KEEP
    }

    /// Looks at the field as read.
    fn with<T>(self, look: impl FnOnce(&FieldReading) -> Option<T>) -> Option<T> {
        self.store.with(|model| look(model.report()?.visitor.field(self.field)))
    }

    fn shown(self) -> Node {
        let FieldView { store, field } = self;
        let repair = on(move |flaw: Flaw| self.repair(&flaw));
        let editable = move || store.with(is_editable);
        let value = move || match store.with(is_switching) {
            true => Some(quiet("none", LEFT_OUT)),
            false => self.with(|read| Some(reading(field, read, editable().then_some(&repair)))),
        };
        let edit = move || {
            let label = edit_field(&name(field).text());
            editable().then(|| icon_button(Icon::Pencil, "edit", label, on(move |()| self.choose(SET))))
        };
        fragment([
            el("h2").class("name").words(name(field)),
            el("div")
                .class("read")
                .live(value)
                .live(move || self.copied())
                .child(origin(store, field.key()))
                .child(server::line(store, field.key())),
            live(edit),
        ])
    }

    fn editing(self) -> Node {
        let FieldView { store, field } = self;
        let chosen = move || store.with(|model| choice(model, field));
        let choices = move || {
            Some(seg(Seg {
                id: format!("choice-{}", field.key()),
                label: change_of(&name(field).text()),
                options: options(store.with(is_switching)),
                chosen: Arc::new(chosen),
                on: on(move |index| self.choose(index)),
            }))
        };
        let head = el("div").class("edit-head").child(el("h2").class("name").words(name(field))).live(choices);
        let head = head.setup(move |_| parts::offers(store));
        let input = move || Some(if chosen() == SET { editor::editor(store, field) } else { self.removal() });
        fragment([head, live(input)])
    }

    /// What removing takes away.
    fn removal(self) -> Node {
        let words = move || match self.with(|read| read.now.value().filter(|value| value.is_whole()).map(joined)) {
            Some(value) => will_be_removed(&value),
            None => WILL_BE_REMOVED_UNKNOWN.text(),
        };
        el("p").class("src").child(el("bdi").live_text(words))
    }

    fn focus(self, selector: &str) {
        focus_soon(format!("[data-field={}] :is({selector})", self.field.key()));
    }

    fn choose(self, choice: usize) {
        let FieldView { store, field } = self;
        let begin =
            || store.typed(field).unwrap_or_else(|| self.start(|visitor| Editor::starting_from(field, visitor)));
        let change = match choice {
            SET => Change::Set(begin()),
            REMOVE => Change::Remove,
            _ => Change::Keep,
        };
        store.keep_typed(
            field,
            store.read(|model| match model.edit.draft.change(field) {
                Change::Set(editor) => Some(editor.clone()),
                _ => None,
            }),
        );
        let selector = if choice == KEEP { "[data-action=edit]" } else { INPUT };
        store.dispatch(Event::Edit(field, change));
        if choice != REMOVE {
            self.focus(selector);
        }
    }

    /// That the value was copied, since no button can say it.
    fn copied(self) -> Option<Node> {
        let how = self.store.with(|model| Copied::how(model.copied.as_ref(), &CopyWhat::Field(self.field)))?;
        Some(el("p").class("src copied").words(if how { COPIED_MASKED } else { COPIED }))
    }

    /// Enter on the value begins to edit it, the keys that copy a text copy it. Escape leaves it as it is, and the popup open:
    /// what was typed comes back.
    fn key(self, event: &KeyboardEvent) {
        if is_copying(event) {
            event.prevent_default();
            let what = CopyWhat::Field(self.field);
            return self.store.dispatch(Event::Copy { what, masked: is_masked() });
        }
        let choice = match event.key().as_str() {
            "Enter" if !event.ctrl_key() && is_on_value(event) && self.store.read(is_editable) => SET,
            "Escape" if self.store.read(|model| choice(model, self.field)) != KEEP => KEEP,
            _ => return,
        };
        event.prevent_default();
        self.choose(choice);
    }

    fn repair(self, flaw: &Flaw) {
        let editor = self.start(|visitor| Editor::repairing(self.field, visitor, flaw));
        self.store.dispatch(Event::Edit(self.field, Change::Set(editor)));
        self.focus(INPUT);
    }

    /// An editor made from the visitor that the draft changes.
    fn start(self, make: impl FnOnce(&Visitor) -> Editor) -> Editor {
        self.store.read(|model| match model.report() {
            Some(report) if model.edit.mode == Mode::Update => make(&report.visitor),
            _ => make(&Visitor::nobody()),
        })
    }
}

fn is_on_value(event: &KeyboardEvent) -> bool {
    let is_value = |target: EventTarget| target.unchecked_ref::<Element>().class_list().contains("val");
    event.target().is_some_and(is_value)
}

/// Where no text is selected: the browser copies that itself.
fn is_copying(event: &KeyboardEvent) -> bool {
    let nothing = || window().get_selection().ok().flatten().is_none_or(|selection| selection.is_collapsed());
    let asks = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
    asks && event.key().eq_ignore_ascii_case("c") && is_on_value(event) && nothing()
}

/// What can be chosen; a new visitor has nothing to remove.
fn options(switching: bool) -> Vec<(&'static str, String)> {
    match switching {
        true => vec![("keep", LEAVE_OUT.text()), ("set", GIVE.text())],
        false => vec![("keep", KEEP_WORD.text()), ("set", SET_WORD.text()), ("remove", REMOVE_WORD.text())],
    }
}
