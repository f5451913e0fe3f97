//! The one place that holds the popup's state.

use super::dom::{On, on};
use super::effects;
use super::focus::focus_lost;
use crate::app::popup::{Event, Model, update};
use inspector_core::edit::draft::Editor;
use inspector_core::visitor::Field;
use leptos::prelude::*;

/// The popup's state. A handle: copies are the same store.
#[derive(Clone, Copy)]
pub struct Store {
    model: RwSignal<Model>,
    /// What was typed into each field before the person chose to keep or remove it, in case they come back.
    typed: StoredValue<[Option<Editor>; 5]>,
    /// The field edited last.
    edited: StoredValue<Option<Field>>,
}

impl Store {
    pub fn new(model: Model) -> Self {
        Self {
            model: RwSignal::new(model),
            typed: StoredValue::new(Default::default()),
            edited: StoredValue::new(None),
        }
    }

    /// Reads the state; whoever does so reactively is woken by its next change.
    pub fn with<T>(self, read: impl FnOnce(&Model) -> T) -> T {
        read(&self.model.read())
    }

    /// Reads the state once, without being woken by it.
    pub fn read<T>(self, read: impl FnOnce(&Model) -> T) -> T {
        read(&self.model.read_untracked())
    }

    /// Takes the state through one event and performs what follows from it.
    pub fn dispatch(self, event: Event) {
        if matches!(event, Event::Discard | Event::Apply | Event::BeginSwitch | Event::ChooseFrame(_)) {
            self.typed.set_value(Default::default());
        }
        if let Event::Edit(field, _) = &event {
            self.edited.set_value(Some(*field));
        }
        // Each of these takes its own button away.
        if matches!(
            event,
            Event::Undo | Event::DismissLast | Event::BeginSwitch | Event::BringBack(_) | Event::DropAside(_)
        ) {
            focus_lost(".panel-tab".to_owned());
        }
        let is_editing = |model: &Model| !model.edit.draft.is_empty();
        let was_editing = self.read(is_editing);
        let effects = self.model.try_update(|model| update(model, event)).unwrap_or_default();
        if was_editing && !self.read(is_editing) {
            self.focus_edited();
        }
        for effect in effects {
            effects::perform(self, effect);
        }
    }

    /// With the editors went what had the focus: the keyboard goes on from where the last of them was opened.
    fn focus_edited(self) {
        if let Some(field) = self.edited.get_value() {
            focus_lost(format!("[data-field={}] [data-action=edit]", field.key()));
        }
    }

    /// Keeps what is typed into a field for when the person comes back to it; `None` changes nothing.
    pub fn keep_typed(self, field: Field, editor: Option<Editor>) {
        self.typed.update_value(|typed| typed[field.index()] = editor.or(typed[field.index()].take()));
    }

    /// What was typed into a field before.
    pub fn typed(self, field: Field) -> Option<Editor> {
        self.typed.with_value(|typed| typed[field.index()].clone())
    }

    /// A callback that dispatches `event` each time.
    pub fn on(self, event: Event) -> On {
        on(move |()| self.dispatch(event.clone()))
    }
}
