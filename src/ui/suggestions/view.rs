//! The list of suggestions. There is only one, below the focused input.

use super::combobox::{self, LIST, row_id};
use crate::ui::components::Button;
use crate::ui::i18n::*;
use crate::ui::store::{self, Store};
use crate::ui::suggestions::state::{Effect, Event, Model, update};
use leptos::prelude::*;
use leptos::web_sys::{Element, HtmlElement, HtmlInputElement};
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;

pub type SuggestionsStore = Store<Model, Event, Effect>;

thread_local! {
    static STORE: Cell<Option<SuggestionsStore>> = const { Cell::new(None) };
    static ELEMENT: RefCell<Option<Element>> = const { RefCell::new(None) };
}

fn perform(_: SuggestionsStore, effect: Effect) {
    match effect {
        Effect::Put(text) => combobox::put(&text),
        Effect::Return => combobox::focus(),
        Effect::Change(change) => spawn_local(super::storage::change(change)),
    }
}

/// Its store, once it is created.
pub fn store() -> Option<SuggestionsStore> {
    STORE.get()
}

/// Creates the list for the lifetime of the document.
pub fn make() {
    let Ok(place) = document().create_element("div") else { return };
    store::mount(&place, || {
        let store = SuggestionsStore::new(Model::default(), update, perform);
        STORE.set(Some(store));
        provide_context(store);
        view! { <Offers /> }
    });
    ELEMENT.set(place.first_element_child());
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
        place();
    }
}

#[component]
fn Offers() -> impl IntoView {
    let store = expect_context::<SuggestionsStore>();
    // After every event, even without a change: the input may be another one.
    leptos::prelude::Effect::new(move |_| {
        store.with(combobox::describe_list);
        if store.with_untracked(Model::is_open) {
            place();
            request_animation_frame(scroll_into_view);
        }
    });
    let is_open = store.slice(Model::is_open);
    let title = store.slice(|model| model.host.as_deref().map(words::offers_from));
    let forget_label = store.slice(|model| model.host.as_deref().map(words::offers_forget_of));
    view! {
        // A click on the list would move the focus away from the input. It stays in the list.
        <div class="offers" tabindex="-1" hidden=move || !is_open.get()>
            <Show when=move || is_open.get()>
                <Rows title=title />
            </Show>
            <p class="src">
                <bdi>{move || title.get()}</bdi>
                <Button
                    class="btn link"
                    action="forget-site"
                    on_click=move || store.dispatch(Event::Forget)
                    attr:aria-label=move || forget_label.get()
                >
                    {OFFERS_FORGET}
                </Button>
            </p>
        </div>
    }
}

#[component]
fn Rows(title: Memo<Option<String>>) -> impl IntoView {
    let store = expect_context::<SuggestionsStore>();
    let rows = store.slice(|model| model.rows().into_iter().enumerate().collect::<Vec<_>>());
    view! {
        <ul role="listbox" id=LIST aria-label=move || title.get()>
            <For each=move || rows.get() key=Clone::clone let((at, text))>
                <Row at=at text=text />
            </For>
        </ul>
    }
}

#[component]
fn Row(at: usize, text: String) -> impl IntoView {
    let store = expect_context::<SuggestionsStore>();
    let is_chosen = store.slice(move |model| model.at == Some(at));
    view! {
        <li
            role="option"
            id=row_id(at)
            aria-selected=move || is_chosen.get().to_string()
            on:click=move |_| store.dispatch(Event::Take(at))
        >
            <bdi>{text}</bdi>
        </li>
    }
}

/// Places the list below its input, over the content there, before the next paint: lines above appear and disappear
/// during typing.
fn place() -> Option<()> {
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
fn scroll_into_view() {
    let list = ELEMENT.with_borrow(Clone::clone);
    let main = list.as_ref().and_then(|list| list.closest("main").ok()?);
    let (Some(list), Some(main)) = (list, main) else { return };
    let main: HtmlElement = main.unchecked_into();
    let hidden = list.get_bounding_client_rect().bottom() - main.get_bounding_client_rect().bottom();
    if hidden > 0.0 {
        main.set_scroll_top(main.scroll_top() + hidden.ceil() as i32);
    }
}
