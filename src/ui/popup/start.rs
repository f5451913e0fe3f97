//! Startup: from the first line of wasm to the first paint, and the polling after it.

use super::effects;
use super::journal;
use super::lazy_parts;
use super::store::Store;
use super::view;
use crate::messages::Reply;
use crate::storage_format::account::ACCOUNT_KEY;
use crate::storage_format::session::{ChosenFrame, Drafts, StoredTabState, drafts_key, frame_key, journal_key};
use crate::ui::popup::state::{Event, Model, POLL_INTERVAL};
use crate::ui::task::run;
use crate::webext::bootstrap::{Bootstrap, bootstrap};
use crate::webext::preferences::is_masked;
use crate::webext::{error_text, property, storage};
use inspector_core::recording::storage::index_key;
use js_sys::Date;
use leptos::prelude::*;
use std::panic;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Starts the popup with the requests that `popup.js` has already sent. The skeleton stays until there is something to
/// show.
pub fn start() {
    panic::set_hook(Box::new(|panic| {
        web_sys::console::error_1(&panic.to_string().into());
        bootstrap().crashed();
    }));
    run(Box::pin(async {
        let bootstrap = bootstrap();
        let (tab, first) = inspect_first(&bootstrap).await;
        let stored = JsFuture::from(bootstrap.stored()).await;
        mount_to_body(move || {
            let store = Store::new(Model::new(tab, now()), effects::perform);
            store.dispatch(first);
            match &stored {
                Ok(stored) => restore(store, stored),
                Err(error) => store.dispatch(Event::NotRestored(error_text(error))),
            }
            find_account(store);
            preload_after_paint();
            bootstrap.begin();
            start_polling(store);
            store.end_moves_of_focus();
            window_event_listener_untyped("copy-code", move |_| {
                store.dispatch(Event::CopyCode { masked: is_masked() })
            });
            window_event_listener_untyped("tab-replaced", move |event| {
                let id = |name| property(&event, name).as_f64().map(|id| id as i32);
                if let (Some(was), Some(is)) = (id("was"), id("is")) {
                    store.dispatch(Event::Replaced { was, is });
                }
            });
            view::root(store).into_view()
        });
    }));
}

/// Returns the popup's tab and the result of its first inspection. The background reads "the active tab" as that of the
/// focused window. If the popup is in another window, its own tab is inspected instead.
async fn inspect_first(bootstrap: &Bootstrap) -> (Option<i32>, Event) {
    let active = JsFuture::from(bootstrap.active()).await.ok().and_then(|id| id.as_f64()).map(|id| id as i32);
    let tab = bootstrap.tab().or(active);
    let first = effects::read_first(&bootstrap.reply()).await;
    match (tab, inspected_tab(&first)) {
        (Some(own), Some(other)) if own != other => (tab, effects::inspect(tab).await),
        (_, inspected) => (tab.or(inspected), first),
    }
}

fn inspected_tab(event: &Event) -> Option<i32> {
    match event {
        Event::Inspected(Reply::Inspected { tab, .. } | Reply::NoAccess { tab: Some(tab), .. }) => Some(tab.id),
        _ => None,
    }
}

/// Dispatches the data stored for this tab.
fn restore(store: Store, all: &JsValue) {
    let Some(tab) = store.read(|model| model.tab) else { return };
    let text = |key: &str| property(all, key).as_string();
    let stored = StoredTabState {
        drafts: text(&drafts_key(tab)).and_then(|text| Drafts::read(&text)).unwrap_or_default(),
        last: journal::newest_entry(&property(all, &journal_key(tab))),
        chosen: text(&frame_key(tab)).and_then(|text| ChosenFrame::read(&text)),
    };
    store.dispatch(Event::Restored(Box::new(stored)));
    let index = index_key(tab);
    if property(all, &index).is_object() {
        store.dispatch(Event::FoundRecording);
    } else {
        storage::on_first_change(index, move || store.dispatch(Event::FoundRecording));
    }
}

/// Starts the comparison if an account is connected. This runs after the first paint, because few people have an
/// account.
fn find_account(store: Store) {
    run(Box::pin(async move {
        if storage::local::get(ACCOUNT_KEY).await.is_ok_and(|account| account.is_object()) {
            store.dispatch(Event::FoundAccount);
        }
    }));
}

/// Loads the lazy part for editing after the first frame, so that the first edit doesn't wait for it.
fn preload_after_paint() {
    request_animation_frame(|| set_timeout(lazy_parts::preload, Duration::ZERO));
}

/// Milliseconds since the epoch.
fn now() -> i64 {
    Date::now() as i64
}

/// Polls while the popup is visible, and at once when it becomes visible again.
fn start_polling(store: Store) {
    let poll = move || {
        if !document().hidden() {
            store.dispatch(Event::Poll(now()));
        }
    };
    set_interval(poll, POLL_INTERVAL);
    window_event_listener_untyped("visibilitychange", move |_| poll());
}
