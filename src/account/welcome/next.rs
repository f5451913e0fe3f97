//! What comes after the practice.

use crate::account::store::Store;
use crate::app::welcome::{Event, Model};
use crate::ui::dom::components::button;
use crate::ui::dom::{Node, el};
use crate::ui::i18n::*;

pub fn section(store: Store<Model>) -> Node {
    let options = el("a").attr("href", "options.html").attr("data-action", "options").words(WELCOME_ACCOUNT_OPEN);
    let keys = move || {
        let keys = store.with(|model| model.keys.clone());
        (!keys.is_empty()).then(|| el("li").text(welcome_keys(&keys)))
    };
    let list = el("ul")
        .child(el("li").words(WELCOME_PIN))
        .live(keys)
        .child(el("li").words(WELCOME_REAL))
        .child(el("li").text(welcome_record(&PANEL_TIMELINE.text())))
        .child(el("li").words(WELCOME_ACCOUNT).text(" ").child(options))
        .child(el("li").text(welcome_again(&OPTIONS_TITLE.text())));
    let close = button("btn primary", "close", WELCOME_CLOSE.text(), store.on(Event::Close));
    el("section")
        .class("next")
        .attr("id", "next")
        // Where the way past the practice leads.
        .attr("tabindex", "-1")
        .attr("aria-labelledby", "next-title")
        .child(el("h2").attr("id", "next-title").words(WELCOME_NEXT))
        .child(list)
        .child(el("div").class("actions").child(close))
}
