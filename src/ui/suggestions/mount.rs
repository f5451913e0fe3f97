//! Suggestions below the popup's inputs, and remembering applied values.
//!
//! The popup only reports that an editor opens; nothing is read or loaded before. The list listens to the document, so
//! the editors don't depend on it. It enters a chosen value in the input as if typed. Applied values are read from the
//! journal, in which the background stores each act and the page's reply.

use super::effects::{SuggestionsStore, perform};
use super::state::{Event, KnownFromPage, Model, applied_values, update};
use super::storage::{self, is_wanted};
use super::view::SuggestionList;
use super::{input, position};
use crate::storage_format::last_used::LAST_USED_KEY;
use crate::storage_format::session::journal_key;
use crate::ui::host::ReadPage;
use crate::ui::journal::newest_entry;
use crate::ui::store;
use crate::webext::{live_storage, property, tabs};
use inspector_core::match_pattern::host;
use inspector_core::suggestions::{LastUsedChange, reported};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

thread_local! {
    static STORE: Cell<Option<SuggestionsStore>> = const { Cell::new(None) };
    /// The popup's tab, and a function that returns the page as last read.
    static PAGE: RefCell<Option<(i32, ReadPage)>> = const { RefCell::new(None) };
    static KNOWN_FROM_PAGE: RefCell<KnownFromPage> = RefCell::default();
}

/// Called when an editor opens in the popup for a tab.
pub fn offer(tab: i32, page: ReadPage) {
    PAGE.set(Some((tab, page)));
    note_page_values();
    if STORE.get().is_none() {
        mount_list();
        live_storage::on_changed(follow_change);
    }
    if let Some(store) = STORE.get() {
        load(store);
        input::start(store);
    }
}

/// Creates the list for the lifetime of the document.
fn mount_list() {
    let Ok(place) = document().create_element("div") else { return };
    store::mount(&place, || {
        let store = SuggestionsStore::new(Model::default(), update, perform);
        STORE.set(Some(store));
        provide_context(store);
        view! { <SuggestionList /> }
    });
    position::set_element(place.first_element_child());
}

fn follow_change(changes: JsValue, area: String) {
    match area.as_str() {
        "local" if property(&changes, LAST_USED_KEY).is_object() => STORE.get().into_iter().for_each(load),
        "session" => follow_journal(&changes),
        _ => {}
    }
}

/// Reads the remembered values of the site.
fn load(store: SuggestionsStore) {
    let Some(tab) = tab() else { return };
    spawn_local(async move {
        let host = site(tab).await.map(|(host, _)| host).filter(|_| is_wanted());
        let used = storage::read().await.unwrap_or_else(|why| {
            // Nothing is offered. The stored data is unchanged.
            web_sys::console::error_2(&"not read:".into(), &why.to_string().into());
            None
        });
        let values = host.as_deref().and_then(|host| used?.of(host).cloned()).unwrap_or_default();
        store.dispatch(Event::Loaded { host, values });
    });
}

fn tab() -> Option<i32> {
    PAGE.with_borrow(|page| page.as_ref().map(|(tab, _)| *tab))
}

/// The tab's host as the browser reports it, independent of the page, and whether the window is private.
async fn site(tab: i32) -> Option<(String, bool)> {
    let (address, private) = tabs::url_and_incognito(tab).await?;
    Some((host(&address)?.to_owned(), private))
}

/// Adds the page's current values to its earlier ones.
fn note_page_values() {
    let page = PAGE.with_borrow(|page| page.as_ref().map(|(_, page)| page.clone()));
    if let Some(report) = page.and_then(|page| page()) {
        let values = reported(&report.visitor);
        KNOWN_FROM_PAGE.with_borrow_mut(|known| known.add(host(&report.page.url), values));
    }
}

/// Handles a change of the tab's journal: one before an act and one after.
fn follow_journal(changes: &JsValue) {
    let Some(tab) = tab() else { return };
    let Some(act) = newest_entry(&property(&property(changes, &journal_key(tab)), "newValue")) else { return };
    if act.reply.is_none() {
        return note_page_values();
    }
    let applied = KNOWN_FROM_PAGE.with_borrow(|known| applied_values(&act, &known.values));
    if applied.is_empty() || !is_wanted() {
        return;
    }
    spawn_local(async move {
        // Nothing from a private window is stored on disk.
        if let Some((host, false)) = site(tab).await {
            storage::change(LastUsedChange::Remember(host, applied)).await;
        }
    });
}
