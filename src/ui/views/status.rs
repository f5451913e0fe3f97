//! What is and is not known of the connection, and anything odd about the page's answer.

use crate::app::popup::Model;
use crate::domain::connection::{Link, Sdk};
use crate::protocol::report::Oddity;
use crate::ui::components::{Tone, notice};
use crate::ui::dom::{Node, bdi, el, fragment, live, paragraph};
use crate::ui::i18n::*;
use crate::ui::store::Store;
use crate::ui::words::state::of_link;

pub fn status(store: Store) -> Node {
    fragment([live(move || store.with(|model| link(model).map(link_notice))), oddities(store)])
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

/// What is odd about the page's answer; nothing on nearly every page.
pub fn oddities(store: Store) -> Node {
    live(move || store.with(|model| Some(fragment(model.shown()?.frame().oddities.iter().map(oddity)))))
}

fn oddity(oddity: &Oddity) -> Node {
    let words = match oddity {
        Oddity::Unreadable => ODD_UNREADABLE,
        Oddity::Accessor => ODD_ACCESSOR,
    };
    notice(Tone::Warn, None, [paragraph(words)])
}
