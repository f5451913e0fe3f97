//! The name of a preset, shown and typed. It may be a person's name, so the style masks it, by its
//! class and the ids of its inputs.

use crate::ui::components::{ItemError, TextEditor};
use crate::ui::i18n::PRESET_NAME;
use leptos::prelude::*;

#[component]
pub fn PresetName(name: String) -> impl IntoView {
    view! { <bdi class="preset-name">{name}</bdi> }
}

/// A message about a preset, in which only the name is masked.
#[component]
pub fn MessageWithPresetName(message: fn(&str) -> String, name: String) -> impl IntoView {
    // A character that no message contains.
    const MARK: char = '\u{fffc}';
    let text = message(&MARK.to_string());
    match text.split_once(MARK) {
        Some((before, after)) => view! {
            {before.to_owned()}
            <PresetName name=name />
            {after.to_owned()}
        }
        .into_any(),
        None => text.into_any(),
    }
}

/// The field for the name, which takes the focus when it appears.
#[component]
pub fn NameField(
    #[prop(into)] id: String,
    #[prop(into)] text: Signal<String>,
    #[prop(into)] error: Signal<Option<ItemError>>,
    #[prop(into)] on_input: Callback<String>,
) -> impl IntoView {
    view! {
        <div class="labelled">
            <span>{PRESET_NAME}</span>
            <TextEditor
                id=id
                label=PRESET_NAME
                placeholder=""
                text=text
                error=error
                on_input=on_input
                focused=true
            />
        </div>
    }
}
