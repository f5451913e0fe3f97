//! The section about deleting stored data.

use crate::ui::components::{Button, Notice, Tone};
use crate::ui::i18n::*;
use crate::ui::options::effects::{DataStore, perform_deletion};
use crate::ui::options::state::data::{DeletionError, DeletionScope, Event, Model, update};
use crate::ui::text::server::problem;
use leptos::prelude::*;

#[component]
pub fn DataSection() -> impl IntoView {
    let store = DataStore::new(Model::default(), update, perform_deletion);
    let state = store.slice(Model::clone);
    view! {
        <section data-section="data">
            <h2>{DATA_TITLE}</h2>
            <p>{DATA_TEXT}</p>
            <div class="actions">
                <Button action="clear-session" on_click=move || store.dispatch(Event::RequestDeletion(DeletionScope::Session))>
                    {DATA_CLEAR}
                </Button>
                <Button action="clear-last-used" on_click=move || store.dispatch(Event::RequestDeletion(DeletionScope::LastUsed))>
                    {DATA_FORGET}
                </Button>
                <Button
                    class="btn bad"
                    action="clear-all"
                    on_click=move || store.dispatch(Event::RequestDeletion(DeletionScope::Everything))
                >
                    {DATA_CLEAR_ALL}
                </Button>
            </div>
            {move || match state.get() {
                Model::Idle | Model::Working => None,
                Model::Asking => Some(view! { <ConfirmClearAll store=store /> }.into_any()),
                Model::Done => Some(view! { <Status tone=Tone::Good text=DATA_CLEARED.text() /> }.into_any()),
                Model::Failed(why) => {
                    Some(view! { <Status tone=Tone::Bad text=words::data_not_cleared(&deletion_error(&why)) /> }.into_any())
                }
            }}
        </section>
    }
}

fn deletion_error(why: &DeletionError) -> String {
    match why {
        DeletionError::Browser(error) => error.to_string(),
        DeletionError::Account(why) => problem(why),
        DeletionError::Recordings(error) => error.to_string(),
    }
}

/// The confirmation before everything is deleted.
#[component]
fn ConfirmClearAll(store: DataStore) -> impl IntoView {
    view! {
        <Notice tone=Tone::Warn attr:role="status">
            <p>{DATA_CLEAR_ALL_TEXT}</p>
            <div class="actions">
                <Button
                    class="btn danger"
                    action="clear-all-now"
                    on_click=move || store.dispatch(Event::ConfirmDeletion)
                >
                    {DATA_CLEAR_ALL_NOW}
                </Button>
                <Button action="clear-keep" on_click=move || store.dispatch(Event::Keep)>
                    {DATA_KEEP}
                </Button>
            </div>
        </Notice>
    }
}

#[component]
fn Status(tone: Tone, text: String) -> impl IntoView {
    view! {
        <Notice tone=tone attr:role="status">
            <p>
                <bdi>{text}</bdi>
            </p>
        </Notice>
    }
}
