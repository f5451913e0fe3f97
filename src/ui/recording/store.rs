//! The store of the recorded views.

use crate::ui::recording::state::{Effect, Event, Model, RowKey, update};
use crate::ui::store::State;
use leptos::prelude::*;
use std::ops::Deref;

/// The store. A handle: copies are the same store. Views get it from context.
#[derive(Clone, Copy)]
pub struct Store {
    state: State<Model, Event, Effect>,
    /// Performs what follows from an event.
    perform: fn(Store, Effect),
    /// The row to scroll to, until the list has scrolled.
    scroll_target: RwSignal<Option<RowKey>>,
}

impl Deref for Store {
    type Target = State<Model, Event, Effect>;

    fn deref(&self) -> &Self::Target {
        &self.state
    }
}

impl Store {
    pub fn new(model: Model, perform: fn(Store, Effect)) -> Self {
        Self { state: State::new(model, update), perform, scroll_target: RwSignal::new(None) }
    }

    /// Applies an event and performs the effects that follow from it.
    pub fn dispatch(self, event: Event) {
        for effect in self.apply(event) {
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
