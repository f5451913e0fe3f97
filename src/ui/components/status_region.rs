//! The place of a result that screen readers announce.

use leptos::prelude::*;

/// What appears here is announced, because the place was there before it: a `role="status"` that appears with its text
/// often isn't. The content is a short text, without buttons, which would be announced as text.
#[component]
pub fn StatusRegion(children: Children) -> impl IntoView {
    view! { <div role="status">{children()}</div> }
}
