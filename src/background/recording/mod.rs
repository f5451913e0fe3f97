//! Recordings: the recorded sites, and the entries that arrive from them.
//!
//! Events overlap, and each handler reads, changes and writes stored values, so the handlers run one at a time.

mod acts;
mod sites;
mod store;

pub use acts::{begin as record_begin, finish as record_end};

use super::error::BackgroundError;
use super::lock::lock;
use crate::messages::{RecordingProblem, Reply};
use crate::webext::{object, property};
use inspector_core::js_number::MAX_SAFE_INTEGER;
use inspector_core::recording::storage::MAX_BATCH;
use inspector_core::recording::wire::MAX_ENTRY;
use js_sys::{Array, JsString};
use wasm_bindgen::{JsCast, JsValue};

/// A task on recordings.
pub enum RecordingTask {
    /// Record a site, and reload a tab of it.
    Start { pattern: String, tab: i32 },
    /// Stop recording a site.
    Stop { pattern: String },
    /// Delete the recording of a tab.
    Delete { tab: i32 },
    /// Move the recording of tab `old` to `tab`.
    Move { old: i32, tab: i32 },
}

/// An event of the browser that concerns the recorded sites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteEvent {
    /// The person granted a permission.
    PermissionGranted,
    /// A permission was removed, the browser or this version of the extension started, or the policy changed.
    MayBeOutdated,
}

/// Handles an event of the browser.
pub async fn handle(event: SiteEvent) -> Result<(), BackgroundError> {
    let _lock = lock().await;
    match event {
        SiteEvent::PermissionGranted => sites::granted().await,
        SiteEvent::MayBeOutdated => sites::check().await,
    }
}

/// Stores a relay's batch, unless its site isn't recorded any more. Returns the reply to the relay.
pub async fn take_batch(batch: &JsValue, sender: &JsValue) -> Result<JsValue, BackgroundError> {
    let _lock = lock().await;
    take(batch, sender).await
}

/// Performs a task, and lists the recorded sites after it.
pub async fn answer(task: RecordingTask) -> Reply {
    match perform(task).await {
        Ok(()) => list().await,
        Err(error) => failed(error),
    }
}

/// Lists the recorded sites.
pub async fn list() -> Reply {
    match sites::list().await {
        Ok(sites) => Reply::RecordedSites { sites: sites.iter().filter_map(|site| site.as_string()).collect() },
        Err(error) => failed(error),
    }
}

fn failed(error: BackgroundError) -> Reply {
    let why = match error {
        BackgroundError::Recording(why) => why,
        error => RecordingProblem::Failed(error.to_string()),
    };
    Reply::RecordingFailed { why }
}

/// Runs one task under the lock.
pub async fn perform(task: RecordingTask) -> Result<(), BackgroundError> {
    let _lock = lock().await;
    match task {
        RecordingTask::Start { pattern, tab } => sites::start(&pattern, tab).await,
        RecordingTask::Stop { pattern } => sites::stop(&pattern).await,
        RecordingTask::Delete { tab } => store::forget(&[tab], Array::new()).await,
        RecordingTask::Move { old, tab } => store::follow(old, tab).await,
    }
}

/// Deletes the recordings of closed tabs in one step, together with the values of other `keys`.
pub async fn delete(tabs: &[i32], keys: Array) -> Result<(), BackgroundError> {
    let _lock = lock().await;
    store::forget(tabs, keys).await
}

/// Completes a start, an end or a check of recording that the last background left unfinished.
pub async fn resume() -> Result<(), BackgroundError> {
    let _lock = lock().await;
    sites::resume().await
}

/// Stores a relay's batch and acknowledges it. The relay of a site that isn't recorded any more gets a stop.
async fn take(batch: &JsValue, sender: &JsValue) -> Result<JsValue, BackgroundError> {
    if !sites::covers(&sites::list().await?, sender) {
        return Ok(object([("stop", JsValue::TRUE)]));
    }
    let tab = property(&property(sender, "tab"), "id").as_f64().ok_or(BackgroundError::NoTab)? as i32;
    let first =
        property(batch, "first").as_f64().filter(|n| (0.0..MAX_SAFE_INTEGER as f64).contains(n) && n.fract() == 0.0);
    let texts = property(batch, "texts").dyn_into::<Array>().map_err(|_| BackgroundError::NoEntries)?;
    let first = first
        .filter(|_| texts.length() as usize <= MAX_BATCH && texts.iter().all(is_entry))
        .ok_or(BackgroundError::NotABatch)?;
    let batch_sender = store::sender_of(batch, sender).ok_or(BackgroundError::NoSender)?;
    store::add(tab, batch_sender, first, &texts).await?;
    Ok(object([("ack", (first + f64::from(texts.length())).into())]))
}

fn is_entry(text: JsValue) -> bool {
    text.dyn_ref::<JsString>().is_some_and(|text| text.length() as usize <= MAX_ENTRY)
}
