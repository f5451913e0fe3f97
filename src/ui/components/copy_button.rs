//! A button that copies, and says so.

use super::button::bare_button;
use super::icon::{Icon, icon};
use crate::ui::dom::{Live, Node, On, el};
use crate::ui::i18n::{COPIED, COPIED_MASKED, COPY_AGAIN};

/// `label`: its words, or with `bare` only its name. `copied`: whether this is what was copied last, and if so, whether with
/// masks, which pressing it again takes off.
pub fn copy_button(action: &'static str, label: String, bare: bool, copied: Live<Option<bool>>, on: On) -> Node {
    let (class, picture, title, name) = (copied.clone(), copied.clone(), copied.clone(), label.clone());
    let button = bare_button(if bare { "icon-btn" } else { "btn" }, action, on)
        .live_attr("title", move || Some(if title() == Some(true) { COPY_AGAIN.text() } else { name.clone() }))
        .attr("aria-label", label.clone())
        .live_class("copied", move || class().is_some())
        .live(move || Some(icon(if picture().is_some() { Icon::Check } else { Icon::Copy })));
    let words = move || match copied() {
        None => label.clone(),
        Some(true) => COPIED_MASKED.text(),
        Some(false) => COPIED.text(),
    };
    button.maybe((!bare).then(|| el("span").live_text(words)))
}
