//! Values that the person reveals while holding the space bar, where personal data is masked.

use crate::webext::preferences::is_masked;
use leptos::web_sys::Element;

/// A directive (`use:holdable`): the keyboard reaches the element while values are masked, and skips it otherwise.
/// `settings.js` reveals the value, and follows the setting when it changes.
pub fn holdable(element: Element) {
    // Setting an attribute with a valid name cannot fail.
    let _ = element.set_attribute("data-holdable", "");
    if is_masked() {
        let _ = element.set_attribute("tabindex", "0");
    }
}
