//! The store of the recorded views.

use crate::ui::recording::state::{Effect, Event, Model, RowKey, update};
use crate::ui::store::{self, State, ViewState};
use leptos::prelude::*;

/// The store of the recorded views. Views get it from context.
pub type RecordingStore = store::Store<Model, Event, Effect, RecordingViewState>;

/// What the recorded views share beside the model.
#[derive(Clone, Copy)]
pub struct RecordingViewState {
    /// The row to scroll to, until the list has scrolled.
    scroll_target: RwSignal<Option<RowKey>>,
}

impl ViewState<Model, Event, Effect> for RecordingViewState {
    fn apply(self, state: State<Model, Event, Effect>, event: Event) -> Vec<Effect> {
        state.apply(event)
    }
}

impl RecordingViewState {
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

/// Creates the store.
pub fn new_store(model: Model, perform: fn(RecordingStore, Effect)) -> RecordingStore {
    RecordingStore::with_view_state(model, update, perform, RecordingViewState { scroll_target: RwSignal::new(None) })
}
