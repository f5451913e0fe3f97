//! Announcements for screen readers.

use crate::ui::i18n::*;
use leptos::prelude::*;

/// A text that only screen readers announce, at each change.
#[component]
pub fn Announcement(text: Memo<String>) -> impl IntoView {
    view! {
        <p class="sr-only" role="status">
            {move || text.get()}
        </p>
    }
}

/// The announcement that something was copied.
pub fn copied_announcement(name: Message, is_masked: bool) -> String {
    let name = name.text();
    if is_masked { words::copied_masked_aloud(&name) } else { words::copied_aloud(&name) }
}
