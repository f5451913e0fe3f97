//! The store of the recorded views.

use crate::ui::recording::state::{Effect, Event, Model, RowKey, update};
use crate::ui::store::{self, State, ViewState};
use leptos::ev;
use leptos::prelude::*;

/// The store of the recorded views. Views get it from context.
pub type RecordingStore = store::Store<Model, Event, Effect, RecordingViewState>;

/// What the recorded views share beside the model.
#[derive(Clone, Copy)]
pub struct RecordingViewState {
    /// The row to scroll to, until the list has scrolled.
    scroll_target: RwSignal<Option<RowKey>>,
    /// The person's last act removes the focused element, at once or when the background is done.
    restores_focus: RwSignal<bool>,
}

impl ViewState<Model, Event, Effect> for RecordingViewState {
    fn apply(self, state: State<Model, Event, Effect>, event: Event) -> Vec<Effect> {
        let restores = removes_focused(&event) || self.restores_focus.try_get_untracked().unwrap_or_default();
        let effects = state.apply(event);
        if restores {
            self.restores_focus.set(true);
        }
        effects
    }
}

/// Whether the element that triggers the event is removed.
fn removes_focused(event: &Event) -> bool {
    matches!(event, Event::Record(_) | Event::Stop(_) | Event::Confirm(_))
}

impl RecordingViewState {
    /// Whether an element gets the focus if none has it: the person's last act removed the one that had it. It notifies
    /// after each event.
    pub fn restores_focus(self) -> Signal<bool> {
        self.restores_focus.into()
    }

    /// Leaves the focus alone once the person uses the pointer.
    pub fn follow_pointer(self) {
        let listener = window_event_listener(ev::pointerdown, move |_| self.restores_focus.set(false));
        on_cleanup(move || listener.remove());
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

/// Creates the store.
pub fn new_store(model: Model, perform: fn(RecordingStore, Effect)) -> RecordingStore {
    let view_state = RecordingViewState { scroll_target: RwSignal::new(None), restores_focus: RwSignal::new(false) };
    RecordingStore::with_view_state(model, update, perform, view_state)
}
