//! Requests to Upscope's servers, for the extension's pages. Each is a single `fetch` at a time for one visitor,
//! limited in time and size. A request is sent only if a page asked for it.

mod account;
mod queue;

use crate::messages::{ApiRequest, Reply};
use inspector_core::upscope_api::request::Endpoint;

/// Answers one request.
pub async fn answer(request: ApiRequest) -> Reply {
    let reply = match request {
        ApiRequest::GetAccount {} => account::state().await.map(Reply::Account),
        ApiRequest::Connect(form) => account::connect(&form).await,
        ApiRequest::RemoveAccount {} => account::remove().await.map(Reply::Account),
        ApiRequest::GetVisitor { short_id, id } => {
            account::request(Endpoint::Visitor(short_id), id).await.map(Reply::ApiResponse)
        }
        ApiRequest::SearchVisitors { query, limit, id } => {
            account::request(Endpoint::Search { query, limit }, id).await.map(Reply::ApiResponse)
        }
        ApiRequest::GetWatchUrl { short_id, id } => account::watch(short_id, id).await.map(Reply::ApiResponse),
        ApiRequest::Cancel { id } => {
            queue::cancel(&id);
            account::state().await.map(Reply::Account)
        }
    };
    reply.unwrap_or_else(Reply::ApiFailed)
}
