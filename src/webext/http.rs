//! One HTTP exchange, bounded in size and never redirected.

use super::property;
use gloo_net::http::{Method, RequestBuilder, Response};
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestCache, RequestCredentials, RequestRedirect};
use web_sys::{ReferrerPolicy, ResponseType};

/// What is sent.
pub struct Sent<'a> {
    /// `POST` with a body of JSON; else `GET`.
    pub body: Option<&'a str>,
    /// Without a query.
    pub address: &'a str,
    pub query: &'a [(&'static str, String)],
    pub header: (&'a str, &'a str),
    /// How many bytes of an answer are read; a longer one is none.
    pub most: usize,
}

/// What came back.
pub struct Got {
    pub status: u16,
    pub retry_after: Option<String>,
    /// The body; what is no UTF-8 in it is replaced.
    pub text: String,
}

/// Why nothing came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// No connection, no access, or aborted.
    NoAnswer,
    /// The connection broke, or was aborted, in the middle of the answer.
    Broke,
    TooLarge,
    /// The server sends on to another place. A header of ours would go there too, whoever that is.
    Redirected,
}

/// Sends and reads to the end.
pub async fn exchange(sent: Sent<'_>, abort: &AbortController) -> Result<Got, Lost> {
    let request = RequestBuilder::new(sent.address)
        .method(if sent.body.is_some() { Method::POST } else { Method::GET })
        .query(sent.query.iter().map(|(name, value)| (*name, value)))
        .header(sent.header.0, sent.header.1)
        .header("Accept", "application/json")
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .redirect(RequestRedirect::Manual)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(Some(&abort.signal()));
    let request = match sent.body {
        Some(body) => request.header("Content-Type", "application/json").body(body),
        None => request.build(),
    };
    let response = request.map_err(|_| Lost::NoAnswer)?.send().await.map_err(|_| Lost::NoAnswer)?;
    if response.type_() == ResponseType::Opaqueredirect || (300..400).contains(&response.status()) {
        return Err(Lost::Redirected);
    }
    let bytes = read(&response, sent.most).await?;
    // Firefox takes an answer that ends early for a whole one.
    let length = response.headers().get("content-length").and_then(|length| length.parse().ok());
    if length.is_some_and(|length: usize| bytes.len() < length) && response.headers().get("content-encoding").is_none()
    {
        return Err(Lost::Broke);
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(Got { status: response.status(), retry_after: response.headers().get("retry-after"), text })
}

/// The body, read piece by piece, so that one without end is left in time.
async fn read(response: &Response, most: usize) -> Result<Vec<u8>, Lost> {
    let Some(body) = response.body() else { return Ok(vec![]) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let step = JsFuture::from(reader.read()).await.map_err(|_| Lost::Broke)?;
        if property(&step, "done").is_truthy() {
            return Ok(bytes);
        }
        let piece: Uint8Array = property(&step, "value").unchecked_into();
        if bytes.len() + piece.length() as usize > most {
            let _ = JsFuture::from(reader.cancel()).await;
            return Err(Lost::TooLarge);
        }
        bytes.extend(piece.to_vec());
    }
}

/// Whether this browser believes that it has a network.
pub fn is_online() -> bool {
    property(&property(&js_sys::global(), "navigator"), "onLine") != false
}
