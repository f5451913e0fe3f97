//! What is and is not known of the connection, and anything odd about the page's answer.

use crate::app::popup::Model;
use crate::ui::components::{Tone, notice};
use crate::ui::dom::{Node, bdi, el, fragment, live, paragraph};
use crate::ui::i18n::*;
use crate::ui::store::Store;
use crate::ui::words::state::of_link;
use inspector_core::page_report::connection::{Link, Sdk};
use inspector_core::page_report::{Oddity, Report};

pub fn status(store: Store) -> Node {
    let reset_waits = |model: &Model| model.report().is_some_and(Report::reset_waits);
    fragment([
        live(move || store.with(|model| link(model).map(link_notice))),
        live(move || store.with(reset_waits).then(waiting_reset)),
        oddities(store),
    ])
}

fn link(model: &Model) -> Option<&Link> {
    match &model.report()?.sdk {
        Sdk::Loaded(link) => Some(link),
        _ => None,
    }
}

fn link_notice(link: &Link) -> Node {
    let (title, text) = of_link(link);
    let tone = match link {
        Link::NotConnected(_) => Tone::Warn,
        Link::InSession(_) => Tone::Info,
        Link::HandshakeSeen | Link::NotReported => return el("p").class("note").text(text),
    };
    notice(tone, title.map(Message::text), [el("p").child(bdi(text))])
}

/// A log-out that waits takes more away than its fields show.
fn waiting_reset() -> Node {
    notice(Tone::Warn, Some(WAITING_RESET_TITLE.text()), [paragraph(WAITING_RESET)]).attr("data-pending", "reset")
}

/// What is odd about the page's answer; nothing on nearly every page.
pub fn oddities(store: Store) -> Node {
    live(move || store.with(|model| Some(fragment(model.shown()?.frame().oddities.iter().map(oddity)))))
}

fn oddity(oddity: &Oddity) -> Node {
    let words = match oddity {
        Oddity::Unreadable => ODD_UNREADABLE,
        Oddity::Accessor => ODD_ACCESSOR,
        Oddity::ListsAsText => ODD_LISTS_AS_TEXT,
    };
    notice(Tone::Warn, None, [paragraph(words)])
}
