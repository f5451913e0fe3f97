//! The team's access: kept, tested, used, and removed together with the host permission it needed.

use super::message::Wish;
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

/// What is told of a request made only to test the access.
const TESTING: &str = "connect";

/// What may be seen of the account, `{account: {…}}`, with `null` for none.
pub async fn state() -> Result<JsValue, Problem> {
    let kept = kept().await?;
    if kept.is_null() {
        return Ok(object([("account", JsValue::NULL)]));
    }
    let mask = load().await?.map_or(JsValue::NULL, |account| account.key.mask().into());
    let part = |name: &'static str| (name, property(&kept, name));
    let parts = [part("kind"), part("base"), part("disk"), part("agentId"), part("agentName"), ("mask", mask)];
    Ok(object([("account", object(parts))]))
}

/// Tests an access and keeps it if it is good. Nothing changes otherwise, and a permission that only it needed goes back.
pub async fn connect(wish: Wish) -> Result<JsValue, Problem> {
    let base = Base::parse(wish.kind, &wish.base).map_err(|_| Problem::NotUnderstood)?;
    let tested = test(&wish, base.clone()).await;
    let before = own_pattern().await?;
    if let Ok(Tested::Good(account)) = &tested {
        queue::cancel_all();
        keep(account, &wish).await.map_err(|_| Problem::NotKept)?;
    }
    // Whichever of the two is not the account's now.
    let now = own_pattern().await?;
    for pattern in [Some(base.pattern()), before].into_iter().flatten().filter(|pattern| Some(pattern) != now.as_ref())
    {
        give_back(&pattern).await;
    }
    match tested? {
        Tested::Good(_) => state().await,
        Tested::Refused(answer) => Ok(answer),
    }
}

/// What came of trying an access.
enum Tested {
    Good(Account),
    /// The server's answer, for the page to read what is wrong.
    Refused(JsValue),
}

async fn test(wish: &Wish, base: Base) -> Result<Tested, Problem> {
    allowed(&base).await?;
    if !permissions::has_origin(&base.pattern()).await {
        return Err(Problem::NoPermission);
    }
    let key = match wish.key.trim() {
        // The kept key goes to the very place it was entered for and to no other.
        "" => load().await?.filter(|account| account.base == base).map(|account| account.key),
        typed => ApiKey::parse(typed),
    };
    let account = Account { base, key: key.ok_or(Problem::InvalidKey)? };
    let http = Ask::Test.at(&account.base).ok_or(Problem::NotUnderstood)?;
    let told = queue::fetch(account.clone(), http, TESTING.to_owned()).await?;
    let answer = property(&told, "answer");
    let status = property(&answer, "status").as_f64().unwrap_or_default() as u16;
    let text = property(&answer, "text").as_string().unwrap_or_default();
    Ok(if Problem::of(status, None, &text).is_none() { Tested::Good(account) } else { Tested::Refused(told) })
}

/// Forgets the account and gives its permission back.
pub async fn remove() -> Result<JsValue, Problem> {
    queue::cancel_all();
    let pattern = own_pattern().await?;
    let gone = indexed_db::remove(SECRET_KEY).await;
    let gone = storage::remove(&SECRET_KEY.into()).await.and(gone);
    storage::local::set(ACCOUNT_KEY, JsValue::NULL).await.and(gone).map_err(|_| Problem::NotKept)?;
    if let Some(pattern) = pattern {
        give_back(&pattern).await;
    }
    state().await
}

/// Asks with the account that is kept.
pub async fn ask(ask: Ask, id: String) -> Result<JsValue, Problem> {
    let account = load().await?.ok_or(Problem::NoAccount)?;
    allowed(&account.base).await?;
    let http = ask.at(&account.base).ok_or(Problem::NoWatching)?;
    queue::fetch(account, http, id).await
}

/// Whether the organisation lets the key go to this address.
async fn allowed(base: &Base) -> Result<(), Problem> {
    match managed::policy().await.api_base {
        Some(set) if set.as_ref() != Some(base) => Err(Problem::Managed),
        _ => Ok(()),
    }
}

/// Asks for an address at which the agent of the options watches.
pub async fn watch(short_id: ShortId, id: String) -> Result<JsValue, Problem> {
    let kept = kept().await?;
    let part = |name: &str| property(&kept, name).as_string().unwrap_or_default();
    ask(Ask::Watch { short_id, agent: Agent::new(&part("agentId"), &part("agentName")) }, id).await
}

/// The account with its key, where that is still there.
async fn load() -> Result<Option<Account>, Problem> {
    let on_disk = property(&kept().await?, "disk").is_truthy();
    let secret = if on_disk { indexed_db::get(SECRET_KEY).await } else { storage::get(SECRET_KEY).await };
    Ok(read(&secret.map_err(|_| Problem::NotKept)?))
}

fn read(secret: &JsValue) -> Option<Account> {
    let text = |name: &str| property(secret, name).as_string();
    let kind = Kind::from_name(&text("kind")?)?;
    Some(Account { base: Base::parse(kind, &text("base")?).ok()?, key: ApiKey::parse(&text("key")?)? })
}

async fn keep(account: &Account, wish: &Wish) -> Result<(), String> {
    let (kind, base) = (account.base.kind().name(), account.base.address());
    let secret = object([
        ("v", VERSION.into()),
        ("kind", kind.into()),
        ("base", base.as_str().into()),
        ("key", account.key.secret().into()),
    ]);
    // First out of the place where it shall not be.
    if wish.disk {
        storage::remove(&SECRET_KEY.into()).await?;
        indexed_db::set(SECRET_KEY, &secret).await?;
    } else {
        indexed_db::remove(SECRET_KEY).await?;
        storage::set(SECRET_KEY, secret).await?;
    }
    let seen = object([
        ("v", VERSION.into()),
        ("kind", kind.into()),
        ("base", base.into()),
        ("pattern", account.base.pattern().into()),
        ("disk", wish.disk.into()),
        ("agentId", wish.agent.id.as_str().into()),
        ("agentName", wish.agent.name.as_str().into()),
    ]);
    storage::local::set(ACCOUNT_KEY, seen).await
}

/// What is no secret; `null` without an account.
async fn kept() -> Result<JsValue, Problem> {
    let kept = storage::local::get(ACCOUNT_KEY).await.map_err(|_| Problem::NotKept)?;
    Ok(if property(&kept, "v") == f64::from(VERSION) { kept } else { JsValue::NULL })
}

async fn own_pattern() -> Result<Option<String>, Problem> {
    Ok(property(&kept().await?, "pattern").as_string())
}

/// Gives a host permission back, unless recorded sites need it, or may need it. That it was not there is as good.
async fn give_back(pattern: &str) {
    let Ok(sites) = storage::local::get(SITES_KEY).await else { return };
    let sites: Array = sites.dyn_into().unwrap_or_default();
    let needed = |site: JsValue| site.as_string().is_some_and(|site| match_pattern::covers(&site, pattern));
    if !sites.iter().any(needed) {
        let _ = permissions::give_back(pattern).await;
    }
}
