//! The list of suggestions. There is only one, below the focused input.

use super::combobox::{self, LIST, row_id};
use super::effects::SuggestionsStore;
use super::position::{position_list, scroll_into_view};
use super::state::{Event, Model};
use crate::ui::components::Button;
use crate::ui::i18n::*;
use leptos::prelude::*;

#[component]
pub fn SuggestionList() -> impl IntoView {
    let store = expect_context::<SuggestionsStore>();
    // After every event, even without a change of the model: the focused input may be another element.
    Effect::new(move |_| {
        store.with(combobox::set_aria_attributes);
        if store.with_untracked(Model::is_open) {
            position_list();
            request_animation_frame(scroll_into_view);
        }
    });
    let is_open = store.slice(Model::is_open);
    let title = store.slice(|model| model.host.as_deref().map(words::offers_from));
    let forget_label = store.slice(|model| model.host.as_deref().map(words::offers_forget_of));
    view! {
        // With `tabindex`, a click focuses the list and not the page, so the list stays open.
        <div class="offers" tabindex="-1" hidden=move || !is_open.get()>
            <Show when=move || is_open.get()>
                <Rows title=title />
            </Show>
            <p class="src">
                <bdi>{move || title.get()}</bdi>
                <Button
                    class="btn link"
                    action="forget-site"
                    on_click=move || store.dispatch(Event::Forget)
                    attr:aria-label=move || forget_label.get()
                >
                    {OFFERS_FORGET}
                </Button>
            </p>
        </div>
    }
}

#[component]
fn Rows(title: Memo<Option<String>>) -> impl IntoView {
    let store = expect_context::<SuggestionsStore>();
    let rows = store.slice(|model| model.rows().into_iter().enumerate().collect::<Vec<_>>());
    view! {
        <ul role="listbox" id=LIST aria-label=move || title.get()>
            <For each=move || rows.get() key=Clone::clone let((index, text))>
                <Row index=index text=text />
            </For>
        </ul>
    }
}

#[component]
fn Row(index: usize, text: String) -> impl IntoView {
    let store = expect_context::<SuggestionsStore>();
    let is_selected = store.slice(move |model| model.selected == Some(index));
    view! {
        <li
            role="option"
            id=row_id(index)
            aria-selected=move || is_selected.get().to_string()
            on:click=move |_| store.dispatch(Event::Choose(index))
        >
            <bdi>{text}</bdi>
        </li>
    }
}
