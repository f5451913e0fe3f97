//! A field, as read or being edited.

use super::cause::SetByLine;
use super::conditions::is_editable;
use super::editor::FieldEditor;
use super::origins::{SharedOriginLines, shows_origin};
use super::reading::{Reading, VALUE_CLASS, field_json, joined, source_of};
use super::server::ServerViewLine;
use crate::lazy::lazy;
use crate::ui::components::{IconButton, IconName, Segmented};
use crate::ui::copying::Copied;
use crate::ui::focus::focus_if_lost;
use crate::ui::i18n::*;
use crate::ui::lazy_view::LazyShow;
use crate::ui::popup::lazy_parts;
use crate::ui::popup::state::{CopyTarget, Event, Mode, Model};
use crate::ui::popup::store::{FocusTarget, PopupStore};
use crate::ui::shortcut::is_unmodified;
use crate::ui::text::field_text::name;
use crate::webext::preferences::is_masked;
use inspector_core::edit::change::Change;
use inspector_core::recording::history::ValueKey;
use inspector_core::visitor::flaw::Flaw;
use inspector_core::visitor::{Field, FieldReading};
use leptos::either::Either;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::web_sys::{Element, EventTarget};
use wasm_bindgen::JsCast;

/// The edits of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FieldChoice {
    Keep,
    Set,
    Remove,
}

/// A field of the shown visitor. A handle: copies are the same field.
#[derive(Clone, Copy)]
struct FieldHandle {
    store: PopupStore,
    field: Field,
    /// The field as read.
    reading: Memo<Option<FieldReading>>,
    /// The edit of the field.
    choice: Memo<FieldChoice>,
}

/// The origins that several values share, then all fields in their order.
#[component]
pub fn Fields() -> impl IntoView {
    view! {
        <SharedOriginLines />
        {Field::ALL.map(|field| view! { <FieldSection field=field /> }).collect_view()}
    }
}

#[component]
pub fn FieldSection(field: Field) -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let reading = store.slice(move |model| Some(model.report()?.visitor.field(field).clone()));
    let choice = store.slice(move |model| choice(model, field));
    let handle = FieldHandle { store, field, reading, choice };
    let is_edited = Memo::new(move |_| choice.get() != FieldChoice::Keep);
    view! {
        <section
            class="field"
            class:editing=move || is_edited.get()
            data-field=field.key()
            data-value=move || reading.with(|reading| field_json(&reading.as_ref()?.now))
            data-source=move || reading.with(|reading| source_of(&reading.as_ref()?.now))
            on:keydown=move |event| handle.handle_key(&event)
        >
            <LazyShow
                when=move || is_edited.get()
                fallback=move || view! { <DisplayedValue handle=handle /> }
                load=move || load_editing(handle)
            />
        </section>
    }
}

/// Whether the draft is for a new visitor, who is identified after a logout.
fn is_new_visitor(model: &Model) -> bool {
    model.edit.mode == Mode::Switch && model.restriction().is_none()
}

fn choice(model: &Model, field: Field) -> FieldChoice {
    match model.edit.draft.change(field) {
        // An earlier edit stays stored, but isn't shown.
        _ if model.restriction().is_some() => FieldChoice::Keep,
        Change::Keep => FieldChoice::Keep,
        Change::Set(_) => FieldChoice::Set,
        Change::Remove => FieldChoice::Remove,
    }
}

/// The field as read.
#[component]
fn DisplayedValue(handle: FieldHandle) -> impl IntoView {
    let FieldHandle { store, field, reading, .. } = handle;
    let is_editable = store.slice(is_editable);
    let is_new_visitor = store.slice(is_new_visitor);
    let shows_origin = shows_origin(move || reading.with(|reading| Some(reading.as_ref()?.now.origin())));
    let copied = store.slice(move |model| Copied::of(&CopyTarget::Field(field), model.copied.as_ref()));
    let repair = Callback::new(move |flaw: Flaw| handle.repair(&flaw));
    let value = move || match is_new_visitor.get() {
        true => Either::Left(view! { <span class="none">{LEFT_OUT}</span> }),
        false => Either::Right(reading.get().map(|reading| {
            let on_repair = is_editable.get().then_some(repair);
            view! { <Reading field=field reading=reading on_repair=on_repair shows_origin=shows_origin /> }
        })),
    };
    let edit_button = NodeRef::<html::Button>::new();
    focus_if_lost(edit_button, store.view_state.wants_focus(FocusTarget::EditButton(field)));
    view! {
        <h2 class="name">{name(field)}</h2>
        <div class="read">
            {value}
            // There is no button that could show it.
            <Show when=move || copied.get() != Copied::No>
                <p class="src copied">{move || copied_text(copied.get()).text()}</p>
            </Show>
            <SetByLine key=ValueKey::Field(field) />
            <ServerViewLine key=field.key() />
        </div>
        <Show when=move || is_editable.get()>
            <IconButton
                icon=IconName::Pencil
                action="edit"
                label=words::edit_field(&name(field).text())
                node_ref=edit_button
                on_click=move || handle.choose(FieldChoice::Set)
            />
        </Show>
    }
}

fn copied_text(copied: Copied) -> Message {
    if copied == Copied::Masked { COPIED_MASKED } else { COPIED }
}

lazy! {
    /// The field with its editor.
    #[part(edit)]
    async fn load_editing(handle: FieldHandle) -> AnyView {
        view! { <Editing handle=handle /> }.into_any()
    }
}

#[component]
fn Editing(handle: FieldHandle) -> impl IntoView {
    let FieldHandle { store, field, choice, .. } = handle;
    let is_new_visitor = store.slice(is_new_visitor);
    let choices = move || {
        view! {
            <Segmented
                id=format!("choice-{}", field.key())
                label=words::change_of(&name(field).text())
                options=choice_options(is_new_visitor.get())
                chosen=choice
                on_choose=move |choice: FieldChoice| handle.choose(choice)
            />
        }
    };
    let head = NodeRef::<html::Div>::new();
    head.on_load(move |_| lazy_parts::offer_suggestions(store));
    view! {
        <div class="edit-head" node_ref=head>
            <h2 class="name">{name(field)}</h2>
            {choices}
        </div>
        <Show
            when=move || choice.get() == FieldChoice::Set
            fallback=move || view! { <Removal handle=handle /> }
        >
            <FieldEditor field=field />
        </Show>
    }
}

/// What removing deletes.
#[component]
fn Removal(handle: FieldHandle) -> impl IntoView {
    let text = move || {
        let value = |reading: &FieldReading| reading.now.value().filter(|value| value.is_whole()).map(joined);
        match handle.reading.with(|reading| reading.as_ref().and_then(value)) {
            Some(value) => words::will_be_removed(&value),
            None => WILL_BE_REMOVED_UNKNOWN.text(),
        }
    };
    view! {
        <p class="src">
            <bdi>{text}</bdi>
        </p>
    }
}

impl FieldHandle {
    fn choose(self, choice: FieldChoice) {
        let FieldHandle { store, field, .. } = self;
        store.with_untracked(|model| store.view_state.remember_input(model, field));
        let change = match choice {
            FieldChoice::Keep => Change::Keep,
            FieldChoice::Set => Change::Set(store.with_untracked(|model| store.view_state.restore_input(model, field))),
            FieldChoice::Remove => Change::Remove,
        };
        store.dispatch(Event::Edit(field, change));
        match choice {
            FieldChoice::Keep => store.view_state.move_focus(FocusTarget::EditButton(field)),
            FieldChoice::Set => store.view_state.move_focus(FocusTarget::Editor(field)),
            FieldChoice::Remove => {}
        }
    }

    /// Keys on the value: Enter starts the edit, and the copy shortcut copies the value. Escape ends the edit and
    /// doesn't close the popup. The input is restored with the next edit.
    fn handle_key(self, event: &KeyboardEvent) {
        if is_copy_shortcut(event) {
            event.prevent_default();
            let what = CopyTarget::Field(self.field);
            return self.store.dispatch(Event::Copy { what, masked: is_masked() });
        }
        let choice = match event.key().as_str() {
            "Enter" if is_unmodified(event) && is_on_value(event) && self.store.with_untracked(is_editable) => {
                FieldChoice::Set
            }
            "Escape" if self.choice.get_untracked() != FieldChoice::Keep => FieldChoice::Keep,
            _ => return,
        };
        event.prevent_default();
        self.choose(choice);
    }

    fn repair(self, flaw: &Flaw) {
        let editor = self.store.with_untracked(|model| model.repairing_editor(self.field, flaw));
        self.store.dispatch(Event::Edit(self.field, Change::Set(editor)));
        self.store.view_state.move_focus(FocusTarget::Editor(self.field));
    }
}

fn is_on_value(event: &KeyboardEvent) -> bool {
    let is_value = |target: EventTarget| target.unchecked_ref::<Element>().class_list().contains(VALUE_CLASS);
    event.target().is_some_and(is_value)
}

/// Whether the keys copy the value. If a text is selected, the browser copies the selection itself.
fn is_copy_shortcut(event: &KeyboardEvent) -> bool {
    let has_no_selection = || window().get_selection().ok().flatten().is_none_or(|selection| selection.is_collapsed());
    let is_copy_key = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
    is_copy_key && event.key().eq_ignore_ascii_case("c") && is_on_value(event) && has_no_selection()
}

/// The choices; a new visitor has nothing to remove.
fn choice_options(is_new_visitor: bool) -> Vec<(FieldChoice, &'static str, String)> {
    match is_new_visitor {
        true => vec![(FieldChoice::Keep, "keep", LEAVE_OUT.text()), (FieldChoice::Set, "set", GIVE.text())],
        false => vec![
            (FieldChoice::Keep, "keep", KEEP_WORD.text()),
            (FieldChoice::Set, "set", SET_WORD.text()),
            (FieldChoice::Remove, "remove", REMOVE_WORD.text()),
        ],
    }
}
