//! The error of an input, below it.

use super::button::Button;
use crate::ui::i18n::words;
use leptos::prelude::*;

/// An error.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ItemError {
    /// The index of the item; `None` for the whole.
    pub item: Option<usize>,
    /// The key of the item is wrong and not its value: only in metadata.
    pub in_key: bool,
    /// The stable name of its kind.
    pub kind: &'static str,
    pub text: String,
    /// The repaired text, if there is one.
    pub repair: Option<String>,
    /// The input is incomplete rather than wrong.
    pub quiet: bool,
}

/// The id of the error line of an input, for its `aria-describedby`.
pub fn error_id(input: &str) -> String {
    format!("{input}-error")
}

/// The value of an input's `aria-invalid`.
pub fn aria_invalid(error: Option<&ItemError>) -> &'static str {
    if error.is_some_and(|error| !error.quiet) { "true" } else { "false" }
}

/// The error of the input `input`, with a button for its repair; nothing without an error.
#[component]
pub fn ErrorLine(
    /// The id of the input.
    #[prop(into)]
    input: String,
    #[prop(into)] error: Signal<Option<ItemError>>,
    /// Called with the repaired text.
    #[prop(optional, into)]
    on_repair: Option<Callback<String>>,
) -> impl IntoView {
    let error = Memo::new(move |_| error.get());
    let id = error_id(&input);
    move || {
        let ItemError { kind, text, repair, quiet, .. } = error.get()?;
        let offer = repair.zip(on_repair).map(|(repair, on_repair)| {
            let label = words::use_repair(&repair);
            let repair = move || on_repair.run(repair.clone());
            view! {
                <Button class="btn small" action="repair" on_click=repair>
                    {label}
                </Button>
            }
        });
        Some(view! {
            <p id=id.clone() class="error" class:quiet=quiet data-error=kind>
                <span>{text}</span>
                {offer}
            </p>
        })
    }
}
