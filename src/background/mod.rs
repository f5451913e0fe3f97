//! The background: answers the popup's requests. Only the background accesses pages, each time with one
//! `executeScript`. It has no state in memory, because the browser may stop it at any time.
//!
//! [`api_client`] and [`badge`] are lazy parts of the program: the background starts cold many times a day and seldom
//! needs them.

mod api_client;
mod apply;
mod badge;
mod error;
mod inspect;
mod journal;
mod lock;
pub mod recording;
mod tab_replacement;

use crate::lazy::{NotLoaded, Task, lazy};
use crate::messages::page::MAX_TEXT;
use crate::messages::{ApiRequest, Reply, Request};
use crate::storage_format::session::{drafts_key, frame_key, journal_key};
use crate::webext::runtime::{from_js, to_js};
pub use error::BackgroundError;
use js_sys::{Array, Function, JsString};
use recording::RecordingTask;
pub use tab_replacement::{follow, resume};
use wasm_bindgen::{JsCast, JsValue};

lazy! {
    /// Answers a request about Upscope's API; see [`api_client::answer`].
    #[part(api_client)]
    fn answer_from_api(request: ApiRequest) -> Task<Reply> {
        Box::pin(api_client::answer(request))
    }
}

lazy! {
    /// Updates a tab's toolbar button; see [`badge::update`].
    #[part(badge)]
    pub fn update_badge(tab: i32) -> Task<()> {
        Box::pin(badge::update(tab))
    }
}

/// Answers one message of a page. `probe` is the function that runs in pages. Returns an error for anything that
/// isn't a request.
pub async fn answer(message: JsValue, probe: &Function) -> Result<JsValue, BackgroundError> {
    let request = from_js(message).map_err(|error| BackgroundError::NotARequest(error.to_string()))?;
    to_js(&reply(request, probe).await).map_err(BackgroundError::NotWritten)
}

async fn reply(request: Request, probe: &Function) -> Reply {
    match request {
        Request::Inspect { tab } => inspect::inspect(tab, probe).await,
        Request::Perform { target, command, edit, deadline } => {
            apply::apply(&target, &command, *edit, deadline, probe).await
        }
        Request::StartRecording { pattern, tab } => {
            recording::answer(Some(RecordingTask::Start { pattern, tab })).await
        }
        Request::StopRecording { pattern } => recording::answer(Some(RecordingTask::Stop { pattern })).await,
        Request::ClearRecording { tab } => recording::answer(Some(RecordingTask::Delete { tab })).await,
        Request::ListRecordedSites {} => recording::answer(None).await,
        Request::Api(request) => match answer_from_api(request).await {
            Ok(answering) => answering.await,
            Err(NotLoaded) => Reply::Failed("a part of the background was not loaded".to_owned()),
        },
    }
}

/// Deletes the data of a closed tab, also under its earlier IDs.
pub async fn forget(tab: i32) -> Result<(), BackgroundError> {
    let former = tab_replacement::former(tab).await;
    let mut done = forget_id(tab).await;
    for old in former.as_deref().unwrap_or_default() {
        done = done.and(forget_id(*old).await);
    }
    done.and(former.map(drop))
}

async fn forget_id(tab: i32) -> Result<(), BackgroundError> {
    let keys = Array::of3(&drafts_key(tab).into(), &journal_key(tab).into(), &frame_key(tab).into());
    let removed = crate::webext::storage::remove(&keys).await;
    recording::perform(RecordingTask::Delete { tab }).await.and(removed.map_err(BackgroundError::from))
}

/// The probe's text; empty if the page returned something else, or more than the probe's limit.
fn probe_text(result: &JsValue) -> String {
    let text = result.dyn_ref::<JsString>().filter(|text| text.length() as usize <= MAX_TEXT);
    text.map(String::from).unwrap_or_default()
}
