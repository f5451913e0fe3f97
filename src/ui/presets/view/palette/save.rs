//! The form that saves a preset.

use super::{PresetListError, StepActions, StepForm, StepName};
use crate::ui::components::{Button, Checkbox, ItemError, Notice, Tone};
use crate::ui::i18n::*;
use crate::ui::presets::effects::palette::PaletteStore;
use crate::ui::presets::state::palette::{Event, Model, PresetSource, SaveForm, Step};
use crate::ui::presets::view::name::NameField;
use crate::ui::presets::view::text;
use crate::ui::text::field_text;
use inspector_core::visitor::Field;
use leptos::prelude::*;

#[component]
pub fn SaveStep() -> impl IntoView {
    let store = expect_context::<PaletteStore>();
    // The values and the site are those of the page when the palette opened, so they don't change here.
    let source = store.with_untracked(|model| save_form(model).map_or(PresetSource::Visitor, |form| form.source));
    let title = if source == PresetSource::Visitor { PRESET_SAVE_VISITOR_TITLE } else { PRESET_SAVE_EDIT_TITLE };
    let (fields, left_out) = store.with_untracked(|model| read_fields(model, source));
    let site = store.with_untracked(Model::site);
    let is_name_taken = store.slice(Model::is_name_taken);
    view! {
        <StepForm step=StepName::Save submit_event={Event::Save { replace: false }}>
            <h2 id="dialog-title">{title}</h2>
            <p>{fields}</p>
            {left_out.map(|fields| view! {
                <Notice tone=Tone::Warn>
                    <p>{words::preset_left_out(&fields)}</p>
                </Notice>
            })}
            <Name />
            <PresetListError />
            <Show when=move || is_name_taken.get()>
                <Button action="replace" on_click=move || store.dispatch(Event::Save { replace: true })>
                    {PRESET_REPLACE}
                </Button>
            </Show>
            {site.map(|site| view! { <OnlyHere site=site /> })}
            <p class="src">{words::preset_hint("{{name}}", "{{name:Ada}}")}</p>
            <StepActions submit_label=PRESET_SAVE action="keep-preset" />
        </StepForm>
    }
}

fn save_form(model: &Model) -> Option<&SaveForm> {
    match &model.step {
        Step::Save(form) => Some(form),
        _ => None,
    }
}

/// The fields to save, and those that can't be saved.
fn read_fields(model: &Model, source: PresetSource) -> (String, Option<String>) {
    let captured = model.captured(source);
    let saved = Field::ALL.into_iter().filter(|field| captured.values.contains_key(field.key()));
    let left_out = (!captured.left_out.is_empty()).then(|| field_text::names(captured.left_out.iter().copied()));
    (field_text::names(saved), left_out)
}

#[component]
fn Name() -> impl IntoView {
    let store = expect_context::<PaletteStore>();
    let text = store.slice(|model| save_form(model).map(|form| form.name.clone()).unwrap_or_default());
    let error = store.slice(read_error);
    view! {
        <NameField id="preset-name" text=text error=error on_input=move |text| store.dispatch(Event::SetName(text)) />
    }
}

fn read_error(model: &Model) -> Option<ItemError> {
    let is_submitted = save_form(model)?.is_submitted;
    let problems = model.preset_to_save()?.err().filter(|_| is_submitted)?;
    problems.first().map(text::item_error)
}

/// The choice to save the preset only for this site.
#[component]
fn OnlyHere(site: String) -> impl IntoView {
    let store = expect_context::<PaletteStore>();
    let is_only_here = store.slice(|model| save_form(model).is_some_and(|form| form.only_here));
    view! {
        <Checkbox
            action="only-here"
            is_checked=is_only_here
            on_change=move |only_here| store.dispatch(Event::SetOnlyHere(only_here))
        >
            <bdi>{words::preset_here(text::site(&site))}</bdi>
        </Checkbox>
    }
}
