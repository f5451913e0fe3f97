//! Buttons: each carries its stable name in `data-action`.

use super::icon::{Icon, icon};
use crate::ui::dom::{Node, On, el};

/// A button with words. `class`: `btn`, with `primary`, `plain` or `bad` beside it.
pub fn button(class: &'static str, action: &'static str, label: String, on: On) -> Node {
    bare_button(class, action, on).text(label)
}

/// A button that shows only a picture; `label` is its name.
pub fn icon_button(picture: Icon, action: &'static str, label: String, on: On) -> Node {
    let named = bare_button("icon-btn", action, on).attr("title", label.clone()).attr("aria-label", label);
    named.child(icon(picture))
}

/// A button with nothing in it yet.
pub fn bare_button(class: &'static str, action: &'static str, on: On) -> Node {
    el("button").attr("type", "button").class(class).attr("data-action", action).on("click", move |_| on(()))
}
