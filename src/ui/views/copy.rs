//! A button that copies something of the page.

use crate::app::popup::{CopyWhat, Event};
use crate::ui::components::copy_button;
use crate::ui::dom::Node;
use crate::ui::store::Store;
use std::sync::Arc;

/// See [`copy_button`].
pub fn copy(store: Store, action: &'static str, label: String, bare: bool, what: CopyWhat) -> Node {
    let on = store.on(Event::Copy(what.clone()));
    let copied = move || store.with(|model| model.copied.as_ref() == Some(&what));
    copy_button(action, label, bare, Arc::new(copied), on)
}
