//! The form for the placeholders of a preset.

use super::super::name::PresetName;
use super::{StepActions, StepForm, StepName};
use crate::ui::components::TextEditor;
use crate::ui::i18n::*;
use crate::ui::presets::effects::palette::PaletteStore;
use crate::ui::presets::state::palette::{Event, Model, PlaceholderForm, Step};
use leptos::prelude::*;

#[component]
pub fn FillStep() -> impl IntoView {
    let store = expect_context::<PaletteStore>();
    let is_incomplete = store.slice(|model| !placeholder_form(model).is_some_and(PlaceholderForm::is_filled));
    let (name, placeholders) = store.with_untracked(|model| {
        let form = placeholder_form(model);
        let name = form.map(|form| form.preset.name().to_owned()).unwrap_or_default();
        let placeholders = form.map(|form| form.placeholders.as_slice()).unwrap_or_default();
        (name, placeholders.iter().map(|placeholder| placeholder.name.clone()).collect::<Vec<_>>())
    });
    let input = |(index, name)| view! { <Placeholder index=index name=name /> };
    view! {
        <StepForm step=StepName::Fill submit_event=Event::SubmitPlaceholders>
            <h2 id="dialog-title">
                <PresetName name=name />
            </h2>
            <p>{PRESET_FILL}</p>
            {placeholders.into_iter().enumerate().map(input).collect_view()}
            <StepActions submit_label=REVIEW_EDIT action="review" disabled=is_incomplete />
        </StepForm>
    }
}

fn placeholder_form(model: &Model) -> Option<&PlaceholderForm> {
    match &model.step {
        Step::Fill(form) => Some(form),
        _ => None,
    }
}

#[component]
fn Placeholder(index: usize, name: String) -> impl IntoView {
    let store = expect_context::<PaletteStore>();
    let text = store.slice(move |model| placeholder_form(model)?.inputs.get(index).cloned());
    view! {
        <div class="labelled">
            <span>
                <bdi>{name.clone()}</bdi>
            </span>
            <TextEditor
                id=format!("preset-hole-{index}")
                label=name
                placeholder=""
                text=move || text.get().unwrap_or_default()
                on_input=move |text| store.dispatch(Event::Fill(index, text))
                focused={index == 0}
            />
        </div>
    }
}
