//! Searching the account's visitors.

mod form;
mod results;
mod visitor;

use crate::ui::components::{Notice, Tone};
use crate::ui::i18n::*;
use crate::ui::search::effects::{SearchStore, perform};
use crate::ui::search::state::{Effect, Model, Results, update};
use crate::ui::text::server::problem;
use form::SearchForm;
use inspector_core::upscope_api::request::ShortId;
use leptos::prelude::*;
use results::SearchResults;
use visitor::VisitorPanel;

/// Shows the search, and the visitor whose short ID follows `#` in the URL.
pub fn open(into: &web_sys::Element) {
    let wanted = location_hash().as_deref().and_then(ShortId::parse);
    crate::ui::store::mount(into, move || view! { <SearchPage wanted=wanted /> });
}

#[component]
pub fn SearchPage(
    /// The visitor to show at the start.
    wanted: Option<ShortId>,
) -> impl IntoView {
    let store = SearchStore::new(Model { wanted, ..Model::default() }, update, perform);
    provide_context(store);
    store.perform_after_mount(Effect::Load);
    load_when_visible(store);
    let results = store.slice(results_name);
    let input = NodeRef::new();
    view! {
        <main class="account wide" data-results=move || results.get()>
            <h1>{FIND_TITLE}</h1>
            <p class="lead">{FIND_INTRO}</p>
            <NoAccount />
            <SearchForm input=input />
            <div class="found">
                <div>
                    <SearchResults input=input />
                </div>
                <VisitorPanel />
            </div>
        </main>
    }
}

/// Loads the account again when the page becomes visible: the person may have connected one in the options.
fn load_when_visible(store: SearchStore) {
    let listener = window_event_listener_untyped("visibilitychange", move |_| {
        if store.with_untracked(|model| model.connected().is_none()) {
            perform(store, Effect::Load);
        }
    });
    on_cleanup(move || listener.remove());
}

/// The value of `data-results`.
fn results_name(model: &Model) -> &'static str {
    match &model.results {
        Results::Nothing | Results::Canceled => "none",
        Results::Searching(_) => "searching",
        Results::Found(_) => "found",
        Results::Failed(problem) => problem.name(),
    }
}

/// Why there is no account for the search.
#[component]
fn NoAccount() -> impl IntoView {
    let why = expect_context::<SearchStore>().slice(|model| match model.account.as_ref()? {
        Err(why) => Some(problem(why)),
        Ok(_) if model.connected().is_some() => None,
        Ok(None) => Some(PROBLEM_NO_ACCOUNT.text()),
        Ok(Some(_)) => Some(ACCOUNT_KEY_GONE.text()),
    });
    move || {
        let why = why.get()?;
        Some(view! {
            <Notice tone=Tone::Warn>
                <p>{why}</p>
                <OptionsLink />
            </Notice>
        })
    }
}

#[component]
fn OptionsLink() -> impl IntoView {
    view! {
        <p>
            <a href="options.html" data-action="options">
                {FIND_OPTIONS}
            </a>
        </p>
    }
}
