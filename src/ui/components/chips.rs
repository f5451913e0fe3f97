//! A list of short texts of a page.

use crate::ui::dom::{Node, bdi, el};

/// One text.
pub struct Chip {
    pub text: String,
    /// Something is wrong with it.
    pub bad: bool,
    /// It is no text but other data, shown as such.
    pub code: bool,
}

pub fn chips(chips: Vec<Chip>) -> Node {
    let chip =
        |chip: Chip| el("li").class("chip").class_if("bad", chip.bad).class_if("code", chip.code).child(bdi(chip.text));
    el("ul").class("chips").children(chips.into_iter().map(chip))
}
