//! Values used before on the page's site, offered under the popup's inputs; and remembering what was applied.
//!
//! The popup only says when an editor is opened: nothing of this is read or loaded before. It listens to the document, so
//! that the editors know nothing of it, and hands a chosen value to the input as if it were typed. What was applied it hears
//! from the journal, into which the background writes each act and what the page answered.

mod input;
mod keep;
mod list;

pub use keep::{forget, is_wanted, want};

use super::store::{self, Store};
use crate::app::last_used::{Effect, Event, Model, of_act, update};
use crate::browser::{live_storage, property, tabs};
use crate::protocol::last_used::LAST_USED_KEY;
use crate::protocol::stored::journal_key;
use crate::ui::host::ReadPage;
use crate::ui::journal::newest_act;
use inspector_core::policy::match_pattern::host;
use inspector_core::suggestions::{Applied, Change, reported};
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

thread_local! {
    /// The popup's tab, and the page as last seen.
    static PAGE: RefCell<Option<(i32, ReadPage)>> = const { RefCell::new(None) };
    /// What the page said while an editor was open.
    static REPORTED: RefCell<Vec<Applied>> = const { RefCell::new(vec![]) };
}

impl store::Page for Model {
    type Event = Event;
    type Effect = Effect;
    const UPDATE: fn(&mut Self, Event) -> Vec<Effect> = update;

    fn perform(_: Store<Self>, effect: Effect) {
        match effect {
            Effect::Put(text) => input::put(&text),
            Effect::Return => input::focus(),
            Effect::Change(change) => spawn_local(keep::change(change)),
        }
    }
}

/// An editor was opened in the popup for a tab.
pub fn offers(tab: i32, page: ReadPage) {
    PAGE.set(Some((tab, page)));
    note_reported();
    if list::shown().is_none() {
        list::make();
        live_storage::on_changed(changed);
    }
    if let Some(store) = list::shown() {
        load(store);
        input::begin(store);
    }
}

fn changed(changes: JsValue, area: String) {
    match area.as_str() {
        "local" if property(&changes, LAST_USED_KEY).is_object() => list::shown().into_iter().for_each(load),
        "session" => acted(&changes),
        _ => {}
    }
}

/// Tells what is remembered of the site.
fn load(store: Store<Model>) {
    let Some(tab) = tab() else { return };
    spawn_local(async move {
        let host = site(tab).await.map(|(host, _)| host).filter(|_| is_wanted());
        let used = keep::read().await.unwrap_or_else(|why| {
            // Nothing is offered then; what is kept stays as it is.
            web_sys::console::error_2(&"not read:".into(), &why.into());
            None
        });
        let values = host.as_deref().and_then(|host| used?.of(host).cloned()).unwrap_or_default();
        store.dispatch(Event::Loaded { host, values });
    });
}

fn tab() -> Option<i32> {
    PAGE.with_borrow(|page| page.as_ref().map(|(tab, _)| *tab))
}

/// The host of the tab as the browser tells it, whatever the page says of itself, and whether it is in a private window.
async fn site(tab: i32) -> Option<(String, bool)> {
    let (address, private) = tabs::place(tab).await?;
    Some((host(&address)?.to_owned(), private))
}

/// Adds what the page says now to what it has said.
fn note_reported() {
    let page = PAGE.with_borrow(|page| page.as_ref().map(|(_, page)| page.clone()));
    let said = page.and_then(|page| page()).map(|report| reported(&report.visitor)).unwrap_or_default();
    REPORTED.with_borrow_mut(|all| {
        let new: Vec<_> = said.into_iter().filter(|one| !all.contains(one)).collect();
        all.extend(new);
    });
}

/// An act of this tab was written down, before it is done and again when it is.
fn acted(changes: &JsValue) {
    let Some(tab) = tab() else { return };
    let Some(act) = newest_act(&property(&property(changes, &journal_key(tab)), "newValue")) else { return };
    if act.reply.is_none() {
        return note_reported();
    }
    let applied = REPORTED.with_borrow(|reported| of_act(&act, reported));
    if applied.is_empty() || !is_wanted() {
        return;
    }
    spawn_local(async move {
        // Nothing of a private window goes to the disk.
        if let Some((host, false)) = site(tab).await {
            keep::change(Change::Remember(host, applied)).await;
        }
    });
}
