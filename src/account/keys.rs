//! The section of the options about the shortcuts that work on any page: which are in force, and where to change them.

use crate::browser::commands;
use crate::ui::dom::components::button;
use crate::ui::dom::{Node, el, fragment, on};
use crate::ui::i18n::*;
use leptos::prelude::{Get, RwSignal, Set, window_event_listener_untyped};
use wasm_bindgen_futures::spawn_local;

/// The commands of the manifest, by their names there.
const COMMANDS: [(&str, Message); 2] = [("_execute_action", KEYS_OPEN), ("copy-code", COMMAND_COPY_CODE)];

pub fn section() -> Node {
    let shortcuts = RwSignal::new(vec![]);
    let read = move || spawn_local(async move { shortcuts.set(commands::all().await) });
    read();
    // Back from where they are changed.
    window_event_listener_untyped("focus", move |_| read());
    let shortcut = move |name: &str| {
        let all: Vec<(String, String)> = shortcuts.get();
        let found = all.into_iter().find(|(command, _)| command == name);
        found.map(|(_, shortcut)| shortcut).filter(|shortcut| !shortcut.is_empty())
    };
    let rows = COMMANDS.map(|(name, words)| {
        let shown = move || {
            Some(match shortcut(name) {
                Some(shortcut) => el("kbd").text(shortcut),
                None => el("span").class("none").words(KEYS_UNSET),
            })
        };
        fragment([el("dt").words(words), el("dd").attr("data-shortcut", name).live(shown)])
    });
    let change = on(|()| spawn_local(commands::open_settings()));
    el("section")
        .attr("data-section", "keys")
        .child(el("h2").words(KEYS_TITLE))
        .child(el("p").words(KEYS_TEXT))
        .child(el("dl").class("keys").children(rows))
        .child(el("div").class("actions").child(button("btn", "change-keys", KEYS_CHANGE.text(), change)))
}
