//! Single keys that are shortcuts within a page.

use leptos::ev::KeyboardEvent;
use leptos::prelude::document;

/// Matches an element for which a key is text input, and an open dialog.
const TYPING: &str = ":is(input:not([type=radio]), textarea, select):focus, dialog[open]";

/// Whether `key` was pressed as a shortcut of the page: alone, not in a text input, and without an open dialog.
pub fn is_shortcut(event: &KeyboardEvent, key: &str) -> bool {
    let is_plain = event.key() == key && !event.ctrl_key() && !event.meta_key() && !event.alt_key();
    is_plain && document().query_selector(TYPING).is_ok_and(|typing| typing.is_none())
}
