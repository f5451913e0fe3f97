//! Questions before clearing and exporting.

use crate::app::recorded::{Dialog, Event, Model};
use crate::recorded::store::Store;
use crate::ui::dom::components::{button, modal};
use crate::ui::dom::{Node, el, fragment, live, paragraph};
use crate::ui::i18n::*;
use js_sys::Date;
use std::sync::Arc;

pub fn dialogs(store: Store) -> Node {
    let dialog = move || store.with(|model| model.dialog);
    let content = move || {
        Some(match dialog()? {
            Dialog::Clear => question(store, CLEAR_TITLE, paragraph(CLEAR_TEXT), "btn danger", CLEAR_DO),
            Dialog::Export => question(store, EXPORT_TITLE, export(store), "btn primary", EXPORT_DO),
        })
    };
    modal(Arc::new(move || dialog().map(name)), live(content), store.on(Event::CloseDialog))
}

/// The value of `data-dialog`.
fn name(dialog: Dialog) -> &'static str {
    match dialog {
        Dialog::Clear => "clear",
        Dialog::Export => "export",
    }
}

fn question(store: Store, title: Message, body: Node, class: &'static str, yes: Message) -> Node {
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        store.dispatch(Event::Confirm(Date::now() as i64));
    };
    let yes = el("button").attr("type", "submit").class(class).attr("data-action", "confirm").words(yes);
    let actions = el("div")
        .class("actions")
        .child(button("btn", "cancel", CANCEL.text(), store.on(Event::CloseDialog)))
        .child(yes);
    el("form").on("submit", submit).child(el("h2").attr("id", "dialog-title").words(title)).child(body).child(actions)
}

fn export(store: Store) -> Node {
    let masked = |model: &Model| model.masked;
    let choice = move |mask: bool, action: &'static str, words: Message, text: Message| {
        let radio = el("input")
            .attr("type", "radio")
            .attr("name", "masked")
            .attr("data-action", action)
            .live_flag("checked", move || store.with(masked) == mask)
            .on("change", move |_| store.dispatch(Event::Mask(mask)));
        let words = el("span").words(words).child(el("small").words(text));
        el("label").class("check").child(radio).child(words)
    };
    fragment([
        paragraph(EXPORT_TEXT),
        choice(true, "export-masked", EXPORT_MASKED, EXPORT_MASKED_TEXT),
        choice(false, "export-plain", EXPORT_PLAIN, EXPORT_PLAIN_TEXT),
    ])
}
