//! The team's account: tested, stored, used, and removed together with its host permission.

use super::{queue, stored};
use crate::managed;
use crate::messages::{AccountForm, AccountView, ApiResponse, Reply};
use crate::webext::{permissions, property};
use inspector_core::upscope_api::account::{Account, Agent, ApiKey};
use inspector_core::upscope_api::base_url::{BaseUrl, Deployment};
use inspector_core::upscope_api::problem::ApiProblem;
use inspector_core::upscope_api::request::{Endpoint, ShortId};
use wasm_bindgen::JsValue;

/// The request id of a test.
const TEST_ID: &str = "connect";

/// The account without its key; `None` if there is none.
pub async fn state() -> Result<Option<AccountView>, ApiProblem> {
    let account = load_record().await?;
    if account.is_null() {
        return Ok(None);
    }
    let mask = load().await?.map(|account| account.key.mask());
    let text = |name: &str| property(&account, name).as_string();
    let kind = text("kind").and_then(|name| Deployment::from_name(&name));
    let (Some(kind), Some(base)) = (kind, text("base")) else { return Err(ApiProblem::NotUnderstood) };
    Ok(Some(AccountView { kind, base, mask, disk: property(&account, "disk").is_truthy(), agent: agent(&account) }))
}

/// Tests an account and stores it if the key works. Otherwise nothing changes, and a permission that only the test
/// needed is removed. A refusal is the server's response, which the page reads.
pub async fn connect(form: &AccountForm) -> Result<Reply, ApiProblem> {
    let base = BaseUrl::parse(form.kind, &form.base).map_err(|_| ApiProblem::NotUnderstood)?;
    let pattern = base.pattern();
    let result = test(form, base).await;
    let stored = match &result {
        Ok(TestResult::Good(account)) => stored::change(Some((account, form))).await,
        _ => Ok(()),
    };
    stored::remove_unneeded_permission(&pattern).await;
    stored.map_err(|_| ApiProblem::NotStored)?;
    match result? {
        TestResult::Good(_) => state().await.map(Reply::Account),
        TestResult::Refused(response) => Ok(Reply::ApiResponse(response)),
    }
}

/// The result of testing an account.
enum TestResult {
    Good(Account),
    Refused(ApiResponse),
}

async fn test(form: &AccountForm, base: BaseUrl) -> Result<TestResult, ApiProblem> {
    check_allowed(&base).await?;
    if !permissions::has_origin(&base.pattern()).await {
        return Err(ApiProblem::NoPermission);
    }
    let key = match form.key.0.trim() {
        // The stored key is sent only to the address it was entered for.
        "" => load().await?.filter(|account| account.base == base).map(|account| account.key),
        typed => ApiKey::parse(typed),
    };
    let account = Account { base, key: key.ok_or(ApiProblem::InvalidKey)? };
    let http = Endpoint::Test.at(&account.base).ok_or(ApiProblem::NotUnderstood)?;
    let response = queue::fetch(account.clone(), http, TEST_ID.to_owned()).await?;
    let is_good = ApiProblem::from_response(response.status, None, &response.text).is_none();
    Ok(if is_good { TestResult::Good(account) } else { TestResult::Refused(response) })
}

/// Removes the account and its permission.
pub async fn remove() -> Result<Option<AccountView>, ApiProblem> {
    stored::change(None).await.map_err(|_| ApiProblem::NotStored)?;
    state().await
}

/// Sends a request with the stored account.
pub async fn request(endpoint: Endpoint, id: String) -> Result<ApiResponse, ApiProblem> {
    let Some(account) = load().await? else {
        let is_gone = !load_record().await?.is_null();
        return Err(if is_gone { ApiProblem::KeyGone } else { ApiProblem::NoAccount });
    };
    check_allowed(&account.base).await?;
    let http = endpoint.at(&account.base).ok_or(ApiProblem::NoWatching)?;
    queue::fetch(account, http, id).await
}

/// Checks that the organization allows the key to be sent to this address.
async fn check_allowed(base: &BaseUrl) -> Result<(), ApiProblem> {
    match managed::read_policy().await.api_base {
        Some(set) if set.as_ref() != Some(base) => Err(ApiProblem::Managed),
        _ => Ok(()),
    }
}

/// Requests a URL at which the configured agent watches.
pub async fn watch(short_id: ShortId, id: String) -> Result<ApiResponse, ApiProblem> {
    request(Endpoint::Watch { short_id, agent: agent(&load_record().await?) }, id).await
}

fn agent(account: &JsValue) -> Agent {
    let part = |name: &str| property(account, name).as_string().unwrap_or_default();
    Agent::new(&part("agentId"), &part("agentName"))
}

/// Returns the account with its key, if it is stored.
async fn load() -> Result<Option<Account>, ApiProblem> {
    let secret = stored::load_secret().await.map_err(|_| ApiProblem::NotStored)?;
    let text = |name: &str| property(&secret, name).as_string();
    let read = || {
        let kind = Deployment::from_name(&text("kind")?)?;
        Some(Account { base: BaseUrl::parse(kind, &text("base")?).ok()?, key: ApiKey::parse(&text("key")?)? })
    };
    Ok(read())
}

async fn load_record() -> Result<JsValue, ApiProblem> {
    stored::load_record().await.map_err(|_| ApiProblem::NotStored)
}
