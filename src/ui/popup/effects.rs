//! Performs the effects that `state` returns, and dispatches their results.

use super::lazy_parts;
use super::shared_drafts;
use super::store::PopupStore;
use crate::lazy::NotLoaded;
use crate::messages::page::{BEGIN_MS, REPORT_MS, SWITCH_MS};
use crate::messages::{AccessProblem, Moment, Reply, Request};
use crate::storage_format::session::{drafts_key, frame_key};
use crate::ui::background_client;
use crate::ui::popup::state::{Effect, Event};
use crate::ui::request_error::RequestError;
use crate::ui::task::run;
use crate::webext::{clipboard, permissions, storage, tabs, timer};
use js_sys::Promise;
use std::pin::Pin;
use wasm_bindgen_futures::JsFuture;

/// How long an inspection may take, in milliseconds. A page that is busy for longer is shown as unresponsive. More than
/// the background's own limit, so that its reply has the reason.
const INSPECT_MS: u32 = REPORT_MS + 1_000;

/// How long the background may take to begin an act, in milliseconds.
const ACT_BEGIN_MS: u32 = 8_000;

/// How long an act may take, in milliseconds: until the background and then the page begin it, a switch, and the reply.
/// Without an answer by then, it is unknown whether the page received the call, and the popup says so.
const ACT_MS: u32 = ACT_BEGIN_MS + BEGIN_MS + SWITCH_MS + 2_000;

pub fn perform(store: PopupStore, effect: Effect) {
    match effect {
        Effect::Inspect { tab } => then(store, async move {
            let [_, begun] = timer::now();
            let event = inspect(tab).await;
            let [_, done] = timer::now();
            if !is_late(&event) {
                store.dispatch(Event::InspectionTook((done - begun) as i64));
            }
            Some(event)
        }),
        Effect::Perform { target, command, edit } => {
            let deadline = Some(Moment::from(timer::now()).later(f64::from(ACT_BEGIN_MS)));
            let request = Request::Perform { target, command, edit: Box::new(edit), deadline };
            then(store, async move { Some(Event::Performed(background_client::send_within(&request, ACT_MS).await)) });
        }
        Effect::SaveDrafts { tab, drafts } => {
            let text = drafts.to_text();
            shared_drafts::note_known(text.clone());
            save(store, drafts_key(tab), text);
        }
        Effect::SaveFrame { tab, chosen } => save(store, frame_key(tab), chosen.to_text()),
        Effect::CopyText(text) => copy(store, text),
        Effect::CopySource(source) => then(store, async move {
            let copied = match lazy_parts::copied(*source).await {
                Ok(Some(text)) => clipboard::write_text(&text).await.is_ok(),
                Ok(None) | Err(NotLoaded) => false,
            };
            Some(Event::CopyAnswered(copied))
        }),
        Effect::RequestAccess { url } => request_access(store, &url),
        Effect::ShowTab { tab } => run(Box::pin(tabs::show(tab))),
        Effect::ShowRecorded { view } => lazy_parts::show(store, view),
        Effect::WatchRecording { tab, document } => lazy_parts::follow_recording(store, tab, document),
        Effect::CompareServer => lazy_parts::compare(store),
        Effect::RefreshServer => lazy_parts::refresh_server(store),
        Effect::CompareSent { sent } => lazy_parts::compare_sent(store, sent),
        Effect::Watch => then(store, async { Some(Event::Watched(lazy_parts::watch().await)) }),
    }
}

fn copy(store: PopupStore, text: String) {
    then(store, async move {
        let copied = clipboard::write_text(&text).await;
        Some(Event::CopyAnswered(copied.is_ok()))
    });
}

/// Dispatches the event once it resolves.
fn then(store: PopupStore, event: impl Future<Output = Option<Event>> + 'static) {
    let event: Pin<Box<dyn Future<Output = Option<Event>>>> = Box::pin(event);
    run(Box::pin(async move {
        if let Some(event) = event.await {
            store.dispatch(event);
        }
    }));
}

/// Inspects a tab.
pub async fn inspect(tab: Option<i32>) -> Event {
    inspected(background_client::send_within(&Request::Inspect { tab }, INSPECT_MS).await)
}

/// The result of the inspection that `popup.js` requested.
pub async fn read_first(reply: &Promise) -> Event {
    inspected(background_client::read_within(reply, INSPECT_MS).await)
}

/// Whether the page hasn't answered yet. The next inspection waits for the same answer and costs the page nothing.
pub fn is_late(event: &Event) -> bool {
    matches!(event, Event::Inspected(Reply::NoAccess { why: AccessProblem::Busy, .. }))
}

fn inspected(reply: Result<Reply, RequestError>) -> Event {
    match reply {
        Ok(reply) => Event::Inspected(reply),
        Err(why) => Event::NotInspected(why),
    }
}

fn save(store: PopupStore, key: String, text: String) {
    then(store, async move {
        let saved = storage::set(&key, text.into()).await;
        let is_new = saved.is_err() || store.with_untracked(|model| model.unsaved.is_some());
        is_new.then_some(Event::Saved(saved))
    });
}

fn request_access(store: PopupStore, url: &str) {
    let Some(pattern) = permissions::origin_pattern(url) else { return };
    let asked = permissions::request_origin(&pattern);
    then(store, async move {
        let given = JsFuture::from(asked).await.is_ok_and(|given| given.is_truthy());
        Some(Event::AccessAnswered(given))
    });
}
