//! A list of short texts from a page.

use leptos::prelude::*;

/// One text of the list.
pub struct Chip {
    pub text: String,
    /// The text is invalid.
    pub bad: bool,
    /// The text stands for a value that isn't text, and is shown as code.
    pub code: bool,
}

#[component]
pub fn Chips(chips: Vec<Chip>) -> impl IntoView {
    let chip = |Chip { text, bad, code }| {
        view! {
            <li class="chip" class:bad=bad class:code=code>
                <bdi>{text}</bdi>
            </li>
        }
    };
    view! { <ul class="chips">{chips.into_iter().map(chip).collect_view()}</ul> }
}
