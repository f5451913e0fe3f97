//! The name of a preset. It may be a person's name, so it is masked.

use leptos::prelude::*;

#[component]
pub fn PresetName(name: String) -> impl IntoView {
    view! { <bdi class="preset-name">{name}</bdi> }
}

/// A message about a preset, in which only the name is masked.
#[component]
pub fn NameMessage(message: fn(&str) -> String, name: String) -> impl IntoView {
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
