//! Keys that are pressed without a modifier.

use leptos::ev::KeyboardEvent;
use leptos::prelude::document;

/// Matches an element for which a key is text input, and an open dialog.
const TYPING: &str = ":is(input:not([type=radio]), textarea, select):focus, dialog[open]";

/// Whether a key was pressed without a modifier. What a view does with a key, it does only then: a combination is for the
/// whole page or the browser. Ctrl+Enter applies an edit.
pub fn is_unmodified(event: &KeyboardEvent) -> bool {
    !event.ctrl_key() && !event.meta_key() && !event.alt_key() && !event.shift_key()
}

/// Whether `key` was pressed as a shortcut of the page: alone, not in a text input, and without an open dialog.
pub fn is_shortcut(event: &KeyboardEvent, key: &str) -> bool {
    let is_plain = event.key() == key && !event.ctrl_key() && !event.meta_key() && !event.alt_key();
    is_plain && document().query_selector(TYPING).is_ok_and(|typing| typing.is_none())
}
