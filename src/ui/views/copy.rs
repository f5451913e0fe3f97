//! A button that copies something of the page.

use crate::app::copying::Copied;
use crate::app::popup::{CopyWhat, Event};
use crate::browser::preferences::is_masked;
use crate::ui::components::copy_button;
use crate::ui::dom::{Node, on};
use crate::ui::store::Store;
use std::sync::Arc;

/// See [`copy_button`].
pub fn copy(store: Store, action: &'static str, label: String, bare: bool, what: CopyWhat) -> Node {
    let last = what.clone();
    let copied = move || store.with(|model| Copied::how(model.copied.as_ref(), &last));
    let on = on(move |()| store.dispatch(Event::Copy { what: what.clone(), masked: is_masked() }));
    copy_button(action, label, bare, Arc::new(copied), on)
}
