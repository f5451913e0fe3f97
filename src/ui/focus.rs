//! Moves the focus to the result of an action, and scrolls to it.

use leptos::html::ElementType;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Moves the focus to an element, if it is on the page.
pub fn focus<E>(node: NodeRef<E>)
where
    E: ElementType,
    E::Output: JsCast + Clone + AsRef<HtmlElement>,
{
    if let Some(element) = node.try_get_untracked().flatten() {
        focus_element(element.as_ref());
    }
}

/// A reference to an element that gets the focus when `is_wanted` becomes true; see [`focus_when`].
pub fn focus_ref<E>(is_wanted: impl Into<Signal<bool>>) -> NodeRef<E>
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + AsRef<HtmlElement>,
{
    let node = NodeRef::new();
    focus_when(node, is_wanted.into());
    node
}

/// Moves the focus to an element when `is_wanted` becomes true and the element is on the page.
pub fn focus_when<E>(node: NodeRef<E>, is_wanted: Signal<bool>)
where
    E: ElementType,
    E::Output: JsCast + Clone + AsRef<HtmlElement>,
{
    Effect::new(move |_| {
        if let Some(element) = node.get().filter(|_| is_wanted.get()) {
            focus_element(element.as_ref());
        }
    });
}

/// As [`focus_when`], unless another element has the focus: for an element that replaces a removed one.
pub fn focus_if_lost<E>(node: NodeRef<E>, is_wanted: Signal<bool>)
where
    E: ElementType,
    E::Output: JsCast + Clone + AsRef<HtmlElement>,
{
    Effect::new(move |_| {
        if let Some(element) = node.get().filter(|_| is_wanted.get() && is_lost()) {
            focus_element(element.as_ref());
        }
    });
}

/// Scrolls to an element when `is_wanted` becomes true, unless the whole element is in view.
pub fn scroll_when<E>(node: NodeRef<E>, is_wanted: Signal<bool>)
where
    E: ElementType,
    E::Output: JsCast + Clone + AsRef<HtmlElement>,
{
    Effect::new(move |_| {
        if let Some(element) = node.get().filter(|_| is_wanted.get()) {
            let nearest = ScrollIntoViewOptions::new();
            nearest.set_block(ScrollLogicalPosition::Nearest);
            let element: &HtmlElement = element.as_ref();
            element.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    });
}

fn focus_element(element: &HtmlElement) {
    // An element that isn't focusable leaves the focus unchanged.
    let _ = element.focus();
}

/// Whether an element, or one in it, has the focus.
pub fn has_focus<E>(node: NodeRef<E>) -> bool
where
    E: ElementType,
    E::Output: JsCast + Clone + AsRef<HtmlElement>,
{
    node.try_get_untracked().flatten().is_some_and(|element| {
        let element: &HtmlElement = element.as_ref();
        element.contains(document().active_element().as_deref())
    })
}

fn is_lost() -> bool {
    document().active_element().is_none_or(|element| element.tag_name() == "BODY")
}

/// Scrolls to the first element that matches `selector`.
pub fn scroll_to(selector: &str) {
    if let Ok(Some(element)) = document().query_selector(selector) {
        element.scroll_into_view();
    }
}
