//! A page without a visitor to show: why, and the next step.

use super::copy::copy;
use super::{calls, code_card, details, field, frames, status};
use crate::app::popup::{CopyWhat, Event};
use crate::ui::components::{Icon, button, icon};
use crate::ui::dom::{Node, bdi, el, fragment};
use crate::ui::i18n::*;
use crate::ui::store::Store;
use crate::ui::words::blocked::{Blocked, Kind, blocked as told_blocked};
use inspector_core::visitor::Field;

pub fn blocked(store: Store) -> Node {
    let screen = move || store.with(told_blocked);
    let present = move || screen().is_some_and(|blocked| blocked.present);
    el("div")
        .class("blocked")
        .live_class("present", present)
        .child(frames::frames(store))
        .child(status::oddities(store))
        .live(move || screen().map(|blocked| told(store, blocked)))
        .live(move || present().then(|| what_is_known(store)))
}

fn told(store: Store, blocked: Blocked) -> Node {
    let paragraphs = blocked.text.into_iter().map(|text| el("p").child(bdi(text)));
    let again = if blocked.can_give_access || blocked.in_tab { "btn" } else { "btn primary" };
    let copy = (blocked.present || blocked.kind == Kind::Nothing)
        .then(|| copy(store, "copy-report", COPY_REPORT.text(), false, CopyWhat::Report));
    let give = blocked
        .can_give_access
        .then(|| button("btn primary", "give-access", GIVE_ACCESS.text(), store.on(Event::GiveAccess)));
    let go = blocked.in_tab.then(|| show_tab(store));
    let actions = el("div")
        .class("actions")
        .maybe(give)
        .maybe(go)
        .child(button(again, "refresh", REFRESH.text(), store.on(Event::Refresh)))
        .maybe(copy);
    let section = el("section").class("empty");
    blocked
        .why
        .into_iter()
        .fold(section, |section, why| section.attr("data-why", why))
        .child(el("span").class("glyph").child(icon(picture(blocked.kind))))
        .child(el("h2").words(blocked.title))
        .children(paragraphs)
        .child(actions)
}

/// Turns to the page's tab.
pub fn show_tab(store: Store) -> Node {
    button("btn primary", "show-tab", SHOW_TAB.text(), store.on(Event::ShowTab))
}

fn picture(kind: Kind) -> Icon {
    match kind {
        Kind::Closed => Icon::Blocked,
        Kind::NeedsAccess => Icon::Key,
        Kind::Missing => Icon::Missing,
        Kind::Nothing => Icon::Nothing,
        Kind::Waiting => Icon::Waiting,
    }
}

/// Where Upscope is there but does not work, what waiting calls and the browser's storage say is still worth seeing.
fn what_is_known(store: Store) -> Node {
    fragment([
        calls::waiting_calls(store),
        code_card::code_card(store),
        fragment(Field::ALL.map(|field| field::field(store, field))),
        details::details(store),
    ])
}
