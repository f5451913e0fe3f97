//! Requests to Upscope's API and about its account, through the background.

use crate::messages::{AccountForm, AccountView, ApiRequest, ApiResponse, Reply, Request};
use crate::ui::background_client::send;
use crate::webext::tabs;
use inspector_core::upscope_api::base_url::BaseUrl;
use inspector_core::upscope_api::problem::ApiProblem;
use inspector_core::upscope_api::request::ShortId;
use inspector_core::upscope_api::visitor::{ServerVisitor, read_list, read_one, read_watch};
use js_sys::Math;
use wasm_bindgen_futures::spawn_local;

/// The connected account.
pub async fn get_account() -> Result<Option<AccountView>, ApiProblem> {
    account(request(ApiRequest::GetAccount {}).await?)
}

/// Tests an account and stores it.
pub async fn connect(form: AccountForm) -> Result<Option<AccountView>, ApiProblem> {
    match request(ApiRequest::Connect(form)).await? {
        // A refusal comes as the server's response.
        Reply::ApiResponse(response) => Err(text(response).err().unwrap_or(ApiProblem::NotUnderstood)),
        reply => account(reply),
    }
}

/// Removes the account.
pub async fn remove_account() -> Result<Option<AccountView>, ApiProblem> {
    account(request(ApiRequest::RemoveAccount {}).await?)
}

/// The visitor with this short ID. `id` identifies the request for [`cancel`].
pub async fn get_visitor(short_id: &ShortId, id: &str) -> Result<ServerVisitor, ApiProblem> {
    let wanted = ApiRequest::GetVisitor { short_id: short_id.clone(), id: id.to_owned() };
    read_one(&response_text(wanted).await?)
}

/// The visitors that a search finds.
pub async fn search_visitors(query: &str, limit: u32, id: &str) -> Result<Vec<ServerVisitor>, ApiProblem> {
    let wanted = ApiRequest::SearchVisitors { query: query.to_owned(), limit, id: id.to_owned() };
    read_list(&response_text(wanted).await?)
}

/// A URL at which the agent watches, safe to open. `own`: the API's own origin without its port.
pub async fn get_watch_url(short_id: &ShortId, id: &str, own: &str) -> Result<String, ApiProblem> {
    let wanted = ApiRequest::GetWatchUrl { short_id: short_id.clone(), id: id.to_owned() };
    read_watch(&response_text(wanted).await?, own)
}

/// Cancels a request by its ID.
pub fn cancel(id: &str) {
    let cancelled = ApiRequest::Cancel { id: id.to_owned() };
    // The reply has no information.
    spawn_local(async move { drop(request(cancelled).await) });
}

async fn request(wanted: ApiRequest) -> Result<Reply, ApiProblem> {
    match send(&Request::Api(wanted)).await {
        Ok(Reply::ApiFailed(problem)) => Err(problem),
        Ok(Reply::Failed(why)) => Err(ApiProblem::BackgroundFailed(why)),
        Ok(reply) => Ok(reply),
        Err(_) => Err(ApiProblem::NoBackground),
    }
}

async fn response_text(wanted: ApiRequest) -> Result<String, ApiProblem> {
    match request(wanted).await? {
        Reply::ApiResponse(response) => text(response),
        _ => Err(ApiProblem::NoBackground),
    }
}

/// The text of a successful response, or its problem.
fn text(ApiResponse { status, text, retry_after }: ApiResponse) -> Result<String, ApiProblem> {
    ApiProblem::from_response(status, retry_after, &text).map_or(Ok(text), Err)
}

fn account(reply: Reply) -> Result<Option<AccountView>, ApiProblem> {
    match reply {
        Reply::Account(account) => Ok(account),
        _ => Err(ApiProblem::NoBackground),
    }
}

thread_local! {
    /// Distinguishes this document's requests from those of another one.
    static DOCUMENT: u32 = (Math::random() * f64::from(u32::MAX)) as u32;
}

/// The ID of a request of this document, for [`cancel`].
pub fn request_name(asked: u32) -> String {
    format!("{}-{asked}", DOCUMENT.with(|document| *document))
}

/// Opens a URL at which the agent watches the visitor.
pub async fn open_watching(short_id: &ShortId, account: &AccountView) -> Result<(), ApiProblem> {
    let base = BaseUrl::parse(account.kind, &account.base).map_err(|_| ApiProblem::NotUnderstood)?;
    let own = base.pattern();
    let address = get_watch_url(short_id, &request_name(0), own.trim_end_matches("/*")).await?;
    tabs::open(&address).await.map_err(|why| ApiProblem::NoTab(why.to_string()))
}
