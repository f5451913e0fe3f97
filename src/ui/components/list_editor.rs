//! A list of texts being typed: add, change, remove and reorder.

use super::button::icon_button;
use super::icon::Icon;
use super::item_error::{ItemError, error_line, judged};
use super::rows::rows;
use super::text_editor::text_input;
use crate::ui::dom::{Live, Node, On, el, fragment, live, on};
use crate::ui::focus::focus_soon;
use crate::ui::i18n::*;
use leptos::prelude::untrack;
use leptos::web_sys::{Event, KeyboardEvent};
use std::sync::Arc;
use wasm_bindgen::JsCast;

pub struct ListEditor {
    /// Begins the id of each input: `<id>-0` and so on.
    pub id: String,
    /// What the list is called.
    pub label: String,
    /// What stands in the empty last input.
    pub placeholder: String,
    pub items: Live<Vec<String>>,
    pub errors: Live<Vec<ItemError>>,
    /// The whole list after a change.
    pub on: On<Vec<String>>,
}

/// The rows, and one empty row more: what is typed there becomes an item with its first letter, so nothing typed waits
/// to be added.
pub fn list_editor(list: ListEditor) -> Node {
    let list = Arc::new(list);
    let count = list.clone();
    el("div")
        .class("items")
        .child(rows(Arc::new(move || (count.items)().len()), Arc::new(move |place| row(&list, place))))
}

impl ListEditor {
    /// What is wrong with an item. What is wrong with the whole is that it has none, so the first row tells it.
    fn error(&self, place: usize) -> Option<ItemError> {
        (self.errors)().into_iter().find(|error| error.item.unwrap_or(0) == place)
    }

    /// Changes the list as it is at that moment, and hands it on.
    fn change(&self, change: impl FnOnce(&mut Vec<String>)) {
        let mut items = untrack(|| (self.items)());
        change(&mut items);
        (self.on)(items);
    }

    fn type_into(&self, place: usize, text: String) {
        self.change(|items| match items.len() {
            last if place >= last => items.push(text),
            last if place + 1 == last && text.is_empty() => drop(items.pop()),
            _ => items[place] = text,
        });
    }

    fn remove(&self, place: usize) {
        self.change(|items| drop((place < items.len()).then(|| items.remove(place))));
        self.focus(place);
    }

    /// Swaps an item with its neighbour; the focus goes with it.
    fn swap(&self, place: usize, with: usize) {
        if place.max(with) < untrack(|| (self.items)()).len() {
            self.change(|items| items.swap(place, with));
            self.focus(with);
        }
    }

    /// The id of an item's input.
    fn input(&self, place: usize) -> String {
        format!("{}-{place}", self.id)
    }

    fn focus(&self, place: usize) {
        focus_soon(format!("#{}", self.input(place)));
    }

    fn key(&self, place: usize, event: &KeyboardEvent) {
        match event.key().as_str() {
            "ArrowUp" if event.alt_key() && place > 0 => self.swap(place, place - 1),
            "ArrowDown" if event.alt_key() => self.swap(place, place + 1),
            "Enter" if !event.ctrl_key() && !event.meta_key() => self.focus(place + 1),
            _ => return,
        }
        event.prevent_default();
    }
}

fn row(list: &Arc<ListEditor>, place: usize) -> Node {
    let number = (place + 1).to_string();
    let text = handing(list, move |list| (list.items)().into_iter().nth(place).unwrap_or_default());
    let is_item = handing(list, move |list| place < (list.items)().len());
    let is_last = handing(list, move |list| place + 1 == (list.items)().len());
    let placeholder =
        handing(list, move |list| Some(list.placeholder.clone()).filter(|_| place >= (list.items)().len()));
    let error = handing(list, move |list| list.error(place));
    let set: On<String> = callback(list, move |list, text| list.type_into(place, text));
    let move_by = |with: usize| callback(list, move |list, ()| list.swap(place, with));
    let moves = el("span")
        .class("moves")
        .class_if("first", place == 0)
        .live_class("last", move || is_last())
        .child(icon_button(Icon::Up, "move-up", move_up(&number), move_by(place.saturating_sub(1))))
        .child(icon_button(Icon::Down, "move-down", move_down(&number), move_by(place + 1)));
    let add = icon_button(Icon::Plus, "add-item", ADD_ITEM.text(), callback(list, move |list, ()| list.focus(place)));
    let remove = callback(list, move |list, ()| list.remove(place));
    let keys = list.clone();
    let id = list.input(place);
    let input = judged(text_input(item_of(&list.label, &number), text, set.clone()), id.clone(), error.clone())
        .live_attr("placeholder", move || placeholder())
        .on("keydown", move |event: Event| keys.key(place, event.unchecked_ref()));
    let row = el("div")
        .class("item")
        .live_class("adding", move || !is_item())
        .child(moves)
        .child(el("span").class("plus").child(add))
        .child(input)
        .child(icon_button(Icon::Close, "remove-item", remove_item(&number), remove));
    fragment([row, live(move || error().map(|error| error_line(id.clone(), error, set.clone())))])
}

/// What `read` finds in the list.
fn handing<T>(list: &Arc<ListEditor>, read: impl Fn(&ListEditor) -> T + Send + Sync + 'static) -> Live<T> {
    let list = list.clone();
    Arc::new(move || read(&list))
}

fn callback<T: 'static>(list: &Arc<ListEditor>, act: impl Fn(&ListEditor, T) + Send + Sync + 'static) -> On<T> {
    let list = list.clone();
    on(move |value| act(&list, value))
}
