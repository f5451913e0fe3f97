//! Performs what the popup asks. It alone touches pages, each time by one `executeScript`, and keeps nothing in memory:
//! the browser stops it whenever it likes.
//!
//! [`api_client`] and [`badge`] are lazy parts of the program: the background starts cold many times a day, and seldom needs
//! them.

mod api_client;
mod badge;
mod follow;
mod inspect;
mod journal;
mod perform;
pub mod recording;
mod request;
mod turn;

use crate::lazy::{Task, lazy};
use crate::protocol::message::{MAX_TEXT, Request};
use crate::protocol::stored::{drafts_key, frame_key, journal_key};
pub use follow::{follow, resume};
use js_sys::{Array, Function, JsString};
use recording::Work;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
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

/// Answers one message of the popup. `probe` is the function that runs in pages. An error is a message that is none.
pub async fn answer(message: JsValue, probe: &Function) -> Result<JsValue, String> {
    let answer = match request::read(&message).ok_or("not a request")? {
        Request::Inspect { tab } => inspect::inspect(tab, probe).await,
        Request::Act { target, ask, note, until } => perform::perform(target, ask, note, until, probe).await,
        about => recording::answer(work(about)).await,
    };
    to_js(&answer)
}

/// What a request about recordings wants done.
fn work(request: Request) -> Option<Work> {
    match request {
        Request::Record { pattern, tab } => Some(Work::Start { pattern, tab }),
        Request::StopRecording { pattern } => Some(Work::Stop { pattern }),
        Request::ClearRecording { tab } => Some(Work::Forget { tab }),
        Request::Recorded {} | Request::Inspect { .. } | Request::Act { .. } => None,
    }
}

/// Forgets what was kept for a tab that was closed, also under ids that it had before.
pub async fn forget(tab: i32) -> Result<(), String> {
    let former = follow::former(tab).await;
    let mut done = forget_id(tab).await;
    for old in former.as_deref().unwrap_or_default() {
        done = done.and(forget_id(*old).await);
    }
    done.and(former.map(drop))
}

async fn forget_id(tab: i32) -> Result<(), String> {
    let keys = Array::of3(&drafts_key(tab).into(), &journal_key(tab).into(), &frame_key(tab).into());
    let kept = crate::webext::storage::remove(&keys).await;
    recording::perform(Work::Forget { tab }).await.and(kept)
}

fn to_js(value: &impl Serialize) -> Result<JsValue, String> {
    value.serialize(&Serializer::json_compatible()).map_err(|error| error.to_string())
}

/// The probe's text, or nothing where the page sent something else or more than the probe ever would.
fn probe_text(result: &JsValue) -> String {
    let text = result.dyn_ref::<JsString>().filter(|text| text.length() as usize <= MAX_TEXT);
    text.map(String::from).unwrap_or_default()
}
