//! What is wrong with something typed, beside it.

use super::button::button;
use crate::ui::dom::{Node, On, el, on};
use crate::ui::i18n::use_repair;

/// One thing wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemError {
    /// The index of the item; `None` for the whole.
    pub item: Option<usize>,
    /// The stable name of its kind.
    pub kind: &'static str,
    pub words: String,
    /// A text to put in its place, where one is obvious.
    pub repair: Option<String>,
    /// Nothing typed yet, rather than something wrong.
    pub quiet: bool,
}

/// The line that says it, with the repair as an offer.
pub fn error_line(error: ItemError, on_repair: On<String>) -> Node {
    let offer = error.repair.map(|repair| {
        let label = use_repair(&repair);
        button("btn small", "repair", label, on(move |()| on_repair(repair.clone())))
    });
    el("p")
        .class("error")
        .class_if("quiet", error.quiet)
        .attr("data-error", error.kind)
        .child(el("span").text(error.words))
        .maybe(offer)
}
