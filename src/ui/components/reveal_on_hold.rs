//! Masked values that the person reveals by holding the space bar.

use crate::webext::preferences::is_masked;
use leptos::web_sys::Element;

/// A directive (`use:reveal_on_hold`): the element is focusable while values are masked. `settings.js` reveals the value and
/// follows the setting.
pub fn reveal_on_hold(element: Element) {
    // Setting an attribute with a valid name can't fail.
    let _ = element.set_attribute("data-holdable", "");
    if is_masked() {
        let _ = element.set_attribute("tabindex", "0");
    }
}
