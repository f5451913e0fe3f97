//! The section about deleting stored data.

use crate::ui::components::{Button, Notice, StatusRegion, Tone};
use crate::ui::focus::{focus, focus_ref};
use crate::ui::i18n::*;
use crate::ui::options::effects::{DataStore, perform_deletion};
use crate::ui::options::state::data::{DeletionError, DeletionScope, Event, Model, update};
use crate::ui::text::server::problem;
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn DataSection() -> impl IntoView {
    let store = DataStore::new(Model::default(), update, perform_deletion);
    let is_working = store.slice(Model::is_working);
    let is_asking = store.slice(|model| *model == Model::Asking);
    let request = move |what| move || store.dispatch(Event::RequestDeletion(what));
    let clear_all = NodeRef::<html::Button>::new();
    // The question disappears with the button that has the focus.
    let answer = move |answer| {
        store.dispatch(answer);
        focus(clear_all);
    };
    view! {
        <section data-section="data">
            <h2>{DATA_TITLE}</h2>
            <p>{DATA_TEXT}</p>
            <div class="actions">
                <Button action="clear-session" busy=is_working on_click=request(DeletionScope::Session)>
                    {DATA_CLEAR}
                </Button>
                <Button action="clear-last-used" busy=is_working on_click=request(DeletionScope::LastUsed)>
                    {DATA_FORGET}
                </Button>
                <Button
                    class="btn bad"
                    action="clear-all"
                    busy=is_working
                    node_ref=clear_all
                    on_click=request(DeletionScope::Everything)
                >
                    {DATA_CLEAR_ALL}
                </Button>
            </div>
            <Show when=move || is_asking.get()>
                <ConfirmClearAll on_answer=answer />
            </Show>
            <Status store=store />
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

/// The id of the question whether everything is deleted.
const QUESTION: &str = "clear-all-question";

/// The confirmation before everything is deleted. The focus moves to the answer that deletes nothing.
#[component]
fn ConfirmClearAll(#[prop(into)] on_answer: Callback<Event>) -> impl IntoView {
    let keep = focus_ref::<html::Button>(Signal::stored(true));
    view! {
        <Notice tone=Tone::Warn>
            <p id=QUESTION>{DATA_CLEAR_ALL_TEXT}</p>
            <div class="actions">
                <Button
                    class="btn danger"
                    action="clear-all-now"
                    on_click=move || on_answer.run(Event::ConfirmDeletion)
                >
                    {DATA_CLEAR_ALL_NOW}
                </Button>
                <Button
                    action="clear-keep"
                    node_ref=keep
                    on_click=move || on_answer.run(Event::Keep)
                    attr:aria-describedby=QUESTION
                >
                    {DATA_KEEP}
                </Button>
            </div>
        </Notice>
    }
}

/// The result of the last deletion.
#[component]
fn Status(store: DataStore) -> impl IntoView {
    let status = store.slice(read_status);
    view! {
        <StatusRegion>
            <ShowLet some=status let((tone, text))>
                <Notice tone=tone>
                    <p>
                        <bdi>{text}</bdi>
                    </p>
                </Notice>
            </ShowLet>
        </StatusRegion>
    }
}

fn read_status(model: &Model) -> Option<(Tone, String)> {
    match model {
        Model::Idle | Model::Asking | Model::Working => None,
        Model::Done => Some((Tone::Good, DATA_CLEARED.text())),
        Model::Failed(why) => Some((Tone::Bad, words::data_not_cleared(&deletion_error(why)))),
    }
}
