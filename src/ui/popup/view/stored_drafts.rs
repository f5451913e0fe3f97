//! The stored drafts of earlier documents, and the note on identifying a new visitor.

use crate::lazy::lazy;
use crate::ui::components::{Button, Notice, Tone};
use crate::ui::i18n::*;
use crate::ui::lazy_view::LazyShow;
use crate::ui::popup::state::{Event, Mode, Model};
use crate::ui::popup::store::PopupStore;
use leptos::prelude::*;

#[component]
pub fn StoredDrafts() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let has_drafts = store.slice(|model| !model.stored_drafts.is_empty());
    let is_new_visitor = store.slice(|model| model.edit.mode == Mode::Switch);
    view! {
        <LazyShow when=move || has_drafts.get() load=load_notices />
        // Not lazy: appearing later, it would move the fields under the pointer of a person who is about to edit one.
        <Show when=move || is_new_visitor.get()>
            <Notice tone=Tone::Info title=SWITCH_TITLE>
                <p>{SWITCH_TEXT}</p>
            </Notice>
        </Show>
    }
}

lazy! {
    /// The notices.
    #[part(edit)]
    async fn load_notices() -> AnyView {
        view! { <StoredDraftNotices /> }.into_any()
    }
}

#[component]
fn StoredDraftNotices() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let pages =
        store.slice(|model: &Model| model.stored_drafts.iter().map(|draft| draft.page.clone()).collect::<Vec<_>>());
    view! {
        <For
            each=move || pages.get().into_iter().enumerate()
            key=Clone::clone
            children=|(index, page)| view! { <StoredDraftNotice index=index page=page /> }
        />
    }
}

#[component]
fn StoredDraftNotice(index: usize, page: String) -> impl IntoView {
    let store = expect_context::<PopupStore>();
    view! {
        <Notice tone=Tone::Quiet title=STORED_DRAFT_TITLE>
            <p>
                <bdi>{words::stored_draft_text(&page)}</bdi>
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
