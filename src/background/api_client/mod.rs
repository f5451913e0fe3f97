//! Requests to Upscope's servers, for the extension's pages. A request is sent only if a page asked for it. Requests
//! about one visitor run one after the other, each limited in time and size.

mod account;
mod queue;
mod stored;

use super::error::BackgroundError;
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

/// Completes the change of the account that the last background began.
pub async fn resume() -> Result<(), BackgroundError> {
    Ok(stored::resume().await?)
}
