//! Values of a page, as text.

use crate::app::copying::Copied;
use crate::app::recorded::{CopyWhat, Event};
use crate::browser::preferences::is_masked;
use crate::recorded::store::Store;
use crate::ui::dom::components::copy_button;
use crate::ui::dom::{Node, el, on};
use crate::ui::i18n::HISTORY_NONE;
use inspector_core::js_text;
use inspector_core::json_text::pretty;
use inspector_core::visitor::page_value::PageValue;
use std::sync::Arc;

/// How many bytes of a value stand on one line.
const LINE: usize = 300;

/// A block of code.
pub fn code(text: String) -> Node {
    el("pre").class("code").child(el("bdi").text(text))
}

/// A whole value, over as many lines as it takes.
pub fn whole(value: &PageValue) -> Node {
    code(pretty(&value.to_json()))
}

/// A value on one line; `None` is no value.
pub fn short(value: Option<&PageValue>) -> Node {
    let Some(value) = value else { return el("span").class("none").words(HISTORY_NONE) };
    let mut text = String::new();
    js_text::page_value_inline(&mut text, value, LINE);
    el("bdi").class("id").text(text)
}

/// A button that copies.
pub fn copy(store: Store, action: &'static str, label: String, what: CopyWhat) -> Node {
    let last = what.clone();
    let copied = move || store.with(|model| Copied::how(model.copied.as_ref(), &last));
    let on = on(move |()| store.dispatch(Event::Copy { what: what.clone(), masked: is_masked() }));
    copy_button(action, label, false, Arc::new(copied), on)
}
