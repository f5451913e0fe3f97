//! A few words in a box of their own.

use crate::ui::dom::{Node, el};

pub use crate::ui::components::Tone;

/// A notice without a title, or with one.
pub fn notice(tone: Tone, title: Option<String>, body: impl IntoIterator<Item = Node>) -> Node {
    let title = title.map(|title| el("h2").text(title));
    el("section").class(tone.class()).maybe(title).children(body)
}
