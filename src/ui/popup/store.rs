//! The popup's store.

use crate::ui::popup::state::{Effect, Event, Model, UnfinishedInputs, update};
use crate::ui::store::{self, State, ViewState};
use inspector_core::edit::change::Change;
use inspector_core::edit::draft::Editor;
use inspector_core::visitor::Field;
use leptos::ev;
use leptos::prelude::*;

/// The popup's store. Views get it from context.
pub type PopupStore = store::Store<Model, Event, Effect, PopupViewState>;

/// What the popup's views share beside the model.
#[derive(Clone, Copy)]
pub struct PopupViewState {
    /// What the person typed before they chose to keep or remove a value, in case they return to it.
    inputs: StoredValue<UnfinishedInputs>,
    last_edited: StoredValue<Option<Field>>,
    /// The element to focus, until any element gets the focus.
    focus_target: RwSignal<Option<FocusTarget>>,
    /// The first frame is painted.
    is_painted: RwSignal<bool>,
}

/// An element that gets the focus after an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FocusTarget {
    /// The first input of a field's editor.
    Editor(Field),
    /// The button that opens a field's editor.
    EditButton(Field),
    /// The first of the panels' tabs, or the button of a screen without them.
    Panels,
}

/// Creates the store.
pub fn new_store(model: Model, perform: fn(PopupStore, Effect)) -> PopupStore {
    let view_state = PopupViewState {
        inputs: StoredValue::new(UnfinishedInputs::default()),
        last_edited: StoredValue::new(None),
        focus_target: RwSignal::new(None),
        is_painted: RwSignal::new(false),
    };
    PopupStore::with_view_state(model, update, perform, view_state)
}

/// Moves the focus where an event removes the element that has it, or opens an editor.
impl ViewState<Model, Event, Effect> for PopupViewState {
    fn apply(self, state: State<Model, Event, Effect>, event: Event) -> Vec<Effect> {
        match &event {
            Event::Discard | Event::Apply => self.inputs.set_value(UnfinishedInputs::default()),
            Event::Edit(field, _) => self.last_edited.set_value(Some(*field)),
            _ => {}
        }
        let was_editing = state.with_untracked(is_editing);
        let (removes_button, is_proposal) = (removes_button(&event), matches!(event, Event::Propose(_)));
        let effects = state.apply(event);
        let closed = self.last_edited.get_value().filter(|_| was_editing && !state.with_untracked(is_editing));
        let proposed = state.with_untracked(first_edited).filter(|_| is_proposal);
        match (closed, proposed) {
            (Some(field), _) => self.move_focus(FocusTarget::EditButton(field)),
            (_, Some(field)) => self.move_focus(FocusTarget::Editor(field)),
            _ if removes_button => self.move_focus(FocusTarget::Panels),
            _ => {}
        }
        effects
    }
}

impl PopupViewState {
    /// Moves the focus to `target` once the views are updated.
    pub fn move_focus(self, target: FocusTarget) {
        self.focus_target.set(Some(target));
    }

    /// Clears the focus target whenever an element gets the focus.
    pub fn clear_focus_target_on_focus(self) {
        window_event_listener(ev::focusin, move |_| self.focus_target.set(None));
    }

    /// Whether `target` should get the focus. It notifies at each move, also if the target is unchanged.
    pub fn wants_focus(self, target: FocusTarget) -> Signal<bool> {
        Signal::derive(move || self.focus_target.get() == Some(target))
    }

    /// Whether the first frame is painted. Views that it doesn't show wait for this.
    pub fn is_painted(self) -> bool {
        self.is_painted.get()
    }

    /// Shows the views that the first frame leaves out.
    pub fn finish_first_paint(self) {
        self.is_painted.set(true);
    }

    /// The input with which the editor of a field opens: the remembered one, or else the value of the page.
    pub fn restore_input(self, model: &Model, field: Field) -> Editor {
        self.inputs.write_value().restore(model, field)
    }

    /// Remembers the input of a field until the person returns to it.
    pub fn remember_input(self, model: &Model, field: Field) {
        self.inputs.write_value().remember(model, field);
    }
}

fn is_editing(model: &Model) -> bool {
    !model.edit.draft.is_empty()
}

/// Whether the event removes the button that triggered it.
fn removes_button(event: &Event) -> bool {
    matches!(
        event,
        Event::Undo | Event::DismissLast | Event::BeginSwitch | Event::RestoreDraft(_) | Event::DeleteDraft(_)
    )
}

/// The first field that has an editor.
fn first_edited(model: &Model) -> Option<Field> {
    let is_set = |field: &Field| matches!(model.edit.draft.change(*field), Change::Set(_));
    Field::ALL.into_iter().find(is_set)
}
