//! The form that changes or reviews an expectation, as its JSON.

use super::wants_focus;
use crate::ui::components::Button;
use crate::ui::focus::focus_ref;
use crate::ui::i18n::*;
use crate::ui::recording::state::Event;
use crate::ui::recording::state::expectations::{ExpectationEvent, Focus};
use crate::ui::recording::store::RecordingStore;
use crate::ui::recording::text::expectation_text;
use crate::ui::storage_error::StorageError;
use inspector_core::expectations::stored::read_one;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;

/// The id of the text field, and of the error beside it.
const TEXT_ID: &str = "expectation-text";
const ERROR_ID: &str = "expectation-text-error";

#[component]
pub fn ExpectationEditor() -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let is_new = store.slice(|model| model.expectations.editor.as_ref().is_some_and(|draft| draft.of.is_none()));
    let text = store.slice(|model| model.expectations.editor.as_ref().map(|draft| draft.text.clone()));
    let error = Memo::new(move |_| text.with(|text| read_error(text.as_deref()?)));
    let is_wrong = Memo::new(move |_| error.with(Option::is_some));
    let title = move || if is_new.get() { EXPECTATION_EDITOR_NEW.text() } else { EXPECTATION_EDITOR_EDIT.text() };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        store.dispatch(Event::Expectation(ExpectationEvent::Save));
    };
    view! {
        <form class="expectation-editor" aria-labelledby="expectation-editor-title" on:submit=submit>
            <h2 id="expectation-editor-title">{title}</h2>
            <p>{EXPECTATION_TEXT_HINT}</p>
            <TextArea text=text is_wrong=is_wrong />
            <TextError error=error />
            <NotStored />
            <div class="actions">
                <Button
                    action="cancel-expectation"
                    on_click=move || store.dispatch(Event::Expectation(ExpectationEvent::Cancel))
                >
                    {CANCEL}
                </Button>
                <button
                    type="submit"
                    class="btn primary"
                    data-action="save-expectation"
                    disabled=move || is_wrong.get()
                >
                    {EXPECTATION_SAVE}
                </button>
            </div>
        </form>
    }
}

fn read_error(text: &str) -> Option<String> {
    read_one(text).err().as_ref().map(expectation_text::not_expectations)
}

#[component]
fn TextArea(text: Memo<Option<String>>, is_wrong: Memo<bool>) -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let node_ref = focus_ref::<html::Textarea>(wants_focus(Focus::Editor));
    view! {
        <textarea
            id=TEXT_ID
            class="code"
            dir="ltr"
            rows="14"
            spellcheck="false"
            aria-label=EXPECTATION_TEXT
            aria-describedby=ERROR_ID
            aria-invalid=move || is_wrong.get().to_string()
            node_ref=node_ref
            prop:value=move || text.get().unwrap_or_default()
            on:input:target=move |input| {
                store.dispatch(Event::Expectation(ExpectationEvent::Type(input.target().value())))
            }
        ></textarea>
    }
}

/// What is wrong in the text, with its line and column.
#[component]
fn TextError(error: Memo<Option<String>>) -> impl IntoView {
    view! {
        <ShowLet some=error let(error)>
            <p id=ERROR_ID class="error" data-error="not-an-expectation">
                <bdi>{error}</bdi>
            </p>
        </ShowLet>
    }
}

/// Why the expectation wasn't stored.
#[component]
fn NotStored() -> impl IntoView {
    let why = expect_context::<RecordingStore>()
        .slice(|model| model.expectations.failed.as_ref().map(expectation_text::storage_error));
    view! { <StorageError why=why /> }
}
