//! The timeline: finding, the list, and what can be done with all of it.

use super::list;
use super::value::copy;
use crate::app::recorded::{CopyWhat, Dialog, Event, Group, Model};
use crate::recorded::store::Store;
use crate::ui::dom::components::{Icon, button, icon_button};
use crate::ui::dom::{Node, el, fragment, live, value_of};
use crate::ui::i18n::*;
use crate::ui::words::{entry, told};
use leptos::prelude::document;
use leptos::web_sys::KeyboardEvent;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

pub fn timeline(store: Store) -> Node {
    let is_empty = move || store.with(|model| model.data.timeline.is_empty());
    let body = move || Some(if is_empty() { nothing_yet() } else { filled(store) });
    fragment([live(body), super::timeline::footer(store)])
}

fn filled(store: Store) -> Node {
    fragment([find(store), losses_told(store), list::list(store)])
}

fn find(store: Store) -> Node {
    let input = el("input")
        .attr("type", "search")
        .attr("id", "find-entries")
        .attr("data-action", "find")
        .attr("placeholder", REC_SEARCH.text())
        .attr("aria-label", REC_SEARCH.text())
        .attr("title", REC_SEARCH_HINT.text())
        .attr("aria-keyshortcuts", "/")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .live_value(move || store.with(|model| model.list.text.clone()))
        .on("input", move |event| store.dispatch(Event::Find(value_of(&event))))
        .on("keydown", move |event| leave_find(store, event.unchecked_ref()));
    let chips = Group::ALL.map(|group| live(move || chip(store, group)));
    let chips =
        el("div").class("kinds").attr("role", "group").attr("aria-label", REC_CHOOSE_KINDS.text()).children(chips);
    el("div").class("find").child(el("div").class("search").child(input).child(el("kbd").text("/"))).child(chips)
}

/// A slash goes to the search, from anywhere but where something is typed.
pub fn focus_by_key(event: &KeyboardEvent) {
    let typing = document()
        .active_element()
        .is_some_and(|element| ["INPUT", "TEXTAREA", "SELECT"].contains(&element.tag_name().as_str()));
    if typing || event.key() != "/" || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    if focus("find-entries") {
        event.prevent_default();
    }
}

/// From the search to what it found; Escape empties it, and leaves the popup open.
fn leave_find(store: Store, event: &KeyboardEvent) {
    let is_empty = store.read(|model| model.list.text.is_empty());
    let left = match event.key().as_str() {
        "ArrowDown" | "Enter" => focus("entries"),
        "Escape" if !is_empty => {
            store.dispatch(Event::Find(String::new()));
            true
        }
        _ => false,
    };
    if left {
        event.prevent_default();
    }
}

/// Whether there is such an element to focus.
fn focus(id: &str) -> bool {
    let found = document().get_element_by_id(id).and_then(|found| found.dyn_into::<HtmlElement>().ok());
    found.is_some_and(|found| found.focus().is_ok())
}

/// The choice of one group, where it has entries or is chosen.
fn chip(store: Store, group: Group) -> Option<Node> {
    let (count, chosen) = store.with(|model| (model.list.counts[group as usize], model.list.groups.contains(&group)));
    let name = entry::group(group).text();
    let chip = button(
        "kind",
        entry::group_action(group),
        group_count(&name, &count.to_string()),
        store.on(Event::Choose(group)),
    );
    (count > 0 || chosen).then(|| chip.attr("aria-pressed", if chosen { "true" } else { "false" }))
}

/// What the recording lacks.
fn losses_told(store: Store) -> Node {
    live(move || {
        let words = store.with(lost);
        (!words.is_empty()).then(|| el("p").class("note lost").attr("data-lost", "").text(words.join(" · ")))
    })
}

fn lost(model: &Model) -> Vec<String> {
    let unreadable = match &model.source {
        crate::app::recorded::Source::File(Some(file)) => file.unreadable,
        _ => 0,
    };
    told::losses(model.data.timeline.losses(), unreadable)
}

fn nothing_yet() -> Node {
    el("section").class("empty").child(el("h2").words(NOTHING_YET_TITLE)).child(el("p").words(NOTHING_YET_TEXT))
}

/// How much there is, and what can be done with it.
pub fn footer(store: Store) -> Node {
    let has_calls = |model: &Model| model.list.counts[Group::Calls as usize] > 0;
    let clear = move || {
        let open = || icon_button(Icon::Bin, "clear", CLEAR_OPEN.text(), store.on(Event::Open(Dialog::Clear)));
        store.with(|model| model.tab().is_some() && !model.data.timeline.is_empty()).then(open)
    };
    let in_tab = move || {
        let open =
            || icon_button(Icon::Leave, "open-in-tab", OPEN_IN_TAB.text(), store.on(Event::OpenPage { file: false }));
        store.with(|model| !model.alone).then(open)
    };
    let export = move || {
        let open = || button("btn", "export", EXPORT_OPEN.text(), store.on(Event::Open(Dialog::Export)));
        store.with(|model| !model.data.timeline.is_empty()).then(open)
    };
    let calls = move || store.with(|model| model.alone && has_calls(model)).then(|| copy_calls(store));
    el("footer")
        .class("foot")
        .child(el("span").class("grow").attr("data-entries", "").live_text(move || store.with(count)))
        .live(calls)
        .live(clear)
        .live(in_tab)
        .child(icon_button(Icon::Folder, "open-file", OPEN_FILE.text(), store.on(Event::OpenPage { file: true })))
        .live(export)
}

fn copy_calls(store: Store) -> Node {
    copy(store, "copy-calls", COPY_ALL_CALLS.text(), CopyWhat::Calls)
}

fn count(model: &Model) -> String {
    match (model.list.shown, model.data.timeline.len()) {
        (1, 1) => ENTRIES_ONE.text(),
        (shown, all) if shown == all => entries_many(&all.to_string()),
        (shown, all) => entries_of(&shown.to_string(), &all.to_string()),
    }
}
