//! One preset of the list.

use super::super::name::PresetName;
use super::editor::PresetEditor;
use super::wants_focus;
use crate::ui::components::{IconButton, IconName, reveal_on_space};
use crate::ui::focus::focus_ref;
use crate::ui::i18n::*;
use crate::ui::presets::effects::manager::PresetsStore;
use crate::ui::presets::state::manager::{Event, Focus};
use crate::ui::presets::view::text;
use crate::ui::stored_list::RowButton;
use crate::ui::text::field_text;
use inspector_core::presets::Preset;
use inspector_core::presets::placeholder::placeholders;
use leptos::prelude::*;

#[component]
pub fn PresetRow(name: String) -> impl IntoView {
    let store = expect_context::<PresetsStore>();
    let [edited, listed, data_preset] = [name.clone(), name.clone(), name.clone()];
    let is_edited = store.slice(move |model| model.editing.as_ref().is_some_and(|editing| editing.of == edited));
    let index = store.slice(move |model| model.index_of(&listed));
    // New for each index, so that the focus follows a moved preset.
    let summary = move || index.get().map(|index| view! { <Summary index=index name=name.clone() /> });
    view! {
        <li
            class:edited=move || is_edited.get()
            data-preset=data_preset
            data-preset-at=move || index.get().map(|index| index.to_string())
        >
            <Show when=move || is_edited.get() fallback=summary>
                <PresetEditor />
            </Show>
        </li>
    }
}

#[component]
fn Summary(
    /// Its index among all presets.
    index: usize,
    name: String,
) -> impl IntoView {
    let store = expect_context::<PresetsStore>();
    let about = store.slice(move |model| model.presets().get(index).map(about));
    let button = |button: RowButton, icon, action, label: fn(&str) -> String, event: fn(String) -> Event| {
        let event = event(name.clone());
        let is_at_end = store.slice(move |model| match button {
            RowButton::Up => index == 0,
            RowButton::Down => index + 1 == model.presets().len(),
            RowButton::Edit | RowButton::Delete => false,
        });
        // A tooltip can't be masked, so it doesn't contain the name.
        view! {
            <IconButton
                icon=icon
                action=action
                disabled=is_at_end
                node_ref=focus_ref(wants_focus(Focus::Row(index, button)))
                label=label(&name)
                on_click=move || store.dispatch(event.clone())
                attr:title=label("…")
            />
        }
    };
    let buttons = view! {
        <span class="row-actions">
            {button(RowButton::Up, IconName::Up, "preset-up", words::named_item_up, |name| Event::Move { name, up: true })}
            {button(RowButton::Down, IconName::Down, "preset-down", words::named_item_down, |name| Event::Move { name, up: false })}
            {button(RowButton::Edit, IconName::Pencil, "edit-preset", words::named_item_edit, Event::Edit)}
            {button(RowButton::Delete, IconName::Bin, "delete-preset", words::named_item_delete, Event::Remove)}
        </span>
    };
    view! {
        <div class="preset-about" use:reveal_on_space>
            <PresetName name=name />
            <small>
                <bdi>{move || about.get()}</bdi>
            </small>
        </div>
        {buttons}
    }
}

/// Its fields, sites and placeholders, on one line.
pub fn about(preset: &Preset) -> String {
    let mut parts = vec![field_text::names(preset.fields()), text::sites(preset)];
    parts.extend(placeholders(preset.values()).into_iter().map(|hole| format!("{{{{{}}}}}", hole.name)));
    parts.join(" · ")
}
