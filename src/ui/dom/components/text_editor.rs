//! One text being typed.

use super::item_error::{ItemError, error_line, judged};
use crate::ui::dom::{Live, Node, On, el, fragment, live, value_of};

pub struct TextEditor {
    pub id: String,
    pub label: String,
    pub placeholder: String,
    pub text: Live<String>,
    pub error: Live<Option<ItemError>>,
    pub on: On<String>,
}

pub fn text_editor(props: TextEditor) -> Node {
    let TextEditor { id, label, placeholder, text, error, on } = props;
    let input = text_input(label, text, on.clone()).attr("placeholder", placeholder);
    let input = judged(input, id.clone(), error.clone());
    fragment([input, live(move || error().map(|error| error_line(id.clone(), error, on.clone())))])
}

/// An input of one line that follows `text` and hands on what is typed.
pub fn text_input(label: String, text: Live<String>, on: On<String>) -> Node {
    el("input")
        .attr("type", "text")
        .attr("dir", "auto")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("aria-label", label)
        .live_value(move || text())
        .on("input", move |event| on(value_of(&event)))
}
