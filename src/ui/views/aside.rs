//! Drafts whose page has moved on, and the word on identifying a new visitor.

use crate::app::popup::{Event, Mode, Model};
use crate::ui::components::{Tone, button, notice};
use crate::ui::dom::{Node, bdi, el, fragment, live, paragraph};
use crate::ui::i18n::*;
use crate::ui::store::Store;

pub fn aside(store: Store) -> Node {
    let notices = move |model: &Model| {
        let drafts = model.aside.iter().enumerate();
        fragment(drafts.map(|(index, draft)| set_aside(store, index, &draft.page)))
    };
    let switching = |model: &Model| model.edit.mode == Mode::Switch;
    fragment([live(move || Some(store.with(notices))), live(move || store.with(switching).then(switch))])
}

fn set_aside(store: Store, index: usize, page: &str) -> Node {
    let actions = el("div")
        .class("actions")
        .child(button("btn", "bring-back", BRING_BACK.text(), store.on(Event::BringBack(index))))
        .child(button("btn plain", "drop-aside", THROW_AWAY.text(), store.on(Event::DropAside(index))));
    let page = el("p").child(bdi(aside_text(page)));
    notice(Tone::Quiet, Some(ASIDE_TITLE.text()), [page, actions])
}

fn switch() -> Node {
    notice(Tone::Info, Some(SWITCH_TITLE.text()), [paragraph(SWITCH_TEXT)])
}
