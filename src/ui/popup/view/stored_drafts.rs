//! The stored drafts of earlier documents, and the note on identifying a new visitor.

use crate::lazy::lazy;
use crate::ui::components::{Button, LazyView, Notice, Tone};
use crate::ui::i18n::*;
use crate::ui::popup::state::{Event, Mode, Model};
use crate::ui::popup::store::Store;
use leptos::prelude::*;

#[component]
pub fn StoredDrafts() -> impl IntoView {
    let is_shown =
        expect_context::<Store>().slice(|model| !model.stored_drafts.is_empty() || model.edit.mode == Mode::Switch);
    view! {
        <Show when=move || is_shown.get()>
            <LazyView load=notices />
        </Show>
    }
}

lazy! {
    /// The notices.
    #[part(edit)]
    fn notices() -> AnyView {
        view! { <StoredDraftNotices /> }.into_any()
    }
}

#[component]
fn StoredDraftNotices() -> impl IntoView {
    let store = expect_context::<Store>();
    let pages =
        store.slice(|model: &Model| model.stored_drafts.iter().map(|draft| draft.page.clone()).collect::<Vec<_>>());
    let is_switching = store.slice(|model| model.edit.mode == Mode::Switch);
    view! {
        <For
            each=move || pages.get().into_iter().enumerate()
            key=Clone::clone
            children=|(index, page)| view! { <StoredDraftNotice index=index page=page /> }
        />
        <Show when=move || is_switching.get()>
            <Notice tone=Tone::Info title=SWITCH_TITLE>
                <p>{SWITCH_TEXT}</p>
            </Notice>
        </Show>
    }
}

#[component]
fn StoredDraftNotice(index: usize, page: String) -> impl IntoView {
    let store = expect_context::<Store>();
    view! {
        <Notice tone=Tone::Quiet title=ASIDE_TITLE>
            <p>
                <bdi>{aside_text(&page)}</bdi>
            </p>
            <div class="actions">
                <Button action="bring-back" on_click=move || store.dispatch(Event::RestoreDraft(index))>
                    {BRING_BACK}
                </Button>
                <Button class="btn plain" action="drop-aside" on_click=move || store.dispatch(Event::DeleteDraft(index))>
                    {THROW_AWAY}
                </Button>
            </div>
        </Notice>
    }
}
