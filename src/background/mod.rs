//! The background: answers the requests of the extension's pages, and stores what recorders send. Only the background
//! accesses pages, each time with one `executeScript`. Nothing depends on what it has in memory, because the browser
//! may stop it at any time.
//!
//! The background starts cold many times a day, and the popup waits for it. So the main part of the program only
//! inspects pages, stores recordings and follows tabs. The rest is in lazy parts: the answers to all other requests,
//! the toolbar button, the verdicts that it counts, and Upscope's API.

mod api_client;
mod apply;
mod badge;
mod error;
mod expectations;
mod inspect;
mod journal;
mod lock;
pub mod recording;
mod tab_replacement;

use crate::lazy::{NotLoaded, Task, lazy};
use crate::messages::{ApiRequest, Reply, Request};
use crate::storage_format::account::CHANGE_KEY;
use crate::storage_format::session::{drafts_key, frame_key, journal_key};
use crate::webext::runtime::{from_js, to_js};
use crate::webext::storage;
use crate::webext::timer::TimeoutFuture;
pub use error::BackgroundError;
use js_sys::{Array, Function};
use recording::RecordingTask;
use serde::Deserialize;
use std::cell::Cell;
pub use tab_replacement::follow;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

lazy! {
    /// Answers a request about Upscope's API; see [`api_client::answer`].
    #[part(api_client)]
    async fn answer_from_api(request: ApiRequest) -> Task<Reply> {
        Box::pin(api_client::answer(request))
    }
}

lazy! {
    /// Completes a change of the account; see [`api_client::resume`].
    #[part(api_client)]
    async fn resume_account_change() -> Task<Result<(), BackgroundError>> {
        Box::pin(api_client::resume())
    }
}

lazy! {
    /// Updates a tab's toolbar button; see [`badge::update`].
    #[part(badge)]
    pub async fn update_badge(tab: i32) -> Task<Result<(), BackgroundError>> {
        Box::pin(badge::update(tab))
    }
}

lazy! {
    /// Answers every request except an inspection.
    #[part(requests, preload = load_requests)]
    async fn answer_other(message: JsValue, probe: Function) -> Task<Result<Reply, BackgroundError>> {
        Box::pin(async move {
            let request = from_js(message).map_err(BackgroundError::NotARequest)?;
            Ok(reply(request, &probe).await)
        })
    }
}

/// [`Request::Inspect`] alone: a popup that opens waits for the answer, and the reader of all requests is large. A
/// field that only [`Request`] has leaves the message to that reader.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
enum InspectRequest {
    Inspect { tab: Option<i32> },
}

/// How long after an inspection the background loads what an act needs, in milliseconds. The popup is painted by then.
const PRELOAD_MS: u32 = 1_000;

thread_local! {
    static PRELOADED: Cell<bool> = const { Cell::new(false) };
}

/// Answers one message of a page. `probe` is the function that runs in pages. Returns an error for anything that
/// isn't a request.
pub async fn answer(message: JsValue, probe: &Function) -> Result<JsValue, BackgroundError> {
    let reply = match from_js(message.clone()) {
        Ok(InspectRequest::Inspect { tab }) => {
            preload_requests();
            inspect::inspect(tab, probe).await
        }
        Err(_) => match answer_other(message, probe.clone()).await {
            Ok(answering) => answering.await?,
            Err(NotLoaded) => not_loaded(),
        },
    };
    to_js(&reply).map_err(BackgroundError::NotWritten)
}

/// Loads the part for the other requests later, once.
fn preload_requests() {
    if !PRELOADED.replace(true) {
        spawn_local(async {
            TimeoutFuture::new(PRELOAD_MS).await;
            // A failure is reported when the part is needed.
            let _ = load_requests().await;
        });
    }
}

fn not_loaded() -> Reply {
    Reply::Failed(BackgroundError::NotLoaded.to_string())
}

async fn reply(request: Request, probe: &Function) -> Reply {
    match request {
        Request::Inspect { tab } => inspect::inspect(tab, probe).await,
        Request::Perform { target, command, edit, deadline } => {
            apply::apply(&target, &command, *edit, deadline, probe).await
        }
        Request::StartRecording { pattern, tab } => recording::answer(RecordingTask::Start { pattern, tab }).await,
        Request::StopRecording { pattern } => recording::answer(RecordingTask::Stop { pattern }).await,
        Request::ClearRecording { tab } => recording::answer(RecordingTask::Delete { tab }).await,
        Request::ListRecordedSites {} => recording::list().await,
        Request::Api(request) => match answer_from_api(request).await {
            Ok(answering) => answering.await,
            Err(NotLoaded) => not_loaded(),
        },
    }
}

/// Deletes the data of a closed tab, also under its earlier IDs. The browser reports that a tab was closed only once,
/// and it may stop the background after any step, so the data is deleted in one step.
pub async fn forget(tab: i32) -> Result<(), BackgroundError> {
    let former = tab_replacement::former(tab).await;
    let tabs: Vec<_> = former.iter().flatten().copied().chain([tab]).collect();
    let keys: Array =
        tabs.iter().flat_map(|tab| [drafts_key(*tab), journal_key(*tab), frame_key(*tab)]).map(JsValue::from).collect();
    recording::delete(&tabs, keys).await?;
    tab_replacement::end(&tabs).await.and(former.map(drop))
}

/// Completes what the last background left unfinished. One failure doesn't keep the rest.
pub async fn resume() -> Result<(), BackgroundError> {
    tab_replacement::resume().await.and(recording::resume().await).and(resume_account().await)
}

/// The part for the account is loaded only if a change of it is unfinished.
async fn resume_account() -> Result<(), BackgroundError> {
    if !storage::local::get(CHANGE_KEY).await?.is_object() {
        return Ok(());
    }
    match resume_account_change().await {
        Ok(resuming) => resuming.await,
        // The next background tries again.
        Err(NotLoaded) => Ok(()),
    }
}
