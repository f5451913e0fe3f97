//! Moving the focus to what an action made appear.

use leptos::prelude::{document, set_timeout};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Focuses the first element that `selector` finds, once the views have followed the change that is being made now.
pub fn focus_soon(selector: String) {
    set_timeout(move || focus(&selector), Duration::ZERO);
}

/// The same where nothing has the focus then.
pub fn focus_lost(selector: String) {
    let is_lost = || document().active_element().is_none_or(|element| element.tag_name() == "BODY");
    let focus = move || {
        if is_lost() {
            focus(&selector);
        }
    };
    set_timeout(focus, Duration::ZERO);
}

fn focus(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// The same for scrolling to it.
pub fn scroll_soon(selector: &'static str) {
    set_timeout(move || scroll_to(selector), Duration::ZERO);
}

/// Scrolls to the first element that `selector` finds.
pub fn scroll_to(selector: &str) {
    if let Ok(Some(element)) = document().query_selector(selector) {
        element.scroll_into_view();
    }
}
