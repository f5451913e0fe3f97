//! Recordings: which sites are recorded, and the entries that arrive from them.
//!
//! Events overlap and each of these reads, changes and writes stored values, so they take turns.

mod own;
mod sites;
mod store;

pub use own::{begin as own_begins, finish as own_ends};

use super::error::BackgroundError;
use super::turn::turn;
use crate::messages::Reply;
use crate::webext::{object, property};
use inspector_core::recording::wire::MAX_ENTRY;
use js_sys::{Array, JsString};
use wasm_bindgen::{JsCast, JsValue};

/// How many entries one batch may hold; the relay sends half of it.
const MAX_BATCH: u32 = 1000;

/// The highest number that JavaScript counts to exactly.
const MAX_COUNT: f64 = 9_007_199_254_740_991.0;

/// What can be done to recordings.
pub enum Work {
    /// Record a site, and load a tab of it again.
    Start { pattern: String, tab: i32 },
    /// Record a site no longer.
    Stop { pattern: String },
    /// Forget what was recorded in a tab.
    Forget { tab: i32 },
    /// Keep what was recorded in tab `old` as what was recorded in `tab`.
    Follow { old: i32, tab: i32 },
}

/// Hears an event of the browser. `added` and `removed`: permissions changed. `started`: the browser or this version of
/// the extension was. `policy`: the organisation changed its mind. `batch`: `first` is what a relay sent and `second` who it is; what comes back is for the relay.
pub async fn hear(event: &str, first: &JsValue, second: &JsValue) -> Result<JsValue, BackgroundError> {
    let _turn = turn().await;
    match event {
        "batch" => return take(first, second).await,
        "added" => sites::granted().await?,
        _ => sites::check().await?,
    }
    Ok(JsValue::UNDEFINED)
}

/// Answers a request about recordings; `None`: only which sites are recorded.
pub async fn answer(work: Option<Work>) -> Reply {
    let done = match work {
        Some(work) => perform(work).await,
        None => Ok(()),
    };
    reply_with_sites(done).await
}

/// Does one thing in its turn.
pub async fn perform(work: Work) -> Result<(), BackgroundError> {
    let _turn = turn().await;
    match work {
        Work::Start { pattern, tab } => sites::start(&pattern, tab).await,
        Work::Stop { pattern } => sites::stop(&pattern).await,
        Work::Forget { tab } => store::forget(tab).await,
        Work::Follow { old, tab } => store::follow(old, tab).await,
    }
}

async fn reply_with_sites(done: Result<(), BackgroundError>) -> Reply {
    let sites = match done {
        Ok(()) => sites::list().await,
        Err(why) => Err(why),
    };
    match sites {
        Ok(sites) => Reply::RecordedSites { sites: sites.iter().filter_map(|site| site.as_string()).collect() },
        Err(why) => Reply::RecordingFailed { why: why.to_string() },
    }
}

/// Stores a relay's batch and acknowledges it; a relay of a site that is recorded no longer is told to stop.
async fn take(batch: &JsValue, sender: &JsValue) -> Result<JsValue, BackgroundError> {
    if !sites::covers(&sites::list().await?, sender) {
        return Ok(object([("stop", JsValue::TRUE)]));
    }
    let tab = property(&property(sender, "tab"), "id").as_f64().ok_or(BackgroundError::NoTab)? as i32;
    let first = property(batch, "first").as_f64().filter(|n| (0.0..MAX_COUNT).contains(n) && n.fract() == 0.0);
    let texts = property(batch, "texts").dyn_into::<Array>().map_err(|_| BackgroundError::NoEntries)?;
    let first = first
        .filter(|_| texts.length() <= MAX_BATCH && texts.iter().all(is_entry))
        .ok_or(BackgroundError::NotABatch)?;
    let batch_sender = store::sender_of(batch, sender).ok_or(BackgroundError::NoSender)?;
    store::add(tab, batch_sender, first, &texts).await?;
    Ok(object([("ack", (first + f64::from(texts.length())).into())]))
}

fn is_entry(text: JsValue) -> bool {
    text.dyn_ref::<JsString>().is_some_and(|text| text.length() as usize <= MAX_ENTRY)
}
