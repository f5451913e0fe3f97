//! The steps to try, each with a check mark once it is done.

use crate::ui::components::{Icon, IconName, Notice, Tone};
use crate::ui::i18n::*;
use crate::ui::welcome::effects::WelcomeStore;
use crate::ui::welcome::state::{Model, Step};
use leptos::prelude::*;

#[component]
pub fn StepList() -> impl IntoView {
    let is_done = expect_context::<WelcomeStore>().slice(|model| model.next().is_none());
    view! {
        <section class="steps">
            <h2>{WELCOME_STEPS}</h2>
            <ol>{Step::ALL.map(|step| view! { <StepItem step=step /> }).collect_view()}</ol>
            <Show when=move || is_done.get()>
                <Notice tone=Tone::Good>
                    <p>{WELCOME_ALL_DONE}</p>
                </Notice>
            </Show>
        </section>
    }
}

#[component]
fn StepItem(step: Step) -> impl IntoView {
    let store = expect_context::<WelcomeStore>();
    let is_done = store.slice(move |model| model.is_done(step));
    let is_next = store.slice(move |model| model.next() == Some(step));
    view! {
        <li
            data-step=step.name()
            data-done=move || is_done.get().to_string()
            aria-current=move || is_next.get().then_some("step")
        >
            <span class="tick">
                <Show when=move || is_done.get()>
                    <span>
                        <Icon name=IconName::Check />
                        <span class="sr-only">{WELCOME_DONE}</span>
                    </span>
                </Show>
            </span>
            <div>
                <b>{title(step)}</b>
                <Show when=move || is_next.get()>
                    <p>{instructions(step)}</p>
                </Show>
            </div>
        </li>
    }
}

/// Announces each completed step and the next one to screen readers, after the current announcement.
#[component]
pub fn StepAnnouncement() -> impl IntoView {
    let text = expect_context::<WelcomeStore>().slice(announcement);
    view! {
        <p class="sr-only" role="status">
            {move || text.get()}
        </p>
    }
}

fn announcement(model: &Model) -> String {
    match (model.last, model.next()) {
        (None, _) => String::new(),
        (Some(step), Some(next)) => words::welcome_step_done(&title(step).text(), &title(next).text()),
        (Some(_), None) => WELCOME_ALL_DONE.text(),
    }
}

fn title(step: Step) -> Message {
    match step {
        Step::Code => WELCOME_CODE,
        Step::Edit => WELCOME_EDIT,
        Step::Apply => WELCOME_APPLY,
        Step::Undo => WELCOME_UNDO,
        Step::Mask => WELCOME_MASK,
        Step::LogOut => WELCOME_LOG_OUT,
    }
}

/// How to do the step, with the names of the buttons.
fn instructions(step: Step) -> String {
    match step {
        Step::Code => words::welcome_code_how(&FIELD_LOOKUP_CODE.text()),
        Step::Edit => words::welcome_edit_how(&FIELD_TAGS.text(), &CHANGES_ONE.text()),
        Step::Apply => words::welcome_apply_how(&APPLY.text(), &OUTCOME_READ_BACK.text()),
        Step::Undo => words::welcome_undo_how(&UNDO_DO.text()),
        Step::Mask => WELCOME_MASK_HOW.text(),
        Step::LogOut => words::welcome_log_out_how(&LOG_OUT_OPEN.text()),
    }
}
