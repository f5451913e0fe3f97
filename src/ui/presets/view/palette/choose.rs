//! The list to choose a preset from.

use super::super::name::{MessageWithPresetName, PresetName};
use super::{PresetListError, StepName};
use crate::ui::components::{Button, StatusRegion};
use crate::ui::focus::{focus, scroll_when};
use crate::ui::i18n::*;
use crate::ui::presets::effects::palette::PaletteStore;
use crate::ui::presets::state::palette::{Event, Model, PresetSource};
use crate::ui::presets::view::text;
use crate::ui::shortcut::is_unmodified;
use crate::ui::text::field_text;
use inspector_core::presets::search::PresetMatch;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn ChooseStep() -> impl IntoView {
    let store = expect_context::<PaletteStore>();
    let rows = store.slice(read_rows);
    let saved = store.slice(|model| model.saved.clone());
    let saved = move || {
        saved.get().map(|name| {
            view! {
                <p class="src" id=SAVED>
                    <MessageWithPresetName message=words::preset_saved name=name />
                </p>
            }
        })
    };
    let search = NodeRef::<html::Input>::new();
    // The dialog focuses the input when it opens. This focuses it after a form.
    search.on_load(move |_| focus(search));
    view! {
        <div data-step=StepName::Choose.name() class="palette">
            <h2 id="dialog-title">{PRESETS_TITLE}</h2>
            <div class="search">
                <SearchInput rows=rows node_ref=search />
            </div>
            <PresetListError />
            {saved}
            <Rows rows=rows />
            <Elsewhere search=search />
            <Actions />
        </div>
    }
}

#[component]
fn SearchInput(rows: Memo<Vec<PresetRow>>, node_ref: NodeRef<html::Input>) -> impl IntoView {
    let store = expect_context::<PaletteStore>();
    let query = store.slice(|model| model.query.clone());
    let has_rows = Memo::new(move |_| !rows.read().is_empty());
    let selected = store.slice(|model| model.selected);
    view! {
        <input
            type="search"
            id="preset-search"
            role="combobox"
            aria-expanded=move || has_rows.get().to_string()
            aria-controls=move || has_rows.get().then_some(LIST)
            aria-label=PRESETS_SEARCH
            placeholder=PRESETS_SEARCH
            aria-describedby=SAVED
            autocomplete="off"
            spellcheck="false"
            aria-activedescendant=move || has_rows.get().then(|| row_id(selected.get()))
            prop:value=move || query.get()
            node_ref=node_ref
            on:input:target=move |event| store.dispatch(Event::Search(event.target().value()))
            on:keydown=move |event| handle_key(store, &event)
        />
    }
}

/// The id of the note that a preset was saved. The form disappeared then, and the search got the focus.
const SAVED: &str = "preset-saved";

/// The id of the list.
const LIST: &str = "preset-list";

/// The id of the row at an index.
fn row_id(index: usize) -> String {
    format!("preset-row-{index}")
}

fn handle_key(store: PaletteStore, event: &KeyboardEvent) {
    match event.key().as_str() {
        _ if !is_unmodified(event) => return,
        "ArrowDown" => store.dispatch(Event::SelectNext),
        "ArrowUp" => store.dispatch(Event::SelectPrevious),
        "Enter" => store.dispatch(Event::Choose(store.with_untracked(|model| model.selected))),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

#[component]
fn Rows(rows: Memo<Vec<PresetRow>>) -> impl IntoView {
    let has_rows = Memo::new(move |_| !rows.read().is_empty());
    view! {
        <StatusRegion>
            <EmptyList />
        </StatusRegion>
        <Show when=move || has_rows.get()>
            <ul role="listbox" id=LIST aria-label=PRESETS_TITLE>
                <For each=move || rows.get() key=Clone::clone let(row)>
                    <Row row=row />
                </For>
            </ul>
        </Show>
    }
}

/// Why no preset is listed.
#[derive(Clone, Copy, PartialEq)]
enum EmptyReason {
    NoPresets,
    NoneHere,
    NoMatch,
}

/// `None` for a list with presets, and while they are read.
fn read_empty_reason(model: &Model) -> Option<EmptyReason> {
    match model.presets.as_ref()? {
        presets if presets.is_empty() => Some(EmptyReason::NoPresets),
        _ if !model.rows().is_empty() => None,
        _ if model.query.is_empty() => Some(EmptyReason::NoneHere),
        _ => Some(EmptyReason::NoMatch),
    }
}

/// The text in place of an empty list.
#[component]
fn EmptyList() -> impl IntoView {
    let reason = expect_context::<PaletteStore>().slice(read_empty_reason);
    move || {
        Some(match reason.get()? {
            EmptyReason::NoPresets => view! {
                <p class="none-yet">{PRESETS_NONE}</p>
                <p>{PRESETS_NONE_TEXT}</p>
            }
            .into_any(),
            EmptyReason::NoneHere => view! { <p>{PRESETS_NONE_HERE}</p> }.into_any(),
            EmptyReason::NoMatch => view! { <p>{PRESETS_NO_MATCH}</p> }.into_any(),
        })
    }
}

/// A preset in the list.
#[derive(Clone, PartialEq, Eq, Hash)]
struct PresetRow {
    index: usize,
    name: String,
    about: String,
    /// It is for this site.
    is_here: bool,
}

fn read_rows(model: &Model) -> Vec<PresetRow> {
    let row = |(index, found): (usize, PresetMatch)| {
        let preset = &model.presets()[found.at];
        let fields = field_text::names(preset.fields());
        let about = if preset.sites().is_empty() { fields } else { format!("{fields} · {}", text::sites(preset)) };
        PresetRow { index, name: preset.name().to_owned(), about, is_here: found.here }
    };
    model.rows().into_iter().enumerate().map(row).collect()
}

#[component]
fn Row(row: PresetRow) -> impl IntoView {
    let store = expect_context::<PaletteStore>();
    let PresetRow { index, name, about, is_here } = row;
    let is_selected = store.slice(move |model| model.selected == index);
    let node_ref = NodeRef::new();
    scroll_when(node_ref, is_selected.into());
    view! {
        <li
            node_ref=node_ref
            role="option"
            id=row_id(index)
            data-preset=name
            data-here=is_here.to_string()
            aria-selected=move || is_selected.get().to_string()
            on:click=move |_| store.dispatch(Event::Choose(index))
        >
            <PresetName name=name.clone() />
            <small>
                <bdi>{about}</bdi>
            </small>
        </li>
    }
}

/// The number of presets for other sites, and a button that lists them.
#[component]
fn Elsewhere(search: NodeRef<html::Input>) -> impl IntoView {
    let store = expect_context::<PaletteStore>();
    let count = store.slice(Model::elsewhere);
    let has_any = Memo::new(move |_| count.get() > 0);
    let is_listed = store.slice(|model| model.everywhere);
    let toggle = move || {
        store.dispatch(Event::ToggleEverywhere);
        focus(search);
    };
    view! {
        <Show when=move || has_any.get()>
            <Button
                class="btn link src"
                action="everywhere"
                on_click=toggle
                attr:aria-pressed=move || is_listed.get().to_string()
            >
                {move || words::presets_elsewhere(&count.get().to_string())}
            </Button>
        </Show>
    }
}

#[component]
fn Actions() -> impl IntoView {
    view! {
        <div class="actions">
            <a class="btn plain" href="options.html#presets" target="_blank" data-action="manage-presets">
                {PRESETS_MANAGE}
            </a>
            <SaveButton source=PresetSource::Visitor action="save-visitor" label=PRESET_SAVE_VISITOR />
            <SaveButton source=PresetSource::Edit action="save-edit" label=PRESET_SAVE_EDIT />
        </div>
    }
}

/// Opens the form that saves a preset, if there are values to save.
#[component]
fn SaveButton(source: PresetSource, action: &'static str, label: Message) -> impl IntoView {
    let store = expect_context::<PaletteStore>();
    let has_values = store.slice(move |model| !model.captured(source).values.is_empty());
    view! {
        <Show when=move || has_values.get()>
            <Button action=action on_click=move || store.dispatch(Event::OpenSaveForm(source))>
                {label}
            </Button>
        </Show>
    }
}
