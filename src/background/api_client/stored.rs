//! The stored account: a record, which names the place of its key. A change first writes the new key beside the current
//! one, then the record, and then deletes every key that the record doesn't name. So a change is made as a whole or not
//! at all, wherever a storage fails or the browser stops the background.

use super::queue;
use crate::background::lock::lock;
use crate::errors::BrowserError;
use crate::messages::AccountForm;
use crate::storage_format::account::{ACCOUNT_KEY, CHANGE_KEY, SECRET_KEYS, VERSION};
use crate::webext::{indexed_db, object, permissions, property, storage};
use inspector_core::match_pattern;
use inspector_core::recording::storage::SITES_KEY;
use inspector_core::upscope_api::account::{Account, Agent};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

/// Where a key is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    on_disk: bool,
    key: &'static str,
}

impl Place {
    /// The place that a record names; `None` without an account.
    fn of(record: &JsValue) -> Option<Self> {
        let name = property(record, "secret").as_string();
        let key = SECRET_KEYS.into_iter().find(|key| name.as_deref() == Some(*key)).unwrap_or(SECRET_KEYS[0]);
        (!record.is_null()).then(|| Self { on_disk: property(record, "disk").is_truthy(), key })
    }

    fn all() -> impl Iterator<Item = Self> {
        [true, false].into_iter().flat_map(|on_disk| SECRET_KEYS.map(|key| Self { on_disk, key }))
    }

    async fn read(self) -> Result<JsValue, BrowserError> {
        if self.on_disk { indexed_db::get(self.key).await } else { storage::get(self.key).await }
    }

    async fn write(self, secret: JsValue) -> Result<(), BrowserError> {
        if self.on_disk { indexed_db::set(self.key, &secret).await } else { storage::set(self.key, secret).await }
    }

    async fn clear(self) -> Result<(), BrowserError> {
        if self.on_disk { indexed_db::remove(self.key).await } else { storage::remove(&self.key.into()).await }
    }
}

/// Returns the account without its key; `null` without an account.
pub async fn load_record() -> Result<JsValue, BrowserError> {
    let record = storage::local::get(ACCOUNT_KEY).await?;
    Ok(if property(&record, "v") == f64::from(VERSION) { record } else { JsValue::NULL })
}

/// Returns the account's key with its address; `undefined` if there is none.
pub async fn load_secret() -> Result<JsValue, BrowserError> {
    match Place::of(&load_record().await?) {
        Some(place) => place.read().await,
        None => Ok(JsValue::UNDEFINED),
    }
}

/// Replaces the account, or removes it. After an error the account is the one before, with its key.
pub async fn change(account: Option<(&Account, &AccountForm)>) -> Result<(), BrowserError> {
    let _lock = lock().await;
    queue::cancel_all();
    let before = load_record().await?;
    let old = property(&before, "pattern").as_string();
    let patterns: Array =
        old.into_iter().chain(account.map(|(account, _)| account.base.pattern())).map(JsValue::from).collect();
    // Without it, only a change that the browser stops stays incomplete.
    let _ = storage::local::set(CHANGE_KEY, (&patterns).into()).await;
    let changed = replace(&before, account).await;
    let completed = complete(&patterns).await;
    // A new account works even if a key that nothing names couldn't be deleted. A removed one has no key.
    changed.and(if account.is_some() { Ok(()) } else { completed })
}

/// Completes the change that the last background began.
pub async fn resume() -> Result<(), BrowserError> {
    let _lock = lock().await;
    let patterns = storage::local::get(CHANGE_KEY).await?;
    if patterns.is_object() { complete(&patterns.dyn_into().unwrap_or_default()).await } else { Ok(()) }
}

async fn replace(before: &JsValue, account: Option<(&Account, &AccountForm)>) -> Result<(), BrowserError> {
    let old = Place::of(before);
    let record = match account {
        Some((account, form)) => {
            let key = SECRET_KEYS.into_iter().find(|key| old.is_none_or(|old| old.key != *key));
            let place = Place { on_disk: form.disk, key: key.unwrap_or(SECRET_KEYS[0]) };
            place.write(secret(account)).await?;
            record(account, form, place)
        }
        None => JsValue::NULL,
    };
    storage::local::set(ACCOUNT_KEY, record).await?;
    let Some(old) = old else { return Ok(()) };
    let Err(error) = old.clear().await else { return Ok(()) };
    // The old key is still stored, so the old account is restored. `complete` deletes the new key.
    storage::local::set(ACCOUNT_KEY, before.clone()).await?;
    Err(error)
}

/// Deletes the keys that the record doesn't name, and the permissions that nothing needs. What fails is tried again by
/// the next background.
async fn complete(patterns: &Array) -> Result<(), BrowserError> {
    let now = Place::of(&load_record().await?);
    let mut done = Ok(());
    for place in Place::all().filter(|place| Some(*place) != now) {
        done = done.and(place.clear().await);
    }
    for pattern in patterns.iter().filter_map(|pattern| pattern.as_string()) {
        remove_unneeded_permission(&pattern).await;
    }
    done?;
    storage::local::remove(CHANGE_KEY).await
}

fn secret(account: &Account) -> JsValue {
    object([
        ("v", VERSION.into()),
        ("kind", account.base.kind().name().into()),
        ("base", account.base.address().into()),
        ("key", account.key.secret().into()),
    ])
}

fn record(account: &Account, form: &AccountForm, place: Place) -> JsValue {
    let agent = Agent::new(&form.agent.id, &form.agent.name);
    object([
        ("v", VERSION.into()),
        ("kind", account.base.kind().name().into()),
        ("base", account.base.address().into()),
        ("pattern", account.base.pattern().into()),
        ("disk", place.on_disk.into()),
        ("secret", place.key.into()),
        ("agentId", agent.id.as_str().into()),
        ("agentName", agent.name.as_str().into()),
    ])
}

/// Removes a host permission, unless the account or a recorded site needs it or that is unknown. A missing permission
/// is no error.
pub async fn remove_unneeded_permission(pattern: &str) {
    let (Ok(record), Ok(sites)) = (load_record().await, storage::local::get(SITES_KEY).await) else { return };
    let sites: Array = sites.dyn_into().unwrap_or_default();
    let needs = |site: JsValue| site.as_string().is_some_and(|site| match_pattern::covers(&site, pattern));
    if property(&record, "pattern") != pattern && !sites.iter().any(needs) {
        let _ = permissions::remove_origin(pattern).await;
    }
}
