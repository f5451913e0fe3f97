//! The whole popup.

use super::{
    announce, aside, blocked, by_key, code_card, details, dialogs, field, footer, frames, header, held, last_act,
    panels, presets, preview, server, stale, status, unsaved,
};
use crate::app::popup::{Event, Model};
use crate::ui::dom::{Node, el, fragment, live};
use crate::ui::store::Store;
use crate::ui::words::blocked::blocked as told_blocked;
use inspector_core::visitor::Field;
use leptos::web_sys::KeyboardEvent;
use wasm_bindgen::JsCast;

pub fn root(store: Store) -> Node {
    presets::open_by_key(store);
    last_act::scroll_to_news(store);
    let is_blocked = move || store.with(told_blocked).is_some();
    let body = move || Some(if is_blocked() { blocked::blocked(store) } else { visitor(store) });
    // It stays where it is, with what is being typed.
    let recorded = move || store.with(panels::is_recorded).then(String::new);
    el("div")
        .class("popup")
        .live_attr("data-state", move || Some(store.with(Model::state).to_owned()))
        .on("keydown", move |event| apply_by_keys(store, event.unchecked_ref()))
        .child(header::header(store))
        .child(panels::choice(store))
        .child(
            el("main").live_attr("hidden", recorded).child(by_key::by_key(store)).child(stale::stale(store)).live(body),
        )
        .child(panels::place(store))
        .child(footer::footer(store))
        .child(dialogs::dialogs(store))
        .child(announce::announce(store))
}

fn visitor(store: Store) -> Node {
    let edits = move || store.with(|model| model.hold().is_none());
    fragment([
        frames::frames(store),
        held::held(store),
        unsaved::unsaved(store),
        live(move || edits().then(|| aside::aside(store))),
        last_act::last_act(store),
        status::status(store),
        server::card(store),
        code_card::code_card(store),
        fragment(Field::ALL.map(|field| field::field(store, field))),
        live(move || edits().then(|| preview::preview(store))),
        details::details(store),
    ])
}

fn apply_by_keys(store: Store, event: &KeyboardEvent) {
    let asks = !store.read(panels::is_recorded) && event.key() == "Enter" && (event.ctrl_key() || event.meta_key());
    if asks && store.read(|model| model.dialog.is_none()) {
        event.prevent_default();
        store.dispatch(Event::Apply);
    }
}
