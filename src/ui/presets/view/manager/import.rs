//! A file of presets that the person chose.

use super::super::name::{MessageWithPresetName, PresetName};
use super::row::about;
use super::wants_focus;
use crate::ui::components::{Button, Notice, StatusRegion, Tone, reveal_on_space};
use crate::ui::focus::focus_ref;
use crate::ui::i18n::*;
use crate::ui::presets::effects::manager::PresetsStore;
use crate::ui::presets::state::manager::{Event, Focus, Import, Model};
use crate::ui::presets::view::text;
use inspector_core::named_list::free_name;
use inspector_core::presets::file::PresetFileEntry;
use inspector_core::presets::{Preset, PresetProblem};
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn ImportResult() -> impl IntoView {
    let store = expect_context::<PresetsStore>();
    let import = store.slice(|model| model.import.clone());
    let imported = store.slice(read_imported);
    let result = move || {
        Some(match import.get()? {
            Import::Done(_) => return None,
            Import::Rejected(why) => {
                view! { <NotImported title=PRESETS_NOT_IMPORTED why=text::not_read(&why) /> }.into_any()
            }
            Import::Unreadable(why) => view! { <NotImported title=FILE_UNREADABLE why=why.to_string() /> }.into_any(),
            Import::Read(entries) => view! { <Offer entries=entries /> }.into_any(),
        })
    };
    view! {
        <StatusRegion>
            <ShowLet some=imported let:text>
                <Notice tone=Tone::Good>
                    <p>{text}</p>
                </Notice>
            </ShowLet>
        </StatusRegion>
        {result}
    }
}

/// How many presets were imported.
fn read_imported(model: &Model) -> Option<String> {
    match model.import.as_ref()? {
        Import::Done(count) => Some(words::presets_import_done(&count.to_string())),
        _ => None,
    }
}

#[component]
fn NotImported(title: Message, why: String) -> impl IntoView {
    view! {
        <Notice tone=Tone::Bad title=title>
            <p role="alert" data-error="not-imported">
                <bdi>{why}</bdi>
            </p>
        </Notice>
    }
}

/// The content and the problems of the file, and the choice to import it. The focus moves to its title.
#[component]
fn Offer(entries: Vec<PresetFileEntry>) -> impl IntoView {
    let store = expect_context::<PresetsStore>();
    let total = entries.len().to_string();
    let count = entries.iter().filter(|entry| entry.preset.is_ok()).count();
    let rows = store.slice(move |model| name_entries(model.presets(), &entries));
    let title = focus_ref::<html::H3>(wants_focus(Focus::Offer));
    let is_importing = store.slice(Model::is_importing);
    let take = (count > 0).then(|| {
        view! {
            <Button
                class="btn primary"
                action="take-import"
                busy=is_importing
                on_click=move || store.dispatch(Event::ConfirmImport)
            >
                {words::presets_import_take(&count.to_string())}
            </Button>
        }
    });
    view! {
        <section class="import" data-import=count.to_string()>
            <h3 tabindex="-1" node_ref=title>
                {words::presets_import_title(&total)}
            </h3>
            {(count == 0).then(|| view! { <p>{PRESETS_IMPORT_NONE}</p> })}
            <ul class="preset-list">
                {move || rows.get().into_iter().map(|row| view! { <OfferedEntry row=row /> }).collect_view()}
            </ul>
            <div class="actions">
                <Button action="drop-import" on_click=move || store.dispatch(Event::CancelImport)>
                    {CANCEL}
                </Button>
                {take}
            </div>
        </section>
    }
}

/// An entry of the file, and the name for its preset if its own name is taken.
type NamedEntry = (PresetFileEntry, Option<String>);

/// Names the entries in order: each name is taken for the entries after it.
fn name_entries(presets: &[Preset], entries: &[PresetFileEntry]) -> Vec<NamedEntry> {
    let mut taken = presets.to_vec();
    let with_name = |entry: &PresetFileEntry| {
        let new_name = entry.preset.as_ref().ok().and_then(|preset| {
            let name = free_name(&taken, preset.name());
            taken.push(preset.named(&name));
            (name != preset.name()).then_some(name)
        });
        (entry.clone(), new_name)
    };
    entries.iter().map(with_name).collect()
}

#[component]
fn OfferedEntry(row: NamedEntry) -> impl IntoView {
    let (entry, new_name) = row;
    let content = match entry.preset {
        Ok(preset) => view! {
            <small>
                <bdi>{about(&preset)}</bdi>
            </small>
            {new_name.map(|name| view! { <NewName name=name /> })}
        }
        .into_any(),
        Err(problems) => view! { <EntryProblems problems=problems /> }.into_any(),
    };
    view! {
        <li use:reveal_on_space data-entry=entry.name.clone()>
            {match entry.name.is_empty() {
                true => view! { <em>{PRESETS_NO_NAME}</em> }.into_any(),
                false => view! { <PresetName name=entry.name.clone() /> }.into_any(),
            }}
            {content}
        </li>
    }
}

#[component]
fn NewName(name: String) -> impl IntoView {
    view! {
        <p class="warn" data-warning="name-taken">
            <MessageWithPresetName message=words::presets_import_clash name=name />
        </p>
    }
}

/// How many problems of an entry are shown.
const MAX_SHOWN: usize = 5;

#[component]
fn EntryProblems(problems: Vec<PresetProblem>) -> impl IntoView {
    let problem = |problem: &PresetProblem| {
        view! {
            <p class="error" data-error=text::problem_key(problem)>
                <bdi>{text::problem(problem)}</bdi>
            </p>
        }
    };
    problems.iter().take(MAX_SHOWN).map(problem).collect_view()
}
