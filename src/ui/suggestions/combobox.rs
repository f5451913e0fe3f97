//! The input with suggestions: an editor's input in the popup.
//!
//! The editors render their inputs and don't know about suggestions, so no component here has a `NodeRef` to one. The
//! listeners of the document and the effects share the focused input in a thread-local: an element isn't `Send`, as the
//! model must be.

use super::state::Model;
use leptos::web_sys::{Element, HtmlInputElement};
use std::cell::{Cell, RefCell};

/// The ID of the list.
pub const LIST: &str = "offer-list";

thread_local! {
    static FOCUSED_INPUT: RefCell<Option<HtmlInputElement>> = const { RefCell::new(None) };
    /// The present `input` event was dispatched by [`enter_text`].
    static IS_ENTERING_SUGGESTION: Cell<bool> = const { Cell::new(false) };
}

/// The ID of a row's element.
pub fn row_id(index: usize) -> String {
    format!("offer-{index}")
}

/// Begins suggestions for an input that got the focus.
pub fn begin_input(input: HtmlInputElement) {
    FOCUSED_INPUT.set(Some(input));
}

/// Whether the present `input` event was dispatched by [`enter_text`].
pub fn is_entering_suggestion() -> bool {
    IS_ENTERING_SUGGESTION.get()
}

/// The input that has the focus, or had it before the focus moved to the list.
pub fn focused_input() -> Option<HtmlInputElement> {
    FOCUSED_INPUT.with_borrow(Clone::clone)
}

pub fn is_focused_input(element: &Element) -> bool {
    focused_input().is_some_and(|input| element.is_same_node(Some(&input)))
}

/// The attributes that describe the list to screen readers. They are removed from the editor's input when it loses the
/// focus.
const ATTRIBUTES: [&str; 5] = ["role", "aria-autocomplete", "aria-expanded", "aria-controls", "aria-activedescendant"];

/// Sets the attributes on the focused input.
pub fn set_aria_attributes(model: &Model) {
    let Some(input) = focused_input() else { return };
    let (any, open) = (model.has_any(), model.is_open());
    let values = [
        any.then(|| "combobox".to_owned()),
        any.then(|| "list".to_owned()),
        any.then(|| open.to_string()),
        open.then(|| LIST.to_owned()),
        model.selected.filter(|_| open).map(row_id),
    ];
    for (name, value) in ATTRIBUTES.into_iter().zip(values) {
        let _ = match value {
            Some(value) => input.set_attribute(name, &value),
            None => input.remove_attribute(name),
        };
    }
}

/// Ends the suggestions of the focused input.
pub fn end_input() {
    if let Some(input) = FOCUSED_INPUT.take() {
        ATTRIBUTES.iter().for_each(|name| drop(input.remove_attribute(name)));
    }
}

/// Enters a text in the input as if typed, so that the editor accepts it.
pub fn enter_text(text: &str) {
    let Some(input) = focused_input() else { return };
    input.set_value(text);
    IS_ENTERING_SUGGESTION.set(true);
    let event = web_sys::EventInit::new();
    event.set_bubbles(true);
    if let Ok(event) = web_sys::Event::new_with_event_init_dict("input", &event) {
        let _ = input.dispatch_event(&event);
    }
    IS_ENTERING_SUGGESTION.set(false);
}

pub fn focus_input() {
    if let Some(input) = focused_input() {
        let _ = input.focus();
    }
}
