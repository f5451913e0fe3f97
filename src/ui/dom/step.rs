//! What is done with an element once it is made.

use super::Words;
use leptos::prelude::*;
use leptos::web_sys::{Element, Event, HtmlInputElement};
use wasm_bindgen::prelude::*;

/// One thing done with an element. The `Live…` ones follow the signals they read.
pub(super) enum Step {
    /// All that are fixed; comes first, so that those of a live class stay.
    Classes(Words),
    Attr(&'static str, Words),
    /// The only child.
    Text(Words),
    On(&'static str, Box<dyn FnMut(Event)>),
    Setup(Box<dyn FnOnce(&Element)>),
    LiveClass(&'static str, Box<dyn Fn() -> bool>),
    LiveAttr(&'static str, Box<dyn Fn() -> Option<String>>),
    LiveFlag(&'static str, Box<dyn Fn() -> bool>),
    LiveValue(Box<dyn Fn() -> String>),
    LiveText(Box<dyn Fn() -> String>),
}

impl Step {
    pub(super) fn run(self, element: &Element) {
        match self {
            // The element is new: there is nothing to compare with.
            Self::Classes(classes) => drop(element.set_attribute("class", &classes)),
            Self::Attr(name, value) => drop(element.set_attribute(name, &value)),
            Self::Text(text) => element.set_text_content(Some(&text)),
            Self::Setup(step) => step(element),
            Self::On(event, handler) => {
                // The browser's garbage collector frees it together with the element.
                let handler = Closure::wrap(handler).into_js_value();
                let _ = element.add_event_listener_with_callback(event, handler.unchecked_ref());
            }
            live => {
                let element = element.clone();
                let effect = RenderEffect::new(move |_| live.follow(&element));
                // Owned by the view around: it ends with it.
                StoredValue::new_local(effect);
            }
        }
    }

    /// Brings the element up to date.
    fn follow(&self, element: &Element) {
        match self {
            Self::LiveClass(class, on) => toggle(element, class, on()),
            Self::LiveAttr(name, value) => set(element, name, value().as_deref()),
            Self::LiveText(text) => set_text(element, text()),
            // Setting a property of an element cannot fail.
            Self::LiveFlag(name, on) => drop(js_sys::Reflect::set(element, &(*name).into(), &on().into())),
            Self::LiveValue(value) => set_value(element.unchecked_ref(), &value()),
            _ => {}
        }
    }
}

/// Only where it says something else: setting it drops what the person has selected.
fn set_text(element: &Element, text: String) {
    if element.text_content().as_ref() != Some(&text) {
        element.set_text_content(Some(&text));
    }
}

/// Only where it holds something else: setting the value moves the caret.
fn set_value(input: &HtmlInputElement, value: &str) {
    if input.value() != value {
        input.set_value(value);
    }
}

fn toggle(element: &Element, class: &str, on: bool) {
    let _ = element.class_list().toggle_with_force(class, on);
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    if element.get_attribute(name).as_deref() == value {
        return;
    }
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}
