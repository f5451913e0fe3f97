//! The team's account: tested, stored, used, and removed together with its host permission.

use super::queue;
use crate::managed;
use crate::messages::{AccountForm, AccountView, ApiResponse, Reply};
use crate::storage_format::account::{ACCOUNT_KEY, SECRET_KEY, VERSION};
use crate::webext::{BrowserError, indexed_db, object, permissions, property, storage};
use inspector_core::match_pattern;
use inspector_core::recording::storage::SITES_KEY;
use inspector_core::upscope_api::account::{Account, Agent, ApiKey};
use inspector_core::upscope_api::base_url::{BaseUrl, Deployment};
use inspector_core::upscope_api::problem::ApiProblem;
use inspector_core::upscope_api::request::{Endpoint, ShortId};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

/// The request id of a test.
const TEST_ID: &str = "connect";

/// The account without its key; `None` if there is none.
pub async fn state() -> Result<Option<AccountView>, ApiProblem> {
    let account = load_public().await?;
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
    let result = test(form, base.clone()).await;
    let before = load_pattern().await?;
    if let Ok(TestResult::Good(account)) = &result {
        queue::cancel_all();
        keep(account, form).await.map_err(|_| ApiProblem::NotStored)?;
    }
    // Each of the two patterns that isn't the account's now.
    let now = load_pattern().await?;
    for pattern in [Some(base.pattern()), before].into_iter().flatten().filter(|pattern| Some(pattern) != now.as_ref())
    {
        remove_permission(&pattern).await;
    }
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
    queue::cancel_all();
    let pattern = load_pattern().await?;
    let gone = indexed_db::remove(SECRET_KEY).await;
    let gone = storage::remove(&SECRET_KEY.into()).await.and(gone);
    storage::local::set(ACCOUNT_KEY, JsValue::NULL).await.and(gone).map_err(|_| ApiProblem::NotStored)?;
    if let Some(pattern) = pattern {
        remove_permission(&pattern).await;
    }
    state().await
}

/// Sends a request with the stored account.
pub async fn request(endpoint: Endpoint, id: String) -> Result<ApiResponse, ApiProblem> {
    let account = load().await?.ok_or(ApiProblem::NoAccount)?;
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
    request(Endpoint::Watch { short_id, agent: agent(&load_public().await?) }, id).await
}

fn agent(account: &JsValue) -> Agent {
    let part = |name: &str| property(account, name).as_string().unwrap_or_default();
    Agent::new(&part("agentId"), &part("agentName"))
}

/// Returns the account with its key, if it is stored.
async fn load() -> Result<Option<Account>, ApiProblem> {
    let on_disk = property(&load_public().await?, "disk").is_truthy();
    let secret = if on_disk { indexed_db::get(SECRET_KEY).await } else { storage::get(SECRET_KEY).await };
    Ok(read(&secret.map_err(|_| ApiProblem::NotStored)?))
}

fn read(secret: &JsValue) -> Option<Account> {
    let text = |name: &str| property(secret, name).as_string();
    let kind = Deployment::from_name(&text("kind")?)?;
    Some(Account { base: BaseUrl::parse(kind, &text("base")?).ok()?, key: ApiKey::parse(&text("key")?)? })
}

async fn keep(account: &Account, form: &AccountForm) -> Result<(), BrowserError> {
    let agent = Agent::new(&form.agent.id, &form.agent.name);
    let (kind, base) = (account.base.kind().name(), account.base.address());
    let secret = object([
        ("v", VERSION.into()),
        ("kind", kind.into()),
        ("base", base.as_str().into()),
        ("key", account.key.secret().into()),
    ]);
    // The other storage is cleared first.
    if form.disk {
        storage::remove(&SECRET_KEY.into()).await?;
        indexed_db::set(SECRET_KEY, &secret).await?;
    } else {
        indexed_db::remove(SECRET_KEY).await?;
        storage::set(SECRET_KEY, secret).await?;
    }
    let public = object([
        ("v", VERSION.into()),
        ("kind", kind.into()),
        ("base", base.into()),
        ("pattern", account.base.pattern().into()),
        ("disk", form.disk.into()),
        ("agentId", agent.id.as_str().into()),
        ("agentName", agent.name.as_str().into()),
    ]);
    storage::local::set(ACCOUNT_KEY, public).await
}

/// Returns the non-secret part of the account; `null` without an account.
async fn load_public() -> Result<JsValue, ApiProblem> {
    let account = storage::local::get(ACCOUNT_KEY).await.map_err(|_| ApiProblem::NotStored)?;
    Ok(if property(&account, "v") == f64::from(VERSION) { account } else { JsValue::NULL })
}

async fn load_pattern() -> Result<Option<String>, ApiProblem> {
    Ok(property(&load_public().await?, "pattern").as_string())
}

/// Removes a host permission, unless a recorded site needs it or that is unknown. A missing permission is no error.
async fn remove_permission(pattern: &str) {
    let Ok(sites) = storage::local::get(SITES_KEY).await else { return };
    let sites: Array = sites.dyn_into().unwrap_or_default();
    let needed = |site: JsValue| site.as_string().is_some_and(|site| match_pattern::covers(&site, pattern));
    if !sites.iter().any(needed) {
        let _ = permissions::remove_origin(pattern).await;
    }
}
