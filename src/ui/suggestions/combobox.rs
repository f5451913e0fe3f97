//! The input with suggestions: an editor's input in the popup.

use super::state::Model;
use leptos::web_sys::{Element, HtmlInputElement};
use std::cell::{Cell, RefCell};

/// The ID of the list.
pub const LIST: &str = "offer-list";

thread_local! {
    /// The last focused input.
    static CURRENT: RefCell<Option<HtmlInputElement>> = const { RefCell::new(None) };
    /// The current input event was dispatched by [`enter_text`].
    static IS_ENTERING: Cell<bool> = const { Cell::new(false) };
}

/// The ID of a row's element.
pub fn row_id(at: usize) -> String {
    format!("offer-{at}")
}

pub fn set_current(input: HtmlInputElement) {
    CURRENT.set(Some(input));
}

/// Whether the current input event was dispatched by [`enter_text`].
pub fn is_entering() -> bool {
    IS_ENTERING.get()
}

pub fn current() -> Option<HtmlInputElement> {
    CURRENT.with_borrow(Clone::clone)
}

pub fn is_current(element: &Element) -> bool {
    current().is_some_and(|input| element.is_same_node(Some(&input)))
}

/// The attributes that describe the list to screen readers. They are removed from the editor's input when it loses the
/// focus.
const ATTRIBUTES: [&str; 5] = ["role", "aria-autocomplete", "aria-expanded", "aria-controls", "aria-activedescendant"];

/// Sets the attributes on the input.
pub fn describe_list(model: &Model) {
    let Some(input) = current() else { return };
    let (any, open) = (model.has_any(), model.is_open());
    let values = [
        any.then(|| "combobox".to_owned()),
        any.then(|| "list".to_owned()),
        any.then(|| open.to_string()),
        open.then(|| LIST.to_owned()),
        model.at.filter(|_| open).map(row_id),
    ];
    for (name, value) in ATTRIBUTES.into_iter().zip(values) {
        let _ = match value {
            Some(value) => input.set_attribute(name, &value),
            None => input.remove_attribute(name),
        };
    }
}

/// Ends the suggestions of the current input.
pub fn detach() {
    if let Some(input) = CURRENT.take() {
        ATTRIBUTES.iter().for_each(|name| drop(input.remove_attribute(name)));
    }
}

/// Enters a text in the input as if typed, so that the editor accepts it.
pub fn enter_text(text: &str) {
    let Some(input) = current() else { return };
    input.set_value(text);
    IS_ENTERING.set(true);
    let event = web_sys::EventInit::new();
    event.set_bubbles(true);
    if let Ok(event) = web_sys::Event::new_with_event_init_dict("input", &event) {
        let _ = input.dispatch_event(&event);
    }
    IS_ENTERING.set(false);
}

pub fn focus() {
    if let Some(input) = current() {
        let _ = input.focus();
    }
}
