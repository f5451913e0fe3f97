//! The one place that holds the state of the recorded views.

use super::effects;
use crate::app::recorded::{Event, Model, RowKey, update};
use crate::ui::dom::{On, on};
use leptos::prelude::*;

/// The state. A handle: copies are the same store.
#[derive(Clone, Copy)]
pub struct Store {
    model: RwSignal<Model>,
    /// The row to bring into sight, until that is done.
    revealed: RwSignal<Option<RowKey>>,
}

impl Store {
    pub fn new(model: Model) -> Self {
        Self { model: RwSignal::new(model), revealed: RwSignal::new(None) }
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
        let effects = self.model.try_update(|model| update(model, event)).unwrap_or_default();
        for effect in effects {
            effects::perform(self, effect);
        }
    }

    /// A callback that dispatches `event` each time.
    pub fn on(self, event: Event) -> On {
        on(move |()| self.dispatch(event.clone()))
    }

    /// Asks for a row to be brought into sight.
    pub fn reveal(self, key: RowKey) {
        self.revealed.set(Some(key));
    }

    /// The row to bring into sight.
    pub fn revealed(self) -> Option<RowKey> {
        self.revealed.get()
    }

    /// It is in sight.
    pub fn is_revealed(self) {
        self.revealed.set(None);
    }
}
