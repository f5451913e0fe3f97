//! The way to the presets, which a lazy part of the program shows.

use super::field::is_editable;
use super::panels;
use crate::app::popup::Model;
use crate::ui::components::{Icon, icon_button};
use crate::ui::dom::{Node, on};
use crate::ui::i18n::PRESETS_OPEN;
use crate::ui::parts;
use crate::ui::store::Store;
use leptos::prelude::{document, window_event_listener_untyped};
use leptos::web_sys::KeyboardEvent;
use wasm_bindgen::JsCast;

/// The button that opens them, where there is something to apply one to.
pub fn open_button(store: Store) -> Option<Node> {
    let open = on(move |()| parts::presets(store));
    let button = || icon_button(Icon::Bookmark, "presets", PRESETS_OPEN.text(), open).attr("aria-keyshortcuts", "p");
    store.with(is_wanted).then(button)
}

fn is_wanted(model: &Model) -> bool {
    is_editable(model) && !panels::is_recorded(model)
}

/// `p` opens them, from anywhere but where something is typed.
pub fn open_by_key(store: Store) {
    window_event_listener_untyped("keydown", move |event| {
        let event: &KeyboardEvent = event.unchecked_ref();
        let is_plain = event.key() == "p" && !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if is_plain && store.read(is_wanted) && document().query_selector(TYPING).is_ok_and(|typing| typing.is_none()) {
            event.prevent_default();
            parts::presets(store);
        }
    });
}

/// Where a letter is a letter, or a question stands before the page.
const TYPING: &str = ":is(input:not([type=radio]), textarea, select):focus, dialog[open]";
