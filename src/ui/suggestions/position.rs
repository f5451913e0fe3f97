//! The place of the list on the page: below the focused input, and after it in the tab order.

use leptos::web_sys::{Element, HtmlElement, HtmlInputElement};
use std::cell::RefCell;
use wasm_bindgen::JsCast;

thread_local! {
    static ELEMENT: RefCell<Option<Element>> = const { RefCell::new(None) };
}

/// `element` is the list from now on.
pub fn set_element(element: Option<Element>) {
    ELEMENT.set(element);
}

/// Whether the list contains an element.
pub fn contains(element: &Element) -> bool {
    ELEMENT.with_borrow(|list| list.as_ref().is_some_and(|list| list.contains(Some(element))))
}

/// The minimum width, and the distance from the sides of the editor.
const MIN_WIDTH: i32 = 200;
const MARGIN: i32 = 16;

/// Moves the list below an input, and after it in the tab order.
pub fn move_below(input: &HtmlInputElement) {
    if let Some(list) = ELEMENT.with_borrow(Clone::clone) {
        let _ = input.after_with_node_1(&list);
        position_list();
    }
}

/// Places the list below its input, over the content there, before the next paint: lines above appear and disappear
/// during typing.
pub fn position_list() -> Option<()> {
    let list = ELEMENT.with_borrow(Clone::clone)?;
    let input: HtmlElement = list.previous_element_sibling()?.unchecked_into();
    let inside = list.closest(".editing").ok()??.client_width() - 2 * MARGIN;
    let width = input.offset_width().max(MIN_WIDTH).min(inside);
    let left = input.offset_left();
    let top = input.offset_top() + input.offset_height() + 2;
    // The page may become narrower while the list is open. The list then moves to the left before it shrinks.
    let width = format!("min({width}px, 100% - {}px)", 2 * MARGIN);
    let left = format!("min({left}px, 100% - {MARGIN}px - {width})");
    list.set_attribute("style", &format!("top:{top}px;left:{left};width:{width}")).ok()
}

/// Scrolls only if the list is cut off, so that the page otherwise stays in place.
pub fn scroll_into_view() {
    let list = ELEMENT.with_borrow(Clone::clone);
    let main = list.as_ref().and_then(|list| list.closest("main").ok()?);
    let (Some(list), Some(main)) = (list, main) else { return };
    let main: HtmlElement = main.unchecked_into();
    let hidden = list.get_bounding_client_rect().bottom() - main.get_bounding_client_rect().bottom();
    if hidden > 0.0 {
        main.set_scroll_top(main.scroll_top() + hidden.ceil() as i32);
    }
}
