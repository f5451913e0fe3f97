//! Performs what `state` asks of the browser, and tells it what came of it.

use super::mount::host;
use super::provenance;
use super::store::Store;
use crate::ui::recording::state::{Effect, Event, Given};
use crate::webext::{clipboard, error_text, file, live_storage, object, permissions, property, runtime, storage, tabs};
use inspector_core::recording::storage::PENDING_KEY;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

pub fn perform(store: Store, effect: Effect) {
    match effect {
        Effect::Tell => provenance::tell(store),
        Effect::Shown => {
            if let Some(host) = host() {
                (host.shown)(store.read(|model| model.view.name()));
            }
        }
        Effect::Reveal(key) => store.reveal(key),
        Effect::CopyText(text) => spawn_local(async move {
            if clipboard::write_text(&text).await.is_err() {
                store.dispatch(Event::NotCopied);
            }
        }),
        Effect::Propose(patch) => {
            if let Some(host) = host() {
                (host.propose)(patch);
            }
        }
        Effect::Save { name, text } => {
            store.dispatch(Event::Done(file::save(&name, &text)));
        }
        Effect::Clear { tab } => {
            done(store, object([("clearRecording", object([("tab", tab.into())]))]));
        }
        Effect::Record { pattern, tab, at } => record(store, pattern, tab, at),
        Effect::Stop { pattern } => {
            done(store, object([("stopRecording", object([("pattern", pattern.into())]))]));
        }
        Effect::OpenPage(path) => spawn_local(async move {
            let _ = tabs::open(&path).await;
        }),
    }
}

/// Asks the person for the site, then the background to record it. What is wanted is written down first: the question may
/// close the popup, and then the background goes on. Both begin in this very task, that of the click.
fn record(store: Store, pattern: String, tab: i32, at: i64) {
    let wish = [("pattern", pattern.as_str().into()), ("tab", tab.into()), ("at", (at as f64).into())];
    let written = live_storage::begin_set(PENDING_KEY, object(wish));
    let given = permissions::request_origin(&pattern);
    spawn_local(async move {
        let written = JsFuture::from(written).await;
        let given = JsFuture::from(given).await;
        if !given.as_ref().is_ok_and(JsValue::is_truthy) {
            let _ = storage::remove(&PENDING_KEY.into()).await;
            let why = given.err().map_or(Given::Refused, |error| Given::Failed(error_text(&error)));
            return store.dispatch(Event::Recording(why));
        }
        if let Err(error) = written {
            // The background goes on only with what was written down; here the page is still open and asks itself.
            web_sys::console::error_2(&"not written down:".into(), &error);
        }
        store.dispatch(Event::Recording(Given::Starting));
        let request = object([("record", object([("pattern", pattern.into()), ("tab", tab.into())]))]);
        let outcome = asked(request).await.map_or_else(Given::Failed, |()| Given::Started);
        store.dispatch(Event::Recording(outcome));
    });
}

/// Has the background do something, and tells whether it did.
fn done(store: Store, request: JsValue) {
    spawn_local(async move {
        store.dispatch(Event::Done(asked(request).await));
    });
}

/// Sends a request about recording to the background; its words when it could not do it.
async fn asked(request: JsValue) -> Result<(), String> {
    let answer = JsFuture::from(runtime::send_message(&request)).await.map_err(|error| error_text(&error))?;
    if property(&answer, "recorded").is_object() {
        return Ok(());
    }
    let why = property(&property(&answer, "notRecorded"), "why").as_string();
    Err(why.or(property(&answer, "failed").as_string()).unwrap_or_default())
}
