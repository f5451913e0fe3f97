//! Performs what `state` asks of the browser, and tells it what came of it.

use super::answer;
use super::lazy_parts;
use super::store::Store;
use crate::i18n::PANEL_BROKEN;
use crate::lazy::NotLoaded;
use crate::protocol::message::{Answer, Moment, Request};
use crate::protocol::stored::{drafts_key, frame_key};
use crate::ui::popup::state::{Effect, Event};
use crate::webext::{clipboard, error_text, object, permissions, runtime, storage, tabs, timer};
use js_sys::{Array, Error, Promise};
use std::pin::Pin;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// How long a look at the page may take, in milliseconds. A page that is busy for longer is shown as not answering.
const LOOK_MS: i32 = 4000;

/// How long an act may take: a switch waits in the page for a reconnect, at most 15 s. Without an answer by then nobody
/// knows whether the page got the call, and the person is told so.
const ACT_MS: i32 = 30_000;

/// How long the background may take to begin an act. With the time a page has to let it begin, and the 15 s of a switch,
/// it is done before the person is told that nobody knows.
const ACT_BEGIN_MS: i32 = 8_000;

pub fn perform(store: Store, effect: Effect) {
    match effect {
        Effect::Inspect { tab } => then(store, async move { Some(look(tab).await) }),
        Effect::Act { target, ask, note } => {
            let until = Some(Moment::from(timer::now()).later(f64::from(ACT_BEGIN_MS)));
            let answer = send(&Request::Act { target, ask: ask.to_text(), note: note.to_text(), until });
            then(store, async move { Some(Event::Acted(answered(in_time(&answer, ACT_MS)).await)) });
        }
        Effect::SaveDrafts { tab, drafts } => save(store, drafts_key(tab), drafts.to_text()),
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
        Effect::AskServer => lazy_parts::ask_server(store),
        Effect::TellServer { sent } => lazy_parts::compare_sent(store, sent),
        Effect::Watch => then(store, async {
            let problem = lazy_parts::watch().await;
            Some(Event::Watched(problem.unwrap_or_else(|NotLoaded| PANEL_BROKEN.text())))
        }),
    }
}

fn copy(store: Store, text: String) {
    then(store, async move {
        let copied = clipboard::write_text(&text).await;
        Some(Event::CopyAnswered(copied.is_ok()))
    });
}

/// Dispatches what comes of something, once it comes.
fn then(store: Store, event: impl Future<Output = Option<Event>> + 'static) {
    let event: Pin<Box<dyn Future<Output = Option<Event>>>> = Box::pin(event);
    run(Box::pin(async move {
        if let Some(event) = event.await {
            store.dispatch(event);
        }
    }));
}

/// Runs a task. One type for all, so that the executor is compiled once.
pub fn run(task: Pin<Box<dyn Future<Output = ()>>>) {
    spawn_local(task);
}

/// Looks at a tab.
pub async fn look(tab: Option<i32>) -> Event {
    inspected(send(&Request::Inspect { tab })).await
}

/// The event for an answer to a look, given in time or not.
pub async fn inspected(answer: Promise) -> Event {
    match answered(in_time(&answer, LOOK_MS)).await {
        Ok(answer) => Event::Inspected(answer),
        Err(why) => Event::NotInspected(why),
    }
}

fn send(request: &Request) -> Promise {
    runtime::send_message(&message(request))
}

/// A request as the background reads it. By hand, as it is read: see `background::request`.
fn message(request: &Request) -> JsValue {
    match request {
        Request::Inspect { tab } => object([("inspect", object([("tab", (*tab).into())]))]),
        Request::Act { target, ask, note, until } => {
            let until = until.map(|until| object([("system", until.system.into()), ("own", until.own.into())]));
            let target = object([
                ("tab", target.tab.into()),
                ("frame", (target.frame as f64).into()),
                ("documentId", target.document_id.clone().into()),
                ("document", target.document.as_str().into()),
            ]);
            object([(
                "act",
                object([
                    ("target", target),
                    ("ask", ask.as_str().into()),
                    ("note", note.as_str().into()),
                    ("until", until.into()),
                ]),
            )])
        }
        Request::Record { pattern, tab } => {
            object([("record", object([("pattern", pattern.into()), ("tab", (*tab).into())]))])
        }
        Request::StopRecording { pattern } => object([("stopRecording", object([("pattern", pattern.into())]))]),
        Request::Recorded {} => object([("recorded", object([]))]),
        Request::ClearRecording { tab } => object([("clearRecording", object([("tab", (*tab).into())]))]),
    }
}

async fn answered(answer: Promise) -> Result<Answer, String> {
    let answer = JsFuture::from(answer).await.map_err(|error| error_text(&error))?;
    answer::read(&answer).ok_or_else(|| "no answer of this version".to_owned())
}

fn save(store: Store, key: String, text: String) {
    then(store, async move {
        let saved = storage::set(&key, text.into()).await;
        let is_new = saved.is_err() || store.read(|model| model.unsaved.is_some());
        is_new.then_some(Event::Saved(saved))
    });
}

fn request_access(store: Store, url: &str) {
    let Some(pattern) = permissions::origin_pattern(url) else { return };
    let asked = permissions::request_origin(&pattern);
    then(store, async move {
        let given = JsFuture::from(asked).await.is_ok_and(|given| given.is_truthy());
        Some(Event::AccessAnswered(given))
    });
}

/// The same promise, rejected when it is not settled in time.
fn in_time(promise: &Promise, milliseconds: i32) -> Promise {
    Promise::race(&Array::of2(promise, &timeout(milliseconds)))
}

fn timeout(milliseconds: i32) -> Promise {
    Promise::new(&mut |_, reject| {
        let late = move || drop(reject.call1(&JsValue::UNDEFINED, &Error::new("no answer in time")));
        leptos::prelude::set_timeout(late, std::time::Duration::from_millis(milliseconds as u64));
    })
}
