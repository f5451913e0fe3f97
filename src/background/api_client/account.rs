//! The team's account: result, stored, used, and removed together with its host permission.

use super::message::ConnectRequest;
use super::queue;
use crate::managed;
use crate::protocol::server::{ACCOUNT_KEY, SECRET_KEY, VERSION};
use crate::webext::{indexed_db, object, permissions, property, storage};
use inspector_core::policy::match_pattern;
use inspector_core::recording::storage::SITES_KEY;
use inspector_core::upscope_api::account::{Account, Agent, ApiKey};
use inspector_core::upscope_api::base::{Base, Kind};
use inspector_core::upscope_api::problem::Problem;
use inspector_core::upscope_api::request::{Ask, ShortId};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

/// The request id of a test.
const TEST_ID: &str = "connect";

/// The account without its key, `{account: {…}}`; `null` if there is none.
pub async fn state() -> Result<JsValue, Problem> {
    let account = load_public().await?;
    if account.is_null() {
        return Ok(object([("account", JsValue::NULL)]));
    }
    let mask = load().await?.map_or(JsValue::NULL, |account| account.key.mask().into());
    let part = |name: &'static str| (name, property(&account, name));
    let parts = [part("kind"), part("base"), part("disk"), part("agentId"), part("agentName"), ("mask", mask)];
    Ok(object([("account", object(parts))]))
}

/// Tests an account and stores it if the key works. Otherwise nothing changes, and a permission that only the test
/// needed is removed.
pub async fn connect(request: ConnectRequest) -> Result<JsValue, Problem> {
    let base = Base::parse(request.kind, &request.base).map_err(|_| Problem::NotUnderstood)?;
    let result = test(&request, base.clone()).await;
    let before = load_pattern().await?;
    if let Ok(TestResult::Good(account)) = &result {
        queue::cancel_all();
        keep(account, &request).await.map_err(|_| Problem::NotKept)?;
    }
    // Each of the two patterns that isn't the account's now.
    let now = load_pattern().await?;
    for pattern in [Some(base.pattern()), before].into_iter().flatten().filter(|pattern| Some(pattern) != now.as_ref())
    {
        remove_permission(&pattern).await;
    }
    match result? {
        TestResult::Good(_) => state().await,
        TestResult::Refused(answer) => Ok(answer),
    }
}

/// The result of testing an account.
enum TestResult {
    Good(Account),
    /// The server's answer, which the page reads.
    Refused(JsValue),
}

async fn test(request: &ConnectRequest, base: Base) -> Result<TestResult, Problem> {
    check_allowed(&base).await?;
    if !permissions::has_origin(&base.pattern()).await {
        return Err(Problem::NoPermission);
    }
    let key = match request.key.trim() {
        // The stored key is sent only to the address it was entered for.
        "" => load().await?.filter(|account| account.base == base).map(|account| account.key),
        typed => ApiKey::parse(typed),
    };
    let account = Account { base, key: key.ok_or(Problem::InvalidKey)? };
    let http = Ask::Test.at(&account.base).ok_or(Problem::NotUnderstood)?;
    let reply = queue::fetch(account.clone(), http, TEST_ID.to_owned()).await?;
    let answer = property(&reply, "answer");
    let status = property(&answer, "status").as_f64().unwrap_or_default() as u16;
    let text = property(&answer, "text").as_string().unwrap_or_default();
    Ok(if Problem::of(status, None, &text).is_none() { TestResult::Good(account) } else { TestResult::Refused(reply) })
}

/// Removes the account and its permission.
pub async fn remove() -> Result<JsValue, Problem> {
    queue::cancel_all();
    let pattern = load_pattern().await?;
    let gone = indexed_db::remove(SECRET_KEY).await;
    let gone = storage::remove(&SECRET_KEY.into()).await.and(gone);
    storage::local::set(ACCOUNT_KEY, JsValue::NULL).await.and(gone).map_err(|_| Problem::NotKept)?;
    if let Some(pattern) = pattern {
        remove_permission(&pattern).await;
    }
    state().await
}

/// Sends a request with the stored account.
pub async fn ask(ask: Ask, id: String) -> Result<JsValue, Problem> {
    let account = load().await?.ok_or(Problem::NoAccount)?;
    check_allowed(&account.base).await?;
    let http = ask.at(&account.base).ok_or(Problem::NoWatching)?;
    queue::fetch(account, http, id).await
}

/// Checks that the organization allows the key to be sent to this address.
async fn check_allowed(base: &Base) -> Result<(), Problem> {
    match managed::policy().await.api_base {
        Some(set) if set.as_ref() != Some(base) => Err(Problem::Managed),
        _ => Ok(()),
    }
}

/// Requests a URL at which the configured agent watches.
pub async fn watch(short_id: ShortId, id: String) -> Result<JsValue, Problem> {
    let account = load_public().await?;
    let part = |name: &str| property(&account, name).as_string().unwrap_or_default();
    ask(Ask::Watch { short_id, agent: Agent::new(&part("agentId"), &part("agentName")) }, id).await
}

/// Returns the account with its key, if it is stored.
async fn load() -> Result<Option<Account>, Problem> {
    let on_disk = property(&load_public().await?, "disk").is_truthy();
    let secret = if on_disk { indexed_db::get(SECRET_KEY).await } else { storage::get(SECRET_KEY).await };
    Ok(read(&secret.map_err(|_| Problem::NotKept)?))
}

fn read(secret: &JsValue) -> Option<Account> {
    let text = |name: &str| property(secret, name).as_string();
    let kind = Kind::from_name(&text("kind")?)?;
    Some(Account { base: Base::parse(kind, &text("base")?).ok()?, key: ApiKey::parse(&text("key")?)? })
}

async fn keep(account: &Account, request: &ConnectRequest) -> Result<(), String> {
    let (kind, base) = (account.base.kind().name(), account.base.address());
    let secret = object([
        ("v", VERSION.into()),
        ("kind", kind.into()),
        ("base", base.as_str().into()),
        ("key", account.key.secret().into()),
    ]);
    // The other storage is cleared first.
    if request.disk {
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
        ("disk", request.disk.into()),
        ("agentId", request.agent.id.as_str().into()),
        ("agentName", request.agent.name.as_str().into()),
    ]);
    storage::local::set(ACCOUNT_KEY, public).await
}

/// Returns the non-secret part of the account; `null` without an account.
async fn load_public() -> Result<JsValue, Problem> {
    let account = storage::local::get(ACCOUNT_KEY).await.map_err(|_| Problem::NotKept)?;
    Ok(if property(&account, "v") == f64::from(VERSION) { account } else { JsValue::NULL })
}

async fn load_pattern() -> Result<Option<String>, Problem> {
    Ok(property(&load_public().await?, "pattern").as_string())
}

/// Removes a host permission, unless a recorded site needs it or that is unknown. A missing permission is no error.
async fn remove_permission(pattern: &str) {
    let Ok(sites) = storage::local::get(SITES_KEY).await else { return };
    let sites: Array = sites.dyn_into().unwrap_or_default();
    let needed = |site: JsValue| site.as_string().is_some_and(|site| match_pattern::covers(&site, pattern));
    if !sites.iter().any(needed) {
        let _ = permissions::give_back(pattern).await;
    }
}
