//! A few words in a box of their own.

use crate::ui::dom::{Node, el};

/// How much a notice asks for attention.
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

/// A notice without a title, or with one.
pub fn notice(tone: Tone, title: Option<String>, body: impl IntoIterator<Item = Node>) -> Node {
    let title = title.map(|title| el("h2").text(title));
    el("section").class(tone.class()).maybe(title).children(body)
}
