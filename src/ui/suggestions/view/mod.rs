//! Values used before on the page's site, offered below the popup's inputs; and remembering what was applied.
//!
//! The popup only says when an editor opens: nothing of this is read or loaded before. The list listens to the document, so
//! that the editors do not depend on it, and passes a chosen value to the input as if it were typed. What was applied is read
//! from the journal, in which the background records each act and the page's reply.

mod input;
mod list;
mod storage;

pub use storage::{forget, is_wanted, want};

use crate::protocol::last_used::LAST_USED_KEY;
use crate::protocol::stored::journal_key;
use crate::ui::popup::host::ReadPage;
use crate::ui::popup::journal::newest_act;
use crate::ui::suggestions::state::{Event, of_act};
use crate::webext::{live_storage, property, tabs};
use inspector_core::policy::match_pattern::host;
use inspector_core::suggestions::{Applied, Change, reported};
use list::OffersStore;
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

thread_local! {
    /// The popup's tab, and a function that returns the page as last read.
    static PAGE: RefCell<Option<(i32, ReadPage)>> = const { RefCell::new(None) };
    /// What the page reported while an editor was open.
    static REPORTED: RefCell<Vec<Applied>> = const { RefCell::new(vec![]) };
}

/// An editor was opened in the popup for a tab.
pub fn offers(tab: i32, page: ReadPage) {
    PAGE.set(Some((tab, page)));
    note_reported();
    if list::store().is_none() {
        list::make();
        live_storage::on_changed(changed);
    }
    if let Some(store) = list::store() {
        load(store);
        input::begin(store);
    }
}

fn changed(changes: JsValue, area: String) {
    match area.as_str() {
        "local" if property(&changes, LAST_USED_KEY).is_object() => list::store().into_iter().for_each(load),
        "session" => acted(&changes),
        _ => {}
    }
}

/// Loads what is remembered of the site.
fn load(store: OffersStore) {
    let Some(tab) = tab() else { return };
    spawn_local(async move {
        let host = site(tab).await.map(|(host, _)| host).filter(|_| is_wanted());
        let used = storage::read().await.unwrap_or_else(|why| {
            // Nothing is offered then; what is stored stays as it is.
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

/// The host of the tab as the browser reports it, whatever the page reports, and whether it is in a private window.
async fn site(tab: i32) -> Option<(String, bool)> {
    let (address, private) = tabs::place(tab).await?;
    Some((host(&address)?.to_owned(), private))
}

/// Adds what the page reports now to what it reported before.
fn note_reported() {
    let page = PAGE.with_borrow(|page| page.as_ref().map(|(_, page)| page.clone()));
    let values = page.and_then(|page| page()).map(|report| reported(&report.visitor)).unwrap_or_default();
    REPORTED.with_borrow_mut(|all| {
        let new: Vec<_> = values.into_iter().filter(|one| !all.contains(one)).collect();
        all.extend(new);
    });
}

/// An act of this tab was recorded in the journal: once before it is done and once after.
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
        // Nothing from a private window is stored on disk.
        if let Some((host, false)) = site(tab).await {
            storage::change(Change::Remember(host, applied)).await;
        }
    });
}
