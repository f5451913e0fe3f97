//! A short text in a box.

use leptos::prelude::*;

/// The importance of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Quiet,
    Info,
    Good,
    Warn,
    Bad,
}

impl Tone {
    pub fn class(self) -> &'static str {
        match self {
            Self::Quiet => "notice quiet",
            Self::Info => "notice info",
            Self::Good => "notice good",
            Self::Warn => "notice warn",
            Self::Bad => "notice bad",
        }
    }
}

#[component]
pub fn Notice(tone: Tone, #[prop(optional_no_strip, into)] title: Option<String>, children: Children) -> impl IntoView {
    view! {
        <section class=tone.class()>
            {title.map(|title| view! { <h2>{title}</h2> })}
            {children()}
        </section>
    }
}
