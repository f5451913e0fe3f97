//! From the start of the wasm to the first paint, and the beat that keeps the popup live.

use super::effects;
use super::journal;
use super::lazy_parts;
use super::store::Store;
use super::view;
use crate::protocol::message::Answer;
use crate::protocol::server::ACCOUNT_KEY;
use crate::protocol::stored::{ChosenFrame, Drafts, Kept, drafts_key, frame_key, journal_key};
use crate::ui::popup::state::{Event, Model};
use crate::webext::bootstrap::{Early, early};
use crate::webext::preferences::is_masked;
use crate::webext::{error_text, property, storage};
use inspector_core::recording::storage::index_key;
use js_sys::Date;
use leptos::prelude::*;
use std::panic;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// How often the page is looked at while the popup is visible: a change shows within a second.
const BEAT: Duration = Duration::from_millis(600);

/// Starts the popup with what `popup.js` has under way. The skeleton stays until there is something to show.
pub fn start() {
    panic::set_hook(Box::new(|panic| {
        web_sys::console::error_1(&panic.to_string().into());
        early().crashed();
    }));
    effects::run(Box::pin(async {
        let early = early();
        let (tab, first) = first_look(&early).await;
        let kept = JsFuture::from(early.kept()).await;
        mount_to_body(move || {
            let store = Store::new(Model::new(tab, now()));
            store.dispatch(first);
            match &kept {
                Ok(kept) => restore(store, kept),
                Err(error) => store.dispatch(Event::NotRestored(error_text(error))),
            }
            watch_account(store);
            preload_after_paint();
            early.begin();
            keep_live(store);
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

/// The tab this popup is for, and what the first look at it gave. The background takes "the active tab" to be that of
/// the window in front; if this popup stands in another one, its own tab is looked at instead.
async fn first_look(early: &Early) -> (Option<i32>, Event) {
    let active = JsFuture::from(early.active()).await.ok().and_then(|id| id.as_f64()).map(|id| id as i32);
    let tab = early.tab().or(active);
    let first = effects::inspected(early.answer()).await;
    match (tab, looked_at(&first)) {
        (Some(own), Some(other)) if own != other => (tab, effects::look(tab).await),
        (_, looked) => (tab.or(looked), first),
    }
}

fn looked_at(event: &Event) -> Option<i32> {
    match event {
        Event::Inspected(Answer::Inspected { tab, .. } | Answer::NoAccess { tab: Some(tab), .. }) => Some(tab.id),
        _ => None,
    }
}

/// Hands on what was kept for this tab.
fn restore(store: Store, all: &JsValue) {
    let Some(tab) = store.read(|model| model.tab) else { return };
    let text = |key: &str| property(all, key).as_string();
    let kept = Kept {
        drafts: text(&drafts_key(tab)).and_then(|text| Drafts::read(&text)).unwrap_or_default(),
        last: journal::newest_act(&property(all, &journal_key(tab))),
        chosen: text(&frame_key(tab)).and_then(|text| ChosenFrame::read(&text)),
    };
    store.dispatch(Event::Restored(Box::new(kept)));
    let index = index_key(tab);
    if property(all, &index).is_object() {
        store.dispatch(Event::FoundRecording);
    } else {
        storage::on_first_change(index, move || store.dispatch(Event::FoundRecording));
    }
}

/// Has the server asked, where the team's account is connected: known after the first paint, since few have one.
fn watch_account(store: Store) {
    effects::run(Box::pin(async move {
        if storage::local::get(ACCOUNT_KEY).await.is_ok_and(|account| account.is_object()) {
            store.dispatch(Event::FoundAccount);
        }
    }));
}

/// Loads the lazy part for editing once the first frame is painted, so that the first edit does not wait for it.
fn preload_after_paint() {
    request_animation_frame(|| set_timeout(lazy_parts::preload, Duration::ZERO));
}

/// Milliseconds since the epoch.
fn now() -> i64 {
    Date::now() as i64
}

/// Looks again on every beat while the popup can be seen, and at once when it is seen again.
fn keep_live(store: Store) {
    let beat = move || {
        if !document().hidden() {
            store.dispatch(Event::Poll(now()));
        }
    };
    set_interval(beat, BEAT);
    window_event_listener_untyped("visibilitychange", move |_| beat());
}
