//! The word on a page that does not answer now, above what is known of it from before.

use super::blocked::show_tab;
use crate::app::popup::Model;
use crate::protocol::message::NoAccess;
use crate::ui::components::{Tone, notice};
use crate::ui::dom::{Node, el, live, paragraph};
use crate::ui::i18n::*;
use crate::ui::store::Store;

pub fn stale(store: Store) -> Node {
    let is_frozen = |model: &Model| Some(model.shown()?.stale.as_ref()? == &NoAccess::Frozen);
    live(move || store.with(is_frozen).map(|is_frozen| told(store, is_frozen)))
}

fn told(store: Store, is_frozen: bool) -> Node {
    let (name, title, text) =
        if is_frozen { ("frozen", FROZEN_TITLE, FROZEN_TEXT) } else { ("busy", BUSY_TITLE, BUSY_TEXT) };
    let actions = el("div").class("actions").child(show_tab(store));
    notice(Tone::Warn, Some(title.text()), [paragraph(text), paragraph(STALE_TEXT), actions]).attr("data-stale", name)
}
