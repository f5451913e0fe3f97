//! The popup's store.

use crate::ui::popup::state::{Effect, Event, Model, update};
use crate::ui::store::State;
use inspector_core::edit::change::Change;
use inspector_core::edit::draft::Editor;
use inspector_core::visitor::{Field, PerField};
use leptos::ev;
use leptos::prelude::*;
use std::ops::Deref;

/// The popup's state. A handle: copies are the same store. Views get it from context.
#[derive(Clone, Copy)]
pub struct Store {
    state: State<Model, Event, Effect>,
    /// Performs the effects of an event.
    perform: fn(Store, Effect),
    /// The last input of each field before the person chose to keep or remove its value, in case they return to it.
    typed: StoredValue<PerField<Option<Editor>>>,
    /// The field edited last.
    edited: StoredValue<Option<Field>>,
    /// The element to focus, until an element gets the focus.
    focus: RwSignal<Option<FocusTarget>>,
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
    /// The first of the panels' tabs.
    Panels,
}

impl Deref for Store {
    type Target = State<Model, Event, Effect>;

    fn deref(&self) -> &Self::Target {
        &self.state
    }
}

impl Store {
    pub fn new(model: Model, perform: fn(Store, Effect)) -> Self {
        Self {
            state: State::new(model, update),
            perform,
            typed: StoredValue::new(Default::default()),
            edited: StoredValue::new(None),
            focus: RwSignal::new(None),
            is_painted: RwSignal::new(false),
        }
    }

    /// Applies an event and performs the effects that follow from it.
    pub fn dispatch(self, event: Event) {
        if matches!(event, Event::Discard | Event::Apply | Event::BeginSwitch | Event::ChooseFrame(_)) {
            self.typed.set_value(Default::default());
        }
        if let Event::Edit(field, _) = &event {
            self.edited.set_value(Some(*field));
        }
        let was_editing = self.is_editing();
        let (removes_button, is_proposal) = (removes_button(&event), matches!(event, Event::Propose(_)));
        let effects = self.apply(event);
        let closed = self.edited.get_value().filter(|_| was_editing && !self.is_editing());
        let proposed = self.read(first_edited).filter(|_| is_proposal);
        match (closed, proposed) {
            (Some(field), _) => self.move_focus(FocusTarget::EditButton(field)),
            (_, Some(field)) => self.move_focus(FocusTarget::Editor(field)),
            _ if removes_button => self.move_focus(FocusTarget::Panels),
            _ => {}
        }
        for effect in effects {
            (self.perform)(self, effect);
        }
    }

    fn is_editing(self) -> bool {
        self.read(|model| !model.edit.draft.is_empty())
    }

    /// Moves the focus to `target` once the views are updated.
    pub fn move_focus(self, target: FocusTarget) {
        self.focus.set(Some(target));
    }

    /// Clears the focus target as soon as any element gets the focus.
    pub fn end_moves_of_focus(self) {
        window_event_listener(ev::focusin, move |_| self.focus.set(None));
    }

    /// Whether `target` should get the focus. It notifies at each move, also if the target is unchanged.
    pub fn is_focused(self, target: FocusTarget) -> Signal<bool> {
        Signal::derive(move || self.focus.get() == Some(target))
    }

    /// Whether the first frame is painted. Views that it doesn't show wait for this.
    pub fn is_painted(self) -> bool {
        self.is_painted.get()
    }

    /// Lets the views follow that the first frame doesn't show.
    pub fn finish_first_paint(self) {
        self.is_painted.set(true);
    }

    /// Stores a field's input until the person returns to it; `None` changes nothing.
    pub fn keep_typed(self, field: Field, editor: Option<Editor>) {
        self.typed.update_value(|typed| typed[field] = editor.or(typed[field].take()));
    }

    /// The earlier input of a field.
    pub fn typed(self, field: Field) -> Option<Editor> {
        self.typed.with_value(|typed| typed[field].clone())
    }
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
