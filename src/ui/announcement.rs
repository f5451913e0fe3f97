//! Announcements for screen readers.

use crate::ui::copying::CopyState;
use crate::ui::i18n::*;
use leptos::prelude::*;

/// A text to announce.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Announced {
    text: String,
    /// Distinguishes it from an earlier one with the same text.
    nth: usize,
}

impl From<String> for Announced {
    fn from(text: String) -> Self {
        Self { text, nth: 0 }
    }
}

/// Announces a text to screen readers, and each one that replaces it. A new element each time, so that the same text is
/// announced again. The region is there before the first of them.
#[component]
pub fn Announcement(announced: Memo<Announced>) -> impl IntoView {
    view! {
        <p class="sr-only" role="status">
            <For each=move || [announced.get()] key=Clone::clone let(announced)>
                <span>{announced.text}</span>
            </For>
        </p>
    }
}

/// The announcement that something was copied.
pub fn copied_announcement<W>(name: Message, copied: &CopyState<W>) -> Announced {
    let name = name.text();
    let text = if copied.masked { words::copied_masked_aloud(&name) } else { words::copied_aloud(&name) };
    Announced { text, nth: copied.nth }
}
