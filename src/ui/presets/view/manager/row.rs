//! One preset of the list.

use super::super::name::PresetName;
use super::editor::PresetEditor;
use super::{PresetsStore, focus_target};
use crate::ui::components::{IconButton, IconName, holdable};
use crate::ui::i18n::*;
use crate::ui::presets::state::manager::{Event, Focus, RowButton};
use crate::ui::presets::view::text;
use inspector_core::presets::Preset;
use inspector_core::presets::placeholder::placeholders;
use leptos::prelude::*;

#[component]
pub fn PresetRow(
    /// Its index among all presets.
    at: usize,
    name: String,
) -> impl IntoView {
    let store = expect_context::<PresetsStore>();
    let edited = name.clone();
    let is_edited = store.slice(move |model| model.editing.as_ref().is_some_and(|editing| editing.of == edited));
    let data_preset = name.clone();
    let summary = move || view! { <Summary at=at name=name.clone() /> };
    view! {
        <li class:edited=move || is_edited.get() data-preset=data_preset data-preset-at=at.to_string()>
            <Show when=move || is_edited.get() fallback=summary>
                <PresetEditor />
            </Show>
        </li>
    }
}

#[component]
fn Summary(at: usize, name: String) -> impl IntoView {
    let store = expect_context::<PresetsStore>();
    let about = store.slice(move |model| model.presets().get(at).map(about));
    let (edited, removed, raised, lowered) = (name.clone(), name.clone(), name.clone(), name.clone());
    view! {
        <div class="preset-about" use:holdable>
            <PresetName name=name.clone() />
            <small>
                <bdi>{move || about.get()}</bdi>
            </small>
        </div>
        // A tooltip cannot be masked, so it does not contain the name.
        <span class="row-actions">
            <IconButton
                icon=IconName::Up
                action="preset-up"
                node_ref=focus_target(Focus::Row(at, RowButton::Up))
                label=preset_up(&name)
                on_click=move || store.dispatch(Event::Move { name: raised.clone(), up: true })
                attr:title=preset_up("…")
            />
            <IconButton
                icon=IconName::Down
                action="preset-down"
                node_ref=focus_target(Focus::Row(at, RowButton::Down))
                label=preset_down(&name)
                on_click=move || store.dispatch(Event::Move { name: lowered.clone(), up: false })
                attr:title=preset_down("…")
            />
            <IconButton
                icon=IconName::Pencil
                action="edit-preset"
                node_ref=focus_target(Focus::Row(at, RowButton::Edit))
                label=preset_edit(&name)
                on_click=move || store.dispatch(Event::Edit(edited.clone()))
                attr:title=preset_edit("…")
            />
            <IconButton
                icon=IconName::Bin
                action="delete-preset"
                label=preset_delete(&name)
                on_click=move || store.dispatch(Event::Remove(removed.clone()))
                attr:title=preset_delete("…")
            />
        </span>
    }
}

/// Its fields, sites and placeholders, on one line.
pub fn about(preset: &Preset) -> String {
    let mut parts = vec![text::fields(preset.fields()), text::sites(preset)];
    parts.extend(placeholders(preset.values()).into_iter().map(|hole| format!("{{{{{}}}}}", hole.name)));
    parts.join(" · ")
}
