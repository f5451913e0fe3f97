//! Requests to Upscope's servers, for the extension's own pages. Each is one `fetch` at a time for one visitor, bounded in
//! time and size; nothing is asked here that a page of ours did not ask for.

mod account;
mod message;
mod queue;

use crate::webext::{object, property};
use inspector_core::upscope_api::problem::Problem;
use message::Wanted;
use wasm_bindgen::JsValue;

/// Answers one message, as `crate::protocol::server` has it.
pub async fn answer(message: &JsValue) -> JsValue {
    let done = match message::read(&property(message, "server")) {
        Some(Wanted::State) => account::state().await,
        Some(Wanted::Connect(wish)) => account::connect(wish).await,
        Some(Wanted::Remove) => account::remove().await,
        Some(Wanted::Ask(ask, id)) => account::ask(ask, id).await,
        Some(Wanted::Watch(short_id, id)) => account::watch(short_id, id).await,
        Some(Wanted::Cancel(id)) => {
            queue::cancel(&id);
            account::state().await
        }
        None => Err(Problem::NotUnderstood),
    };
    let told = done.unwrap_or_else(|problem| object([("problem", problem.name().into())]));
    object([("server", told)])
}
