//! The store of the recorded views.

use crate::ui::recording::state::{Effect, Event, Model, RowKey, update};
use leptos::prelude::*;

/// The store. A handle: copies are the same store. Views get it from context.
#[derive(Clone, Copy)]
pub struct Store {
    model: RwSignal<Model>,
    /// Performs what follows from an event.
    perform: fn(Store, Effect),
    /// The row to scroll to, until the list has scrolled.
    scroll_target: RwSignal<Option<RowKey>>,
}

impl Store {
    pub fn new(model: Model, perform: fn(Store, Effect)) -> Self {
        Self { model: RwSignal::new(model), perform, scroll_target: RwSignal::new(None) }
    }

    /// A slice of the state. Readers are notified only when the slice changes.
    pub fn slice<T>(self, read: impl Fn(&Model) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| read(&self.model.read()))
    }

    /// Reads the state once.
    pub fn read<T>(self, read: impl FnOnce(&Model) -> T) -> T {
        read(&self.model.read_untracked())
    }

    /// Applies an event and performs the effects that follow from it.
    pub fn dispatch(self, event: Event) {
        let effects = self.model.try_update(|model| update(model, event)).unwrap_or_default();
        for effect in effects {
            (self.perform)(self, effect);
        }
    }

    /// Scrolls the list to a row.
    pub fn reveal(self, key: RowKey) {
        self.scroll_target.set(Some(key));
    }

    /// The row to scroll to.
    pub fn scroll_target(self) -> Option<RowKey> {
        self.scroll_target.get()
    }

    /// Clears the row to scroll to.
    pub fn clear_scroll_target(self) {
        self.scroll_target.set(None);
    }
}
