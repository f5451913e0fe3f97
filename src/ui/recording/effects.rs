//! Performs the effects that `state` returns, and dispatches their results.

use super::expectations;
use super::mounted::host;
use super::provenance;
use super::store::RecordingStore;
use crate::errors::BrowserError;
use crate::messages::Request;
use crate::ui::background_client::change_recordings;
use crate::ui::recording::state::{Effect, Event, RequestProgress};
use crate::ui::recording::text::ticket::ticket;
use crate::ui::request_error::RecordingError;
use crate::webext::{clipboard, file, live_storage, object, permissions, storage, tabs};
use inspector_core::recording::storage::PENDING_KEY;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

pub fn perform(store: RecordingStore, effect: Effect) {
    match effect {
        Effect::NotifyFollower => provenance::notify(store),
        Effect::NotifyHost => {
            if let Some(host) = host() {
                (host.shown)(store.with_untracked(|model| model.view));
            }
        }
        Effect::Reveal(key) => store.view_state.reveal(key),
        Effect::CopyText(text) => copy(store, text),
        Effect::CopyTicket { key, masked } => {
            if let Some(ticket) = store.with_untracked(|model| ticket(model, &key, masked)) {
                copy(store, ticket);
            }
        }
        Effect::Propose(patch) => {
            if let Some(host) = host() {
                (host.propose)(patch);
            }
        }
        Effect::Save { name, text } => {
            store.dispatch(Event::Done(file::save(&name, &text).map_err(RecordingError::from)));
        }
        Effect::Clear { tab } => {
            done(store, Request::ClearRecording { tab });
        }
        Effect::Record { pattern, tab, at } => record(store, pattern, tab, at),
        Effect::Stop { pattern } => {
            done(store, Request::StopRecording { pattern });
        }
        Effect::Expectation(effect) => expectations::perform(store, effect),
        Effect::OpenPage(path) => spawn_local(async move {
            let _ = tabs::open(&path).await;
        }),
    }
}

fn copy(store: RecordingStore, text: String) {
    spawn_local(async move {
        if clipboard::write_text(&text).await.is_err() {
            store.dispatch(Event::NotCopied);
        }
    });
}

/// Requests permission for the site, then asks the background to record it. The request is stored first: if the
/// permission prompt closes the popup, the background continues. Both start in the task of the click.
fn record(store: RecordingStore, pattern: String, tab: i32, at: i64) {
    let pending = [("pattern", pattern.as_str().into()), ("tab", tab.into()), ("at", (at as f64).into())];
    let written = live_storage::begin_set(PENDING_KEY, object(pending));
    let given = permissions::request_origin(&pattern);
    let site = pattern.clone();
    let report = move |progress| store.dispatch(Event::Recording { pattern: site.clone(), progress });
    spawn_local(async move {
        let written = JsFuture::from(written).await;
        let given = JsFuture::from(given).await;
        if !given.as_ref().is_ok_and(JsValue::is_truthy) {
            let _ = storage::remove(&PENDING_KEY.into()).await;
            let failed = |error| RequestProgress::Failed(RecordingError::Browser(BrowserError::from(error)));
            return report(given.err().map_or(RequestProgress::Refused, failed));
        }
        if let Err(error) = written {
            // The background continues only with a stored request. Here the page is still open and sends the request
            // itself.
            web_sys::console::error_2(&"not stored:".into(), &error);
        }
        report(RequestProgress::Starting);
        let outcome = change_recordings(&Request::StartRecording { pattern, tab })
            .await
            .map_or_else(RequestProgress::Failed, |()| RequestProgress::Started);
        report(outcome);
    });
}

/// Sends a request to the background and dispatches the result.
fn done(store: RecordingStore, request: Request) {
    spawn_local(async move {
        store.dispatch(Event::Done(change_recordings(&request).await));
    });
}
