//! HTTP requests with a size limit and without redirects.

use super::property;
use gloo_net::http::{Method, RequestBuilder, Response};
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestCache, RequestCredentials, RequestRedirect};
use web_sys::{ReferrerPolicy, ResponseType};

/// An HTTP request.
pub struct FetchRequest<'a> {
    /// A JSON body for `POST`; `None` for `GET`.
    pub body: Option<&'a str>,
    /// The URL without a query.
    pub url: &'a str,
    pub query: &'a [(&'static str, String)],
    pub header: (&'a str, &'a str),
    /// The maximum size of the response in bytes.
    pub max_bytes: usize,
}

/// An HTTP response.
pub struct FetchResponse {
    pub status: u16,
    pub retry_after: Option<String>,
    /// The body as UTF-8. Invalid sequences are replaced.
    pub text: String,
}

/// Why there is no response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// No connection, no host permission, or aborted.
    NoResponse,
    /// The connection was lost or aborted within the body.
    CutOff,
    TooLarge,
    /// The server redirects. The redirect isn't followed, because it would send the API key to another server.
    Redirected,
}

/// Sends a request and reads the whole response.
pub async fn fetch(request: FetchRequest<'_>, abort: &AbortController) -> Result<FetchResponse, FetchError> {
    let builder = RequestBuilder::new(request.url)
        .method(if request.body.is_some() { Method::POST } else { Method::GET })
        .query(request.query.iter().map(|(name, value)| (*name, value)))
        .header(request.header.0, request.header.1)
        .header("Accept", "application/json")
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .redirect(RequestRedirect::Manual)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(Some(&abort.signal()));
    let built = match request.body {
        Some(body) => builder.header("Content-Type", "application/json").body(body),
        None => builder.build(),
    };
    let response = built.map_err(|_| FetchError::NoResponse)?.send().await.map_err(|_| FetchError::NoResponse)?;
    if response.type_() == ResponseType::Opaqueredirect || (300..400).contains(&response.status()) {
        return Err(FetchError::Redirected);
    }
    let bytes = read(&response, request.max_bytes).await?;
    // Firefox reports no error for a body that ends early.
    let length = response.headers().get("content-length").and_then(|length| length.parse().ok());
    if length.is_some_and(|length: usize| bytes.len() < length) && response.headers().get("content-encoding").is_none()
    {
        return Err(FetchError::CutOff);
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(FetchResponse { status: response.status(), retry_after: response.headers().get("retry-after"), text })
}

/// Reads the body in chunks, and stops as soon as it is too large.
async fn read(response: &Response, max_bytes: usize) -> Result<Vec<u8>, FetchError> {
    let Some(body) = response.body() else { return Ok(vec![]) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let step = JsFuture::from(reader.read()).await.map_err(|_| FetchError::CutOff)?;
        if property(&step, "done").is_truthy() {
            return Ok(bytes);
        }
        let piece: Uint8Array = property(&step, "value").unchecked_into();
        if bytes.len() + piece.length() as usize > max_bytes {
            let _ = JsFuture::from(reader.cancel()).await;
            return Err(FetchError::TooLarge);
        }
        bytes.extend(piece.to_vec());
    }
}

/// Whether the browser reports a network connection.
pub fn is_online() -> bool {
    property(&property(&js_sys::global(), "navigator"), "onLine") != false
}
