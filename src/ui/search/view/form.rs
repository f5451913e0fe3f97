//! The search form.

use super::SearchStore;
use crate::ui::components::{Checkbox, ItemError, Segmented, TextEditor};
use crate::ui::i18n::*;
use crate::ui::search::state::{Event, Model};
use crate::ui::text::server::search_kind;
use inspector_core::upscope_api::query::{Presence, SearchKind};
use inspector_core::visitor::lookup_code::LookupCode;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;

/// In the order of the choice.
const PRESENCES: [(Presence, &str, Message); 3] = [
    (Presence::Any, "any", FIND_ANY),
    (Presence::Online, "online", FIND_ONLINE),
    (Presence::Offline, "offline", FIND_OFFLINE),
];

#[component]
pub fn SearchForm(
    /// The input of what is searched for.
    input: NodeRef<html::Input>,
) -> impl IntoView {
    let store = expect_context::<SearchStore>();
    let is_by_hand = store.slice(|model| model.form.by_hand);
    let can_search = store.slice(|model| model.connected().is_some() && model.form.query().is_some());
    let query = store.slice(query_text);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if store.with_untracked(|model| model.connected().is_some()) {
            store.dispatch(Event::Search);
        }
    };
    view! {
        <form on:submit=submit>
            <Show when=move || is_by_hand.get() fallback=move || view! { <Filters input=input /> }>
                <QueryByHand input=input />
            </Show>
            <Checkbox
                action="by-hand"
                is_checked=is_by_hand
                on_change=move |by_hand| store.dispatch(Event::ByHand(by_hand))
            >
                {FIND_BY_HAND}
            </Checkbox>
            <p class="src" data-query="">
                {move || query.get()}
            </p>
            <div class="actions">
                <button type="submit" class="btn primary" data-action="search" disabled=move || !can_search.get()>
                    {FIND_SEARCH}
                </button>
            </div>
        </form>
    }
}

/// The query in the server's syntax.
fn query_text(model: &Model) -> String {
    let text = model.form.server_query();
    if text.is_empty() { FIND_LATEST.text() } else { words::find_searches_for(&text) }
}

/// The value of one kind, and the presence.
#[component]
fn Filters(input: NodeRef<html::Input>) -> impl IntoView {
    let store = expect_context::<SearchStore>();
    let text = store.slice(|model| model.form.value.clone());
    let error = store.slice(read_error);
    let presence = store.slice(|model| model.form.presence);
    view! {
        <div class="search-row">
            <KindSelect />
            <div>
                <TextEditor
                    id="typed"
                    label=FIND_FOR
                    placeholder=""
                    text=text
                    error=error
                    on_input=move |text| store.dispatch(Event::Value(text))
                    node_ref=input
                />
            </div>
        </div>
        <Segmented
            id="presence"
            label=FIND_PRESENCE
            options=PRESENCES.map(|(presence, name, label)| (presence, name, label.text())).into()
            chosen=presence
            on_choose=move |presence: Presence| store.dispatch(Event::Presence(presence))
        />
    }
}

#[component]
fn KindSelect() -> impl IntoView {
    let store = expect_context::<SearchStore>();
    let chosen = store.slice(|model| model.form.kind);
    let choose = move |name: String| {
        if let Some(kind) = SearchKind::from_name(&name) {
            store.dispatch(Event::Kind(kind));
        }
    };
    let option = |kind: SearchKind| {
        view! {
            <option value=kind.name() prop:selected=move || chosen.get() == kind>
                {search_kind(kind)}
            </option>
        }
    };
    view! {
        <select id="kind" aria-label=FIND_BY on:change:target=move |event| choose(event.target().value())>
            {SearchKind::ALL.map(option).collect_view()}
        </select>
    }
}

fn read_error(model: &Model) -> Option<ItemError> {
    let is_code = model.form.kind == SearchKind::LookupCode;
    model.form.query().is_none().then(|| ItemError {
        kind: "not-of-this-kind",
        text: if is_code { FIND_WRONG_CODE } else { FIND_WRONG }.text(),
        // Not an error while it can still become a code.
        quiet: is_code && LookupCode::is_beginning(&model.form.value),
        ..ItemError::default()
    })
}

/// The query in the server's own syntax.
#[component]
fn QueryByHand(input: NodeRef<html::Input>) -> impl IntoView {
    let store = expect_context::<SearchStore>();
    let text = store.slice(|model| model.form.by_hand_query.clone());
    view! {
        <TextEditor
            id="by-hand"
            label=FIND_FOR
            placeholder=""
            text=text
            on_input=move |text| store.dispatch(Event::ByHandQuery(text))
            node_ref=input
        />
        <p class="src">{FIND_BY_HAND_TEXT}</p>
    }
}
