//! Startup: from the first line of wasm to the first paint, and the polling after it.

use super::effects;
use super::lazy_parts;
use super::shared_drafts;
use super::store::{PopupStore, new_store};
use super::view;
use crate::errors::BrowserError;
use crate::lazy::{NotLoaded, lazy};
use crate::messages::Reply;
use crate::storage_format::account::ACCOUNT_KEY;
use crate::storage_format::session::{ChosenFrame, Drafts, StoredTabState, drafts_key, frame_key, journal_key};
use crate::ui::POLL_INTERVAL;
use crate::ui::journal;
use crate::ui::popup::state::{Event, Model, RestoreError};
use crate::ui::task::run;
use crate::webext::bootstrap::{Bootstrap, bootstrap};
use crate::webext::preferences::is_masked;
use crate::webext::{live_storage, property, storage};
use inspector_core::recording::storage::index_key;
use js_sys::Date;
use leptos::prelude::*;
use std::cell::Cell;
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
        let stored = JsFuture::from(bootstrap.stored()).await.map_err(BrowserError::from);
        let restored = restore(tab, &stored).await;
        mount_to_body(move || {
            let store = new_store(Model::new(tab, now()), effects::perform);
            let is_late = effects::is_late(&first);
            store.dispatch(first);
            store.dispatch(restored);
            if let (Some(tab), Ok(stored)) = (tab, &stored) {
                find_recording(store, tab, stored);
            }
            shared_drafts::follow(store);
            continue_after_paint(store);
            bootstrap.begin();
            start_polling(store);
            if is_late {
                store.dispatch(Event::Refresh);
            }
            store.view_state.clear_focus_target_on_focus();
            window_event_listener_untyped("copy-code", move |_| {
                store.dispatch(Event::CopyCode { masked: is_masked() })
            });
            window_event_listener_untyped("tab-replaced", move |event| {
                if let (Some(was), Some(is)) = (tab_id(&event, "was"), tab_id(&event, "is")) {
                    store.dispatch(Event::Replaced { was, is });
                }
            });
            window_event_listener_untyped("tab-loading", move |event| {
                if let Some(tab) = tab_id(&event, "id") {
                    store.dispatch(Event::TabLoading(tab));
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

/// Returns what is stored for the tab. Only a tab that has something waits for the lazy part that reads it.
async fn restore(tab: Option<i32>, stored: &Result<JsValue, BrowserError>) -> Event {
    let all = match stored {
        Ok(all) => all,
        Err(why) => return Event::NotRestored(RestoreError::Browser(why.clone())),
    };
    let has_data = |tab: &i32| {
        let keys = [drafts_key(*tab), journal_key(*tab), frame_key(*tab)];
        keys.iter().any(|key| !property(all, key).is_undefined())
    };
    let state = match tab.filter(has_data) {
        Some(tab) => read_stored_state(tab, all.clone()).await,
        None => Ok(StoredTabState::default()),
    };
    match state {
        Ok(state) => Event::Restored(Box::new(state)),
        Err(NotLoaded) => Event::NotRestored(RestoreError::NotLoaded),
    }
}

lazy! {
    /// Reads what is stored for a tab.
    #[part(edit)]
    async fn read_stored_state(tab: i32, all: JsValue) -> StoredTabState {
        let text = |key: &str| property(&all, key).as_string();
        let drafts = text(&drafts_key(tab));
        drafts.iter().cloned().for_each(shared_drafts::note_known);
        StoredTabState {
            drafts: drafts.and_then(|text| Drafts::read(&text)).unwrap_or_default(),
            last: journal::newest_entry(&property(&all, &journal_key(tab))),
            chosen: text(&frame_key(tab)).and_then(|text| ChosenFrame::read(&text)),
        }
    }
}

/// Follows the tab's recording, also one that begins later.
fn find_recording(store: PopupStore, tab: i32, all: &JsValue) {
    let index = index_key(tab);
    if property(all, &index).is_object() {
        store.dispatch(Event::FoundRecording);
    } else {
        storage::on_first_change(index, move || store.dispatch(Event::FoundRecording));
    }
}

/// Starts the comparison if an account is connected, and again whenever the account is changed in the options.
fn follow_account(store: PopupStore) {
    live_storage::on_changed(move |changes, area| {
        if area == "local" && property(&changes, ACCOUNT_KEY).is_object() {
            store.dispatch(Event::FoundAccount);
        }
    });
    run(Box::pin(async move {
        if storage::local::get(ACCOUNT_KEY).await.is_ok_and(|account| account.is_object()) {
            store.dispatch(Event::FoundAccount);
        }
    }));
}

/// The delay after the first frame before the popup starts other work, so that the browser first shows the frame.
const REST: Duration = Duration::from_millis(300);

/// Starts the work that the first frame doesn't need. The lazy part for editing is loaded so that the first edit
/// doesn't wait for it.
fn continue_after_paint(store: PopupStore) {
    let next = move || {
        lazy_parts::preload(store);
        follow_account(store);
    };
    request_animation_frame(move || set_timeout(next, REST));
}

/// The ID of a tab in an event of `popup.js`.
fn tab_id(event: &JsValue, name: &str) -> Option<i32> {
    property(event, name).as_f64().map(|id| id as i32)
}

/// Milliseconds since the epoch.
fn now() -> i64 {
    Date::now() as i64
}

/// Polls while the popup is visible, and at once when it becomes visible again.
fn start_polling(store: PopupStore) {
    let poll = move || {
        if !document().hidden() {
            store.dispatch(Event::Poll(now()));
        }
    };
    set_interval(poll, POLL_INTERVAL);
    // Chromium opens a popup hidden. The page was just inspected when the popup becomes visible for the first time.
    let is_first_time = Cell::new(document().hidden());
    window_event_listener_untyped("visibilitychange", move |_| {
        if !is_first_time.take() {
            poll();
        }
    });
}
