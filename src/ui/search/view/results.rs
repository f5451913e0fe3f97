//! The visitors that a search found.

use super::SearchStore;
use crate::ui::components::{Button, Notice, StatusRegion, Tone};
use crate::ui::i18n::*;
use crate::ui::search::state::{Event, Model, Results};
use crate::ui::text::number::grouped;
use crate::ui::text::server::problem;
use inspector_core::upscope_api::visitor::ServerVisitor;
use inspector_core::visitor::Field;
use leptos::prelude::*;

#[component]
pub fn SearchResults() -> impl IntoView {
    let store = expect_context::<SearchStore>();
    let status = store.slice(read_status);
    let results = store.slice(|model| model.results.clone());
    let results = move || {
        Some(match results.get() {
            Results::Nothing => return None,
            Results::Searching(_) => view! { <CancelButton /> }.into_any(),
            Results::Failed(why) => view! {
                <Notice tone=Tone::Bad attr:role="alert">
                    <p>{problem(&why)}</p>
                </Notice>
            }
            .into_any(),
            Results::Found(found) if found.is_empty() => return None,
            Results::Found(found) => view! { <Found visitors=found /> }.into_any(),
        })
    };
    view! {
        <StatusRegion>
            <ShowLet some=status let:text>
                <p class="src">{text}</p>
            </ShowLet>
        </StatusRegion>
        {results}
    }
}

/// That the search runs, or how many visitors it found.
fn read_status(model: &Model) -> Option<String> {
    match &model.results {
        Results::Nothing | Results::Failed(_) => None,
        Results::Searching(_) => Some(FIND_SEARCHING.text()),
        Results::Found(found) => Some(match found.len() {
            0 => FIND_NOBODY.text(),
            1 => FIND_ONE.text(),
            count => words::find_many(&grouped(count)),
        }),
    }
}

#[component]
fn CancelButton() -> impl IntoView {
    let store = expect_context::<SearchStore>();
    view! {
        <Button class="btn plain" action="cancel" on_click=move || store.dispatch(Event::Cancel)>
            {CANCEL}
        </Button>
    }
}

#[component]
fn Found(visitors: Vec<ServerVisitor>) -> impl IntoView {
    view! {
        <ul class="results">
            {visitors.into_iter().map(|visitor| view! { <FoundVisitor visitor=visitor /> }).collect_view()}
        </ul>
    }
}

#[component]
fn FoundVisitor(visitor: ServerVisitor) -> impl IntoView {
    let store = expect_context::<SearchStore>();
    let id = visitor.short_id.clone();
    let is_open = {
        let id = id.clone();
        store.slice(move |model| model.open.as_ref().is_some_and(|open| open.short_id == id))
    };
    let is_online = visitor.is_online.value().copied();
    let identities = visitor.fields[Field::Identities].value();
    let other_identities: Vec<_> = identities.into_iter().flatten().skip(1).cloned().collect();
    view! {
        <li>
            <button
                type="button"
                class="result"
                data-action="show"
                data-visitor=id.as_str().to_owned()
                aria-current=move || is_open.get().then_some("true")
                on:click=move |_| store.dispatch(Event::Open(id.clone()))
            >
                <i class="dot" class:on=is_online == Some(true)></i>
                <span>
                    <bdi>{visitor.title().to_owned()}</bdi>
                    <small>
                        <bdi>{other_identities.join(", ")}</bdi>
                    </small>
                </span>
                <small>{is_online.map(|is_online| if is_online { FIND_ONLINE } else { FIND_OFFLINE }.text())}</small>
            </button>
        </li>
    }
}
