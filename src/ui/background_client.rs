//! The client of the background: every request of a page goes through it.

use super::request_error::{RecordingError, RequestError};
use crate::messages::{Reply, Request};
use crate::webext::runtime::{from_js, send_message, to_js};
use crate::webext::timer::timeout;
use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

/// Sends a request and waits for the reply.
pub async fn send(request: &Request) -> Result<Reply, RequestError> {
    read(&post(request)?).await
}

/// Sends a request and waits at most this long for the reply.
pub async fn send_within(request: &Request, milliseconds: u32) -> Result<Reply, RequestError> {
    read_within(&post(request)?, milliseconds).await
}

/// Reads the reply to a request that is already sent. `popup.js` sends the first one.
pub async fn read_within(reply: &Promise, milliseconds: u32) -> Result<Reply, RequestError> {
    timeout(read(reply), milliseconds).await.unwrap_or(Err(RequestError::Timeout))
}

/// Sends a request about recordings.
pub async fn change_recordings(request: &Request) -> Result<(), RecordingError> {
    match send(request).await? {
        Reply::RecordedSites { .. } => Ok(()),
        Reply::RecordingFailed { why } => Err(why.into()),
        Reply::Failed(why) => Err(RequestError::Failed(why).into()),
        _ => Err(RequestError::OtherReply.into()),
    }
}

fn post(request: &Request) -> Result<Promise, RequestError> {
    Ok(send_message(&to_js(request).map_err(RequestError::NotWritten)?))
}

async fn read(reply: &Promise) -> Result<Reply, RequestError> {
    let reply = JsFuture::from(reply.clone()).await.map_err(|error| RequestError::Unreachable(error.into()))?;
    from_js(reply).map_err(RequestError::NotUnderstood)
}
