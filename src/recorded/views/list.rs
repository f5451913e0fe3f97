//! The rows, of which only those in sight exist.
//!
//! Rows have one height, but for the one that shows its data. They stand in blocks of [`BLOCK`]; a block is shown by the
//! slot of its number, so that scrolling remakes only the slot whose block went out of sight, and the others keep their
//! elements.

use super::row::row;
use super::sight::Sight;
use crate::app::recorded::{Event, Move};
use crate::recorded::store::Store;
use crate::ui::dom::components::button;
use crate::ui::dom::{Node, el, live};
use crate::ui::i18n::*;
use leptos::web_sys::KeyboardEvent;
use wasm_bindgen::JsCast;

/// How many rows a block has, and how many blocks exist at most: enough for a window of 4000 pixels.
pub const BLOCK: usize = 16;
pub const SLOTS: usize = 10;

pub fn list(store: Store) -> Node {
    let sight = Sight::new(store);
    let slots = (0..SLOTS).map(|slot| live(move || sight.block_of(slot).map(|block| self::block(store, sight, block))));
    let rows = el("div")
        .class("rows")
        .attr("role", "presentation")
        .live_attr("style", move || Some(format!("height:{}px", sight.total())))
        .children(slots);
    let grid = el("div")
        .class("scroll")
        .attr("id", "entries")
        .attr("role", "treegrid")
        .attr("tabindex", "0")
        .attr("aria-label", REC_TIMELINE.text())
        .live_attr("aria-rowcount", move || Some(sight.count().to_string()))
        .live_attr("aria-activedescendant", move || sight.cursor().map(super::row::dom_id))
        .on("keydown", move |event| keyed(store, event.unchecked_ref()))
        .child(rows)
        .setup(move |element| sight.watch(element));
    let newest = move || {
        let words = match sight.unseen() {
            0 => JUMP_NEWEST.text(),
            new => format!("{} · {}", JUMP_NEWEST.text(), jump_newest_many(&new.to_string())),
        };
        let jump = || button("btn newest", "jump-newest", words, crate::ui::dom::on(move |()| sight.to_end()));
        (!sight.is_at_end()).then(jump)
    };
    let nothing = move || (sight.count() == 0).then(|| nothing_matches(store));
    el("div").class("list").child(grid).live(newest).live(nothing)
}

fn block(store: Store, sight: Sight, block: usize) -> Node {
    let places = block * BLOCK..(block + 1) * BLOCK;
    el("div")
        .class("block")
        // Tells one block from the next: its rows are made by themselves, and the rest of it is the same.
        .attr("data-block", block.to_string())
        .attr("role", "rowgroup")
        .live_attr("style", move || Some(format!("top:{}px", sight.top_of(block * BLOCK))))
        .children(places.map(|place| live(move || row(store, sight, place))))
}

fn keyed(store: Store, event: &KeyboardEvent) {
    // A key pressed on a button in a row is that button's.
    if event.target() != event.current_target() || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let step = match event.key().as_str() {
        "ArrowUp" => Move::Up,
        "ArrowDown" => Move::Down,
        "PageUp" => Move::PageUp,
        "PageDown" => Move::PageDown,
        "Home" => Move::First,
        "End" => Move::Last,
        "Enter" | " " => Move::Toggle,
        _ => return,
    };
    event.prevent_default();
    store.dispatch(Event::Move(step));
}

fn nothing_matches(store: Store) -> Node {
    el("section")
        .class("empty")
        .child(el("h2").words(NOTHING_MATCHES))
        .child(el("p").words(NOTHING_MATCHES_TEXT))
        .child(el("div").class("actions").child(button(
            "btn",
            "show-all",
            REC_SHOW_ALL.text(),
            store.on(Event::ShowAll),
        )))
}
