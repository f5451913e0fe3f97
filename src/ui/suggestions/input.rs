//! Listens to the inputs of the popup's editors. The focused input shows suggestions.

use super::combobox::{begin_input, end_input, is_entering_suggestion, is_focused_input};
use super::effects::SuggestionsStore;
use super::position;
use super::state::{Event, Input, Key};
use crate::ui::components::{METADATA_KEYS, METADATA_ROW};
use crate::ui::shortcut::is_unmodified;
use crate::webext::property;
use inspector_core::suggestions::Slot;
use inspector_core::visitor::{Field, Shape};
use leptos::prelude::document;
use leptos::web_sys::{Element, HtmlInputElement, KeyboardEvent, NodeList};
use std::cell::Cell;
use wasm_bindgen::prelude::*;

thread_local! {
    static LISTENS: Cell<bool> = const { Cell::new(false) };
}

/// The one-line inputs of an editor that a person can change.
const INPUTS: &str = "input[type=text]:not([readonly])";

/// Starts listening, beginning with the focused input.
pub fn start(store: SuggestionsStore) {
    if !LISTENS.replace(true) {
        listen("focusin", move |event| on_focus(store, &event));
        listen("focusout", move |event| on_blur(store, &event));
        listen("input", move |event| on_input(store, &event));
        listen("click", move |event| on_click(store, &event));
        listen("keydown", move |event| on_key(store, event.unchecked_ref()));
    }
    if let Some(active) = document().active_element() {
        offer_in(store, &active);
    }
}

/// Listens in the capture phase, before the editors.
fn listen(event: &str, handle: impl FnMut(web_sys::Event) + 'static) {
    let handle: Box<dyn FnMut(web_sys::Event)> = Box::new(handle);
    let handle = Closure::wrap(handle).into_js_value();
    let _ = document().add_event_listener_with_callback_and_bool(event, handle.unchecked_ref(), true);
}

fn target(event: &web_sys::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn on_focus(store: SuggestionsStore, event: &web_sys::Event) {
    if let Some(element) = target(event).filter(|element| !position::contains(element)) {
        offer_in(store, &element);
    }
}

/// Offers suggestions in an element, if it is an editor's input.
fn offer_in(store: SuggestionsStore, element: &Element) {
    let Some((input, state)) = read_input(element) else { return };
    if is_focused_input(&input) && store.with_untracked(|model| model.input.is_some()) {
        return;
    }
    end_input();
    position::move_below(&input);
    begin_input(input);
    store.dispatch(Event::Focus(state));
}

fn on_blur(store: SuggestionsStore, event: &web_sys::Event) {
    let to: Option<Element> = property(event, "relatedTarget").dyn_into().ok();
    let stays = to.is_some_and(|to| position::contains(&to) || is_focused_input(&to));
    if !stays {
        store.dispatch(Event::Blur);
        end_input();
    }
}

fn on_input(store: SuggestionsStore, event: &web_sys::Event) {
    let state = target(event).filter(is_focused_input).and_then(|element| read_input(&element));
    if let Some((_, state)) = state.filter(|_| !is_entering_suggestion()) {
        store.dispatch(Event::Typed(state));
    }
}

fn on_click(store: SuggestionsStore, event: &web_sys::Event) {
    let is_empty = |element: &Element| element.unchecked_ref::<HtmlInputElement>().value().is_empty();
    if target(event).filter(is_focused_input).as_ref().is_some_and(is_empty) {
        store.dispatch(Event::OpenList);
    }
}

fn on_key(store: SuggestionsStore, event: &KeyboardEvent) {
    let key = match event.key().as_str() {
        "ArrowDown" => Key::Down,
        "ArrowUp" => Key::Up,
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        _ => return,
    };
    let Some(element) = target(event) else { return };
    let is_ours = is_focused_input(&element) || (key == Key::Escape && position::contains(&element));
    if is_ours && is_unmodified(event) && store.with_untracked(|model| model.handles(key)) {
        event.prevent_default();
        event.stop_propagation();
        store.dispatch(Event::Key(key));
    }
}

/// The state of an editor's input; `None` for any other element.
fn read_input(element: &Element) -> Option<(HtmlInputElement, Input)> {
    let section = element.closest(".editing[data-field]").ok()??;
    if !element.matches(INPUTS).ok()? {
        return None;
    }
    let field = Field::from_key(&section.get_attribute("data-field")?)?;
    let input: HtmlInputElement = element.clone().unchecked_into();
    let (slot, beside) = match field.shape() {
        Shape::Metadata => metadata_slot(&section, &input)?,
        Shape::Text | Shape::List => (Slot::Text(field), others(&section, INPUTS, &input)),
    };
    let text = input.value();
    Some((input, Input { slot, text, beside }))
}

/// The slot of a key or a value of metadata, and the values beside it; `None` for a value that is JSON.
fn metadata_slot(section: &Element, input: &HtmlInputElement) -> Option<(Slot, Vec<String>)> {
    if input.matches(METADATA_KEYS).ok()? {
        return Some((Slot::Key, others(section, METADATA_KEYS, input)));
    }
    let key = input.closest(METADATA_ROW).ok()??.query_selector(METADATA_KEYS).ok()??;
    let number = input.get_attribute("inputmode").as_deref() == Some("decimal");
    let is_json = input.class_list().contains("code");
    let slot = Slot::Value { key: key.unchecked_into::<HtmlInputElement>().value(), number };
    (!is_json).then_some((slot, vec![]))
}

/// The values of the section's other inputs.
fn others(section: &Element, inputs: &str, except: &HtmlInputElement) -> Vec<String> {
    let Ok(all) = section.query_selector_all(inputs) else { return vec![] };
    inputs_of(&all).filter(|input| input != except).map(|input| input.value()).filter(|text| !text.is_empty()).collect()
}

fn inputs_of(all: &NodeList) -> impl Iterator<Item = HtmlInputElement> {
    (0..all.length()).filter_map(|at| all.get(at)?.dyn_into().ok())
}
