//! The form that changes a preset.

use crate::ui::components::{Button, ItemError, error_id};
use crate::ui::i18n::*;
use crate::ui::presets::effects::manager::PresetsStore;
use crate::ui::presets::state::manager::{EditError, EditForm, Event, Model};
use crate::ui::presets::view::name::NameField;
use crate::ui::presets::view::text;
use crate::ui::storage_error::StorageError;
use inspector_core::presets::PresetProblem;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

#[component]
pub fn PresetEditor() -> impl IntoView {
    let store = expect_context::<PresetsStore>();
    let error = store.slice(read_edit_error);
    let is_wrong = Memo::new(move |_| error.with(Option::is_some));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        store.dispatch(Event::Save);
    };
    view! {
        <form on:submit=submit>
            <Name error=error />
            <TextArea
                id="edited-sites"
                part=Part::Sites
                label=PRESET_SITES
                rows=2
                text=|editing| &editing.sites
                error=error
                event=Event::Sites
            />
            <p class="src">{PRESET_SITES_TEXT}</p>
            <TextArea
                id="edited-values"
                part=Part::Values
                label=PRESET_VALUES
                rows=8
                text=|editing| &editing.values
                error=error
                event=Event::Values
            />
            <p class="src">{words::preset_hint("{{name}}", "{{name:Ada}}")}</p>
            <NotStored />
            <div class="actions">
                <Button action="cancel-edit" on_click=move || store.dispatch(Event::Cancel)>
                    {CANCEL}
                </Button>
                <button
                    type="submit"
                    class="btn primary"
                    data-action="save-preset"
                    disabled=move || is_wrong.get()
                >
                    {PRESET_SAVE}
                </button>
            </div>
        </form>
    }
}

/// The part of the form that shows a problem.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Name,
    Sites,
    Values,
}

impl Part {
    fn from_problem(problem: &PresetProblem) -> Self {
        match problem {
            PresetProblem::NoName | PresetProblem::NameTooLong => Self::Name,
            PresetProblem::Site(_) | PresetProblem::TooManySites => Self::Sites,
            _ => Self::Values,
        }
    }
}

fn read_edit_error(model: &Model) -> Option<EditError> {
    model.editing.as_ref()?.finish().err()
}

fn read_text(model: &Model, text: fn(&EditForm) -> &String) -> String {
    model.editing.as_ref().map(|editing| text(editing).clone()).unwrap_or_default()
}

#[component]
fn Name(error: Memo<Option<EditError>>) -> impl IntoView {
    let store = expect_context::<PresetsStore>();
    let text = store.slice(|model| read_text(model, |editing| &editing.name));
    let error = Memo::new(move |_| error.with(|error| name_error(error.as_ref())));
    view! {
        <NameField id="edited-name" text=text error=error on_input=move |text| store.dispatch(Event::Name(text)) />
    }
}

fn name_error(error: Option<&EditError>) -> Option<ItemError> {
    let Some(EditError::Problems(problems)) = error else { return None };
    problems.iter().find(|problem| Part::from_problem(problem) == Part::Name).map(text::item_error)
}

/// The input of a part, and its problems.
#[component]
fn TextArea(
    id: &'static str,
    part: Part,
    label: Message,
    rows: u8,
    text: fn(&EditForm) -> &String,
    error: Memo<Option<EditError>>,
    event: fn(String) -> Event,
) -> impl IntoView {
    let store = expect_context::<PresetsStore>();
    let problems = Memo::new(move |_| error.with(|error| problems_of(error.as_ref(), part)));
    let is_wrong = move || problems.with(|problems| !problems.is_empty());
    let text = store.slice(move |model| read_text(model, text));
    view! {
        <div class="labelled">
            <span>{label}</span>
            <textarea
                id=id
                dir="auto"
                spellcheck="false"
                rows=rows.to_string()
                aria-label=label
                aria-describedby=error_id(id)
                aria-invalid=move || is_wrong().to_string()
                prop:value=move || text.get()
                on:input:target=move |input| store.dispatch(event(input.target().value()))
            ></textarea>
        </div>
        <Problems input=id problems=problems />
    }
}

/// How many problems of a part are shown.
const MAX_SHOWN: usize = 5;

/// The stable name and the text of each problem of a part.
fn problems_of(error: Option<&EditError>, of: Part) -> Vec<(&'static str, String)> {
    match error {
        Some(EditError::NotJson(at)) if of == Part::Values => {
            vec![("not-json", words::error_not_json(&at.line.to_string(), &at.column.to_string()))]
        }
        Some(EditError::Problems(problems)) => {
            let problems = problems.iter().filter(|problem| Part::from_problem(problem) == of).take(MAX_SHOWN);
            problems.map(|problem| (text::problem_key(problem), text::problem(problem))).collect()
        }
        _ => vec![],
    }
}

/// The problems of an input. The first one describes it.
#[component]
fn Problems(input: &'static str, problems: Memo<Vec<(&'static str, String)>>) -> impl IntoView {
    let problem = move |(index, (kind, text)): (usize, (&'static str, String))| {
        view! {
            <p class="error" id=(index == 0).then(|| error_id(input)) data-error=kind>
                <bdi>{text}</bdi>
            </p>
        }
    };
    move || problems.get().into_iter().enumerate().map(problem).collect_view()
}

/// Why the preset was not stored.
#[component]
fn NotStored() -> impl IntoView {
    let why = expect_context::<PresetsStore>().slice(|model| model.failed.as_ref().map(text::storage_error));
    view! { <StorageError why=why /> }
}
