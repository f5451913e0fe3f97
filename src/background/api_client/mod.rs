//! Requests to Upscope's servers, for the extension's pages. Each is a single `fetch` at a time for one visitor,
//! limited in time and size. A request is sent only if a page asked for it.

mod account;
mod message;
mod queue;

use crate::webext::{object, property};
use inspector_core::upscope_api::problem::Problem;
use message::ApiRequest;
use wasm_bindgen::JsValue;

/// Answers one message, as defined in `crate::protocol::server`.
pub async fn answer(message: &JsValue) -> JsValue {
    let done = match message::read(&property(message, "server")) {
        Some(ApiRequest::State) => account::state().await,
        Some(ApiRequest::Connect(request)) => account::connect(request).await,
        Some(ApiRequest::Remove) => account::remove().await,
        Some(ApiRequest::Ask(ask, id)) => account::ask(ask, id).await,
        Some(ApiRequest::Watch(short_id, id)) => account::watch(short_id, id).await,
        Some(ApiRequest::Cancel(id)) => {
            queue::cancel(&id);
            account::state().await
        }
        None => Err(Problem::NotUnderstood),
    };
    let result = done.unwrap_or_else(|problem| object([("problem", problem.name().into())]));
    object([("server", result)])
}
