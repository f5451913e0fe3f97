//! The visitors that a search found.

use super::SearchStore;
use crate::ui::components::{Button, Notice, StatusRegion, Tone};
use crate::ui::focus::focus_if_lost;
use crate::ui::i18n::*;
use crate::ui::search::state::{Event, Model, Results};
use crate::ui::text::number::grouped;
use crate::ui::text::server::problem;
use inspector_core::upscope_api::problem::ApiProblem;
use inspector_core::upscope_api::visitor::ServerVisitor;
use inspector_core::visitor::Field;
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn SearchResults(
    /// The input of what is searched for.
    input: NodeRef<html::Input>,
) -> impl IntoView {
    let store = expect_context::<SearchStore>();
    let status = store.slice(read_status);
    let results = store.slice(|model| model.results.clone());
    let results = move || {
        Some(match results.get() {
            Results::Nothing => return None,
            Results::Searching(_) => view! { <CancelButton /> }.into_any(),
            Results::Canceled => view! { <NothingFound input=input /> }.into_any(),
            Results::Failed(why) => view! { <NothingFound input=input why=why /> }.into_any(),
            Results::Found(found) if found.is_empty() => view! { <NothingFound input=input /> }.into_any(),
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

/// That the search runs or was canceled, or how many visitors it found.
fn read_status(model: &Model) -> Option<String> {
    match &model.results {
        Results::Nothing | Results::Failed(_) => None,
        Results::Searching(_) => Some(FIND_SEARCHING.text()),
        Results::Canceled => Some(PROBLEM_CANCELLED.text()),
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

/// The end of a search without a visitor, and why it failed. The input gets the focus if [`CancelButton`] had it.
#[component]
fn NothingFound(input: NodeRef<html::Input>, #[prop(optional)] why: Option<ApiProblem>) -> impl IntoView {
    focus_if_lost(input, Signal::stored(true));
    why.map(|why| {
        view! {
            <Notice tone=Tone::Bad attr:role="alert">
                <p>{problem(&why)}</p>
            </Notice>
        }
    })
}

/// The visitors. The first one gets the focus if [`CancelButton`] had it.
#[component]
fn Found(visitors: Vec<ServerVisitor>) -> impl IntoView {
    let first = NodeRef::new();
    focus_if_lost(first, Signal::stored(true));
    let result = |(index, visitor)| {
        let button = if index == 0 { first } else { NodeRef::new() };
        view! { <FoundVisitor visitor=visitor button=button /> }
    };
    view! {
        <ul class="results">
            {visitors.into_iter().enumerate().map(result).collect_view()}
        </ul>
    }
}

#[component]
fn FoundVisitor(visitor: ServerVisitor, button: NodeRef<html::Button>) -> impl IntoView {
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
                node_ref=button
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
