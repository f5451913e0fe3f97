//! The client of the background: every request of a page goes through it.

use crate::messages::{Reply, Request};
use crate::webext::error_text;
use crate::webext::runtime::{from_js, send_message, to_js};
use js_sys::{Array, Error, Promise};
use std::time::Duration;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The error text for a reply to another kind of request.
const OTHER_REPLY: &str = "the reply is of another kind";

/// Sends a request. Returns the error text of the browser, or of the part of the reply that can't be read.
pub async fn send(request: &Request) -> Result<Reply, String> {
    read(&post(request)).await
}

/// Sends a request and waits at most this long for the reply.
pub async fn send_within(request: &Request, milliseconds: u32) -> Result<Reply, String> {
    read_within(&post(request), milliseconds).await
}

/// Reads the reply to a request that is already sent. `popup.js` sends the first one.
pub async fn read_within(reply: &Promise, milliseconds: u32) -> Result<Reply, String> {
    read(&Promise::race(&Array::of2(reply, &timeout(milliseconds)))).await
}

/// Sends a request about recordings. Returns the reason if it failed.
pub async fn change_recordings(request: &Request) -> Result<(), String> {
    match send(request).await? {
        Reply::RecordedSites { .. } => Ok(()),
        Reply::RecordingFailed { why } | Reply::Failed(why) => Err(why),
        _ => Err(OTHER_REPLY.to_owned()),
    }
}

fn post(request: &Request) -> Promise {
    match to_js(request) {
        Ok(message) => send_message(&message),
        Err(why) => Promise::reject(&Error::new(&why.to_string())),
    }
}

async fn read(reply: &Promise) -> Result<Reply, String> {
    let reply = JsFuture::from(reply.clone()).await.map_err(|error| error_text(&error))?;
    from_js(reply).map_err(|error| error.to_string())
}

/// A promise that is rejected after some time.
fn timeout(milliseconds: u32) -> Promise {
    Promise::new(&mut |_, reject| {
        let late = move || drop(reject.call1(&JsValue::UNDEFINED, &Error::new("no answer in time")));
        leptos::prelude::set_timeout(late, Duration::from_millis(milliseconds.into()));
    })
}
