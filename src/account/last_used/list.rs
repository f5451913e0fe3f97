//! The list itself. There is one, which stands under the input that has the focus.

use super::super::store::{self, Store};
use super::input;
use crate::app::last_used::{Event, Model};
use crate::ui::dom::components::button;
use crate::ui::dom::{Node, bdi, el};
use crate::ui::i18n::*;
use leptos::prelude::{Effect, document, request_animation_frame};
use leptos::web_sys::{Element, HtmlElement, HtmlInputElement};
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;

/// The id of the list.
pub const LIST: &str = "offer-list";

thread_local! {
    static SHOWN: Cell<Option<Store<Model>>> = const { Cell::new(None) };
    static BOX: RefCell<Option<Element>> = const { RefCell::new(None) };
}

/// The id of a row's element.
pub fn row_id(at: usize) -> String {
    format!("offer-{at}")
}

/// Its state, where it was made.
pub fn shown() -> Option<Store<Model>> {
    SHOWN.get()
}

/// Makes it, for as long as the document lives.
pub fn make() {
    if let Ok(place) = document().create_element("div") {
        store::mount(&place, Model::default(), view);
        BOX.set(place.first_element_child());
    }
}

/// Whether an element stands in it.
pub fn holds(element: &Element) -> bool {
    BOX.with_borrow(|list| list.as_ref().is_some_and(|list| list.contains(Some(element))))
}

/// How wide it is at least, and how far from the sides of the editor.
const NARROWEST: i32 = 200;
const MARGIN: i32 = 16;

/// Takes it to an input, behind which it stands in the order of the keyboard too.
pub fn stand_under(input: &HtmlInputElement) {
    if let Some(list) = BOX.with_borrow(Clone::clone) {
        let _ = input.after_with_node_1(&list);
        place();
    }
}

fn view(store: Store<Model>) -> Node {
    SHOWN.set(Some(store));
    Effect::new(move |_| {
        store.with(input::tell);
        if store.with(Model::is_open) {
            place();
            request_animation_frame(bring_into_sight);
        }
    });
    let words = move || store.with(|model| model.host.as_deref().map(offers_from).unwrap_or_default());
    let forget = button("btn link", "forget-site", OFFERS_FORGET.text(), store.on(Event::Forget));
    let name = move || store.with(|model| model.host.as_deref().map(offers_forget_of));
    let foot = el("p").class("src").child(el("bdi").live_text(words)).child(forget.live_attr("aria-label", name));
    el("div")
        .class("offers")
        // A press on it takes the focus from the input, but not out of here.
        .attr("tabindex", "-1")
        .live_attr("hidden", move || (!store.with(Model::is_open)).then(String::new))
        .live(move || store.with(Model::is_open).then(|| rows(store).live_attr("aria-label", move || Some(words()))))
        .child(foot)
}

fn rows(store: Store<Model>) -> Node {
    let row = |(at, text): (usize, String)| {
        el("li")
            .attr("role", "option")
            .attr("id", row_id(at))
            .live_attr("aria-selected", move || Some(store.with(|model| model.at == Some(at)).to_string()))
            .on("click", move |_| store.dispatch(Event::Take(at)))
            .child(bdi(text))
    };
    let rows = store.with(Model::rows);
    el("ul").attr("role", "listbox").attr("id", LIST).children(rows.into_iter().enumerate().map(row))
}

/// Puts it below its input, over what comes there, before it is seen: lines above come and go while one types.
fn place() -> Option<()> {
    let list = BOX.with_borrow(Clone::clone)?;
    let input: HtmlElement = list.previous_element_sibling()?.unchecked_into();
    let inside = list.closest(".editing").ok()??.client_width() - 2 * MARGIN;
    let width = input.offset_width().max(NARROWEST).min(inside);
    let left = input.offset_left().min(MARGIN + inside - width);
    let top = input.offset_top() + input.offset_height() + 2;
    // The page may become narrower while it stands there.
    let width = format!("min({width}px, 100% - {}px)", left + MARGIN);
    list.set_attribute("style", &format!("top:{top}px;left:{left}px;width:{width}")).ok()
}

/// Scrolls where it would be cut off, and not otherwise: the page is to stay where the person looks.
fn bring_into_sight() {
    let list = BOX.with_borrow(Clone::clone);
    let main = list.as_ref().and_then(|list| list.closest("main").ok()?);
    let (Some(list), Some(main)) = (list, main) else { return };
    let main: HtmlElement = main.unchecked_into();
    let hidden = list.get_bounding_client_rect().bottom() - main.get_bounding_client_rect().bottom();
    if hidden > 0.0 {
        main.set_scroll_top(main.scroll_top() + hidden.ceil() as i32);
    }
}
