//! What is wrong with something typed, beside it.

use super::button::button;
use crate::ui::dom::{Live, Node, On, el, on};
use crate::ui::focus::focus_soon;
use crate::ui::i18n::use_repair;

pub use crate::ui::components::ItemError;

/// Gives an input its id, and tells whether it is wrong; its error line says what is, while there is one.
pub fn judged(input: Node, id: String, error: Live<Option<ItemError>>) -> Node {
    input
        .attr("aria-describedby", line_of(&id))
        .attr("id", id)
        .live_attr("aria-invalid", move || Some(error().is_some_and(|error| !error.quiet).to_string()))
}

/// The id of the error line of an input.
fn line_of(input: &str) -> String {
    format!("{input}-error")
}

/// The line that says it of the input `id`, with the repair as an offer; the focus goes from there to what was repaired.
pub fn error_line(id: String, error: ItemError, on_repair: On<String>) -> Node {
    let line = line_of(&id);
    let offer = error.repair.map(|repair| {
        let label = use_repair(&repair);
        let take = on(move |()| {
            on_repair(repair.clone());
            focus_soon(format!("#{id}"));
        });
        button("btn small", "repair", label, take)
    });
    el("p")
        .attr("id", line)
        .class("error")
        .class_if("quiet", error.quiet)
        .attr("data-error", error.kind)
        .child(el("span").text(error.words))
        .maybe(offer)
}
