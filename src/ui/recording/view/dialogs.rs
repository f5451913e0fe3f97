//! The dialogs before clearing and exporting.

use crate::ui::components::{Button, Modal};
use crate::ui::i18n::*;
use crate::ui::recording::state::{Dialog, Event};
use crate::ui::recording::store::RecordingStore;
use js_sys::Date;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

#[component]
pub fn Dialogs() -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let dialog = store.slice(|model| model.dialog);
    let content = move || {
        Some(match dialog.get()? {
            Dialog::Clear => view! { <Clear /> }.into_any(),
            Dialog::Export => view! { <Export /> }.into_any(),
        })
    };
    view! {
        <Modal
            name=Signal::derive(move || dialog.get().map(name_of))
            on_cancel=move || store.dispatch(Event::CloseDialog)
        >
            {content}
        </Modal>
    }
}

/// The value of `data-dialog`.
fn name_of(dialog: Dialog) -> &'static str {
    match dialog {
        Dialog::Clear => "clear",
        Dialog::Export => "export",
    }
}

/// The form of a dialog: its content, and the buttons that cancel and confirm.
#[component]
fn ConfirmForm(
    title: Message,
    /// The classes of the button that confirms.
    class: &'static str,
    confirm: Message,
    children: Children,
) -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        store.dispatch(Event::Confirm(Date::now() as i64));
    };
    view! {
        <form on:submit=submit>
            <h2 id="dialog-title">{title}</h2>
            {children()}
            <div class="actions">
                <Button action="cancel" on_click=move || store.dispatch(Event::CloseDialog)>
                    {CANCEL}
                </Button>
                <button type="submit" class=class data-action="confirm">
                    {confirm}
                </button>
            </div>
        </form>
    }
}

#[component]
fn Clear() -> impl IntoView {
    view! {
        <ConfirmForm title=CLEAR_TITLE class="btn danger" confirm=CLEAR_DO>
            <p>{CLEAR_TEXT}</p>
        </ConfirmForm>
    }
}

#[component]
fn Export() -> impl IntoView {
    view! {
        <ConfirmForm title=EXPORT_TITLE class="btn primary" confirm=EXPORT_DO>
            <p>{EXPORT_TEXT}</p>
            <div role="radiogroup" aria-labelledby="dialog-title">
                <ExportChoice masked=true action="export-masked" label=EXPORT_MASKED text=EXPORT_MASKED_TEXT />
                <ExportChoice masked=false action="export-plain" label=EXPORT_PLAIN text=EXPORT_PLAIN_TEXT />
            </div>
        </ConfirmForm>
    }
}

#[component]
fn ExportChoice(masked: bool, action: &'static str, label: Message, text: Message) -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let is_chosen = store.slice(move |model| model.masked == masked);
    view! {
        <label class="check">
            <input
                type="radio"
                name="masked"
                data-action=action
                prop:checked=move || is_chosen.get()
                on:change=move |_| store.dispatch(Event::SetMasked(masked))
            />
            <span>{label}<small>{text}</small></span>
        </label>
    }
}
