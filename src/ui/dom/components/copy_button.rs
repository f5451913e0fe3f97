//! A button that copies, and says so.

use super::button::bare_button;
use super::icon::{Icon, icon};
use crate::ui::dom::{Live, Node, On, el};
use crate::ui::i18n::{COPIED, COPIED_MASKED, COPY_AGAIN};

/// `label`: its words, or with `bare` only its name. `copied`: whether this is what was copied last, and if so, whether with
/// masks, which pressing it again takes off.
pub fn copy_button(action: &'static str, label: String, bare: bool, copied: Live<Option<bool>>, on: On) -> Node {
    let (class, picture, title) = (copied.clone(), copied.clone(), copied.clone());
    let (name, tip) = (label.clone(), label.clone());
    let button = bare_button(if bare { "icon-btn" } else { "btn" }, action, on)
        .live_attr("title", move || Some(if title() == Some(true) { COPY_AGAIN.text() } else { tip.clone() }))
        .live_class("copied", move || class().is_some())
        // The class tells the two pictures apart: to `live` any two are alike.
        .live(move || match picture() {
            Some(_) => Some(icon(Icon::Check).class("copied")),
            None => Some(icon(Icon::Copy)),
        });
    let words = move || match copied() {
        None => label.clone(),
        Some(true) => COPIED_MASKED.text(),
        Some(false) => COPIED.text(),
    };
    // With words it is called what they say.
    if bare { button.attr("aria-label", name) } else { button.child(el("span").live_text(words)) }
}
