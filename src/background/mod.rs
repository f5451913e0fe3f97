//! Performs what the popup asks. It alone touches pages, each time by one `executeScript`, and keeps nothing in memory:
//! the browser stops it whenever it likes.
//!
//! [`api_client`] and [`badge`] are lazy parts of the program: the background starts cold many times a day, and seldom needs
//! them.

mod api_client;
mod badge;
mod error;
mod follow;
mod inspect;
mod journal;
mod perform;
pub mod recording;
mod turn;

use crate::lazy::{NotLoaded, Task, lazy};
use crate::messages::page::MAX_TEXT;
use crate::messages::{ApiRequest, Reply, Request};
use crate::storage_format::session::{drafts_key, frame_key, journal_key};
use crate::webext::runtime::{from_js, to_js};
pub use error::BackgroundError;
pub use follow::{follow, resume};
use js_sys::{Array, Function, JsString};
use recording::Work;
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

/// Answers one message of a page. `probe` is the function that runs in pages. An error is a message that is no request.
pub async fn answer(message: JsValue, probe: &Function) -> Result<JsValue, BackgroundError> {
    let request = from_js(message).map_err(|error| BackgroundError::NotARequest(error.to_string()))?;
    to_js(&reply(request, probe).await).map_err(BackgroundError::NotWritten)
}

async fn reply(request: Request, probe: &Function) -> Reply {
    match request {
        Request::Inspect { tab } => inspect::inspect(tab, probe).await,
        Request::Perform { target, command, edit, deadline } => {
            perform::perform(&target, &command, *edit, deadline, probe).await
        }
        Request::StartRecording { pattern, tab } => recording::answer(Some(Work::Start { pattern, tab })).await,
        Request::StopRecording { pattern } => recording::answer(Some(Work::Stop { pattern })).await,
        Request::ClearRecording { tab } => recording::answer(Some(Work::Forget { tab })).await,
        Request::ListRecordedSites {} => recording::answer(None).await,
        Request::Api(request) => match answer_from_api(request).await {
            Ok(answering) => answering.await,
            Err(NotLoaded) => Reply::Failed("a part of the background was not loaded".to_owned()),
        },
    }
}

/// Forgets what was kept for a tab that was closed, also under ids that it had before.
pub async fn forget(tab: i32) -> Result<(), BackgroundError> {
    let former = follow::former(tab).await;
    let mut done = forget_id(tab).await;
    for old in former.as_deref().unwrap_or_default() {
        done = done.and(forget_id(*old).await);
    }
    done.and(former.map(drop))
}

async fn forget_id(tab: i32) -> Result<(), BackgroundError> {
    let keys = Array::of3(&drafts_key(tab).into(), &journal_key(tab).into(), &frame_key(tab).into());
    let kept = crate::webext::storage::remove(&keys).await;
    recording::perform(Work::Forget { tab }).await.and(kept.map_err(BackgroundError::from))
}

/// The probe's text, or nothing where the page sent something else or more than the probe ever would.
fn probe_text(result: &JsValue) -> String {
    let text = result.dyn_ref::<JsString>().filter(|text| text.length() as usize <= MAX_TEXT);
    text.map(String::from).unwrap_or_default()
}
