//! Values of a page, as text.

use crate::ui::components::CopyButton;
use crate::ui::copying::Copied;
use crate::ui::i18n::HISTORY_NONE;
use crate::ui::recording::state::{CopyTarget, Event};
use crate::ui::recording::store::RecordingStore;
use crate::webext::preferences::is_masked;
use inspector_core::js_text;
use inspector_core::visitor::page_value::PageValue;
use leptos::either::Either;
use leptos::prelude::*;

/// The longest value on one line, in bytes.
const MAX_LINE: usize = 300;

#[component]
pub fn CodeBlock(text: String) -> impl IntoView {
    view! {
        <pre class="code">
            <bdi>{text}</bdi>
        </pre>
    }
}

/// A value as text on one line.
pub fn one_line(value: &PageValue) -> String {
    let mut text = String::new();
    js_text::page_value_inline(&mut text, value, MAX_LINE);
    text
}

/// A value on one line; `None` means no value.
#[component]
pub fn ShortValue(text: Option<String>) -> impl IntoView {
    match text {
        Some(text) => Either::Left(view! { <bdi class="id">{text}</bdi> }),
        None => Either::Right(view! { <span class="none">{HISTORY_NONE}</span> }),
    }
}

/// A button that copies something of the recording. See [`CopyButton`].
#[component]
pub fn CopyRecorded(
    action: &'static str,
    #[prop(into)] label: String,
    #[prop(into)] what: Signal<CopyTarget>,
    /// The first click copies masked text even if personal data is shown. See [`CopyState::next`] for the second.
    #[prop(optional)]
    masks_first: bool,
) -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let copied = store.slice(move |model| what.with(|what| Copied::of(what, model.copied.as_ref())));
    let copy = move || store.dispatch(Event::Copy { what: what.get_untracked(), masked: masks_first || is_masked() });
    view! { <CopyButton action=action label=label copied=copied on_copy=copy /> }
}
