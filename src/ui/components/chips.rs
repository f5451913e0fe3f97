//! A list of short texts of a page.

use leptos::prelude::*;

/// One text of the list.
pub struct Chip {
    pub text: String,
    /// Something is wrong with it.
    pub bad: bool,
    /// It stands for data of another type than text.
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
