//! Masked values that the person reveals by holding the space bar.

use crate::webext::preferences::is_masked;
use leptos::web_sys::Element;

/// A directive (`use:reveal_on_space`): the element can get the focus while values are masked, and shows them while the
/// space bar is held. `settings.js` shows them, and follows the setting.
pub fn reveal_on_space(element: Element) {
    // Setting an attribute with a valid name can't fail.
    let _ = element.set_attribute("data-holdable", "");
    if is_masked() {
        let _ = element.set_attribute("tabindex", "0");
    }
}
