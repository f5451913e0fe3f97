//! The preset manager in the options.

mod editor;
mod import;
mod row;

use super::name::MessageWithPresetName;
use super::text;
use crate::ui::components::{Button, Notice, StatusRegion, Tone};
use crate::ui::focus::focus_ref;
use crate::ui::i18n::*;
use crate::ui::presets::effects::manager::{PresetsStore, perform, read_file};
use crate::ui::presets::state::manager::{self, Event, Focus, Model, update};
use import::ImportResult;
use leptos::html;
use leptos::prelude::*;
use row::PresetRow;

/// The number of presets from which the list has a search.
const MIN_SEARCHED: usize = 6;

/// Whether the state moves the focus to `target`.
fn wants_focus(target: Focus) -> Memo<bool> {
    expect_context::<PresetsStore>().slice(move |model| model.focus == Some(target))
}

#[component]
pub fn PresetsSection() -> impl IntoView {
    let store = PresetsStore::new(Model::default(), update, perform);
    provide_context(store);
    store.perform_after_mount(manager::Effect::Load);
    let count = store.slice(|model| model.presets.as_ref().map(Vec::len));
    let is_empty = Memo::new(move |_| count.get() == Some(0));
    // It stays, with its query and the focus, when presets are deleted.
    let can_search = Memo::new(move |could: Option<&bool>| could == Some(&true) || count.get() >= Some(MIN_SEARCHED));
    view! {
        <section
            class="presets"
            id="presets"
            aria-labelledby="presets-title"
            data-presets=move || count.get().map(|count| count.to_string())
        >
            <h2 id="presets-title">{PRESETS_TITLE}</h2>
            <p class="lead">{PRESETS_INTRO}</p>
            <PresetListError />
            <Removed />
            <Show when=move || is_empty.get()>
                <p class="none">{PRESETS_NONE}</p>
                <p>{PRESETS_NONE_TEXT}</p>
            </Show>
            <Show when=move || can_search.get()>
                <SearchInput />
            </Show>
            <PresetList />
            <Actions />
            <ImportResult />
        </section>
    }
}

/// Why the list wasn't read or changed. While a preset is edited, its form shows this.
#[component]
fn PresetListError() -> impl IntoView {
    let why = expect_context::<PresetsStore>()
        .slice(|model| model.failed.as_ref().filter(|_| model.editing.is_none()).map(text::storage_error));
    move || {
        let why = why.get()?;
        Some(view! {
            <Notice tone=Tone::Bad attr:role="alert">
                <p>
                    <bdi>{why}</bdi>
                </p>
            </Notice>
        })
    }
}

/// The id of the note that a preset was deleted.
const REMOVED: &str = "preset-removed";

/// The last deleted preset, with a button to restore it, which gets the focus.
#[component]
fn Removed() -> impl IntoView {
    let store = expect_context::<PresetsStore>();
    let undo = focus_ref::<html::Button>(wants_focus(Focus::Undo));
    let name = store.slice(|model| model.removed.last().map(|(_, preset)| preset.name().to_owned()));
    move || {
        let name = name.get()?;
        Some(view! {
            <Notice tone=Tone::Quiet>
                <p id=REMOVED>
                    <MessageWithPresetName message=words::named_item_deleted name=name />
                </p>
                <div class="actions">
                    <Button
                        class="btn small"
                        action="undo-preset"
                        node_ref=undo
                        on_click=move || store.dispatch(Event::PutBack)
                        attr:aria-describedby=REMOVED
                    >
                        {UNDO_DO}
                    </Button>
                </div>
            </Notice>
        })
    }
}

#[component]
fn SearchInput() -> impl IntoView {
    let store = expect_context::<PresetsStore>();
    let query = store.slice(|model| model.query.clone());
    let input = focus_ref::<html::Input>(wants_focus(Focus::Search));
    view! {
        <div class="search">
            <input
                type="search"
                id="presets-search"
                aria-label=PRESETS_SEARCH
                placeholder=PRESETS_SEARCH
                autocomplete="off"
                prop:value=move || query.get()
                node_ref=input
                on:input:target=move |event| store.dispatch(Event::Search(event.target().value()))
            />
        </div>
    }
}

#[component]
fn PresetList() -> impl IntoView {
    let store = expect_context::<PresetsStore>();
    let rows = store.slice(|model| model.rows().into_iter().map(str::to_owned).collect::<Vec<_>>());
    let has_no_match = store.slice(Model::has_no_match);
    let has_rows = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
    view! {
        <StatusRegion>
            <Show when=move || has_no_match.get()>
                <p>{PRESETS_NO_MATCH}</p>
            </Show>
        </StatusRegion>
        <Show when=move || has_rows.get()>
            <ul class="preset-list">
                // Without an index in the key, a form and its focus stay when presets above it are deleted.
                <For each=move || rows.get() key=Clone::clone let(name)>
                    <PresetRow name=name />
                </For>
            </ul>
        </Show>
    }
}

#[component]
fn Actions() -> impl IntoView {
    let store = expect_context::<PresetsStore>();
    let import = focus_ref::<html::Input>(wants_focus(Focus::Import));
    let can_export = store.slice(|model| !model.presets().is_empty());
    view! {
        <div class="actions">
            <label class="btn">
                {PRESETS_IMPORT}
                <input
                    type="file"
                    accept=".json,application/json"
                    data-action="import-presets"
                    class="sr-only"
                    node_ref=import
                    on:change:target=move |event| read_file(store, &event.target())
                />
            </label>
            <Show when=move || can_export.get()>
                <Button action="export-presets" on_click=move || store.dispatch(Event::Export)>
                    {PRESETS_EXPORT}
                </Button>
            </Show>
        </div>
    }
}
