//! A button that copies, and says so.

use super::button::bare_button;
use super::icon::{Icon, icon};
use crate::ui::dom::{Live, Node, On, el};
use crate::ui::i18n::COPIED;

/// `label`: its words, or with `bare` only its name. `copied`: whether this is what was copied last.
pub fn copy_button(action: &'static str, label: String, bare: bool, copied: Live<bool>, on: On) -> Node {
    let (class, picture) = (copied.clone(), copied.clone());
    let button = bare_button(if bare { "icon-btn" } else { "btn" }, action, on)
        .attr("title", label.clone())
        .attr("aria-label", label.clone())
        .live_class("copied", move || class())
        .live(move || Some(icon(if picture() { Icon::Check } else { Icon::Copy })));
    let words = move || if copied() { COPIED.text() } else { label.clone() };
    button.maybe((!bare).then(|| el("span").live_text(words)))
}
