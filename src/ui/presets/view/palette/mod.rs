//! The palette over the popup: a list of presets, a form for the placeholders of one, and a form that saves one.

mod choose;
mod fill;
mod save;

use super::text;
use crate::ui::components::{Button, Modal};
use crate::ui::i18n::*;
use crate::ui::presets::effects::palette::PaletteStore;
use crate::ui::presets::state::palette::{Event, Step};
use crate::ui::storage_error::StorageError;
use choose::ChooseStep;
use fill::FillStep;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use save::SaveStep;

#[component]
pub fn Palette() -> impl IntoView {
    let store = expect_context::<PaletteStore>();
    let step = store.slice(|model| model.open.then(|| StepName::of(&model.step)));
    let content = move || {
        Some(match step.get()? {
            StepName::Choose => view! { <ChooseStep /> }.into_any(),
            StepName::Fill => view! { <FillStep /> }.into_any(),
            StepName::Save => view! { <SaveStep /> }.into_any(),
        })
    };
    view! {
        <Modal name=move || step.get().map(|_| "presets") on_cancel=move || store.dispatch(Event::Escape)>
            {content}
        </Modal>
    }
}

/// The kind of a step.
#[derive(Clone, Copy, PartialEq, Eq)]
enum StepName {
    Choose,
    Fill,
    Save,
}

impl StepName {
    fn of(step: &Step) -> Self {
        match step {
            Step::Choose => Self::Choose,
            Step::Fill(_) => Self::Fill,
            Step::Save(_) => Self::Save,
        }
    }

    /// The value of `data-step`.
    fn name(self) -> &'static str {
        match self {
            Self::Choose => "choose",
            Self::Fill => "fill",
            Self::Save => "save",
        }
    }
}

/// A form in place of the list.
#[component]
fn StepForm(step: StepName, submit_event: Event, children: Children) -> impl IntoView {
    let store = expect_context::<PaletteStore>();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        store.dispatch(submit_event.clone());
    };
    view! {
        <form class="palette" data-step=step.name() on:submit=submit>
            {children()}
        </form>
    }
}

/// The buttons of a form.
#[component]
fn StepActions(
    submit_label: Message,
    /// The stable name of the button that submits.
    action: &'static str,
    #[prop(optional, into)] disabled: Option<Signal<bool>>,
) -> impl IntoView {
    let store = expect_context::<PaletteStore>();
    view! {
        <div class="actions">
            <Button action="back" on_click=move || store.dispatch(Event::Back)>
                {CANCEL}
            </Button>
            <button type="submit" class="btn primary" data-action=action disabled=disabled>
                {submit_label}
            </button>
        </div>
    }
}

/// Why the presets could not be read or changed.
#[component]
fn PresetListError() -> impl IntoView {
    let why = expect_context::<PaletteStore>().slice(|model| model.failed.as_ref().map(text::storage_error));
    view! { <StorageError why=why /> }
}
