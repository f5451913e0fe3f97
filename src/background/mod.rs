//! The background: answers the popup's requests. Only the background accesses pages, each time with one
//! `executeScript`. It has no state in memory, because the browser may stop it at any time.
//!
//! [`api_client`] and [`badge`] are lazy parts of the program: the background starts cold many times a day and seldom
//! needs them.

mod api_client;
mod apply;
mod badge;
mod inspect;
mod journal;
mod lock;
pub mod recording;
mod request;
mod tab_replacement;

use crate::lazy::{Task, lazy};
use crate::protocol::message::{MAX_TEXT, Request};
use crate::protocol::stored::{drafts_key, frame_key, journal_key};
use js_sys::{Array, Function, JsString};
use recording::RecordingTask;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
pub use tab_replacement::{follow, resume};
use wasm_bindgen::{JsCast, JsValue};

lazy! {
    /// Answers a message about Upscope's API; see [`api_client::answer`].
    #[part(api_client)]
    pub fn answer_from_api(message: JsValue) -> Task<JsValue> {
        Box::pin(async move { api_client::answer(&message).await })
    }
}

lazy! {
    /// Updates a tab's toolbar button; see [`badge::update`].
    #[part(badge)]
    pub fn update_badge(tab: i32) -> Task<()> {
        Box::pin(badge::update(tab))
    }
}

/// Answers one message of the popup. `probe` is the function that runs in pages. Returns an error for anything that
/// isn't a request.
pub async fn answer(message: JsValue, probe: &Function) -> Result<JsValue, String> {
    let answer = match request::read(&message).ok_or("not a request")? {
        Request::Inspect { tab } => inspect::inspect(tab, probe).await,
        Request::Act { target, ask, note, until } => apply::apply(target, ask, note, until, probe).await,
        about => recording::answer(task(about)).await,
    };
    to_js(&answer)
}

/// The task of a request about recordings.
fn task(request: Request) -> Option<RecordingTask> {
    match request {
        Request::Record { pattern, tab } => Some(RecordingTask::Start { pattern, tab }),
        Request::StopRecording { pattern } => Some(RecordingTask::Stop { pattern }),
        Request::ClearRecording { tab } => Some(RecordingTask::Delete { tab }),
        Request::Recorded {} | Request::Inspect { .. } | Request::Act { .. } => None,
    }
}

/// Deletes the data of a closed tab, also under its earlier IDs.
pub async fn forget(tab: i32) -> Result<(), String> {
    let former = tab_replacement::former(tab).await;
    let mut done = forget_id(tab).await;
    for old in former.as_deref().unwrap_or_default() {
        done = done.and(forget_id(*old).await);
    }
    done.and(former.map(drop))
}

async fn forget_id(tab: i32) -> Result<(), String> {
    let keys = Array::of3(&drafts_key(tab).into(), &journal_key(tab).into(), &frame_key(tab).into());
    let removed = crate::webext::storage::remove(&keys).await;
    recording::perform(RecordingTask::Delete { tab }).await.and(removed)
}

fn to_js(value: &impl Serialize) -> Result<JsValue, String> {
    value.serialize(&Serializer::json_compatible()).map_err(|error| error.to_string())
}

/// The probe's text; empty if the page returned something else, or more than the probe's limit.
fn probe_text(result: &JsValue) -> String {
    let text = result.dyn_ref::<JsString>().filter(|text| text.length() as usize <= MAX_TEXT);
    text.map(String::from).unwrap_or_default()
}
