//! The remembered values in `storage.local`.

use crate::errors::BrowserError;
use crate::storage_format::last_used::{LAST_USED_KEY, LAST_USED_LOCK};
use crate::webext::{lock, preferences, storage};
use inspector_core::suggestions::{LastUsed, LastUsedChange};

/// The key of the preference, and its value if nothing is to be remembered.
const CHOICE: &str = "remember";
const NO: &str = "no";

/// Whether applied values are remembered and offered.
pub fn is_wanted() -> bool {
    preferences::get(CHOICE).as_deref() != Some(NO)
}

/// Stores the preference. Turning it off also deletes the remembered values.
pub async fn set_remembering(on: bool) -> Result<(), BrowserError> {
    let stored = preferences::await_stored(preferences::set(CHOICE, (!on).then_some(NO))).await;
    let forgotten = if on { Ok(()) } else { forget().await };
    stored.and(forgotten)
}

/// The stored values; `None` for another version.
pub async fn read() -> Result<Option<LastUsed>, BrowserError> {
    let stored = storage::local::get(LAST_USED_KEY).await?;
    let read = || LastUsed::read(&stored.as_string()?);
    Ok(if stored.is_undefined() { Some(LastUsed::default()) } else { read() })
}

/// Changes the stored values under a lock. Other pages wait. A failure is only logged.
pub async fn change(change: LastUsedChange) {
    let changed = async {
        match read().await? {
            Some(used) => write(&used.changed(change)).await,
            None => Ok(()),
        }
    };
    if let Err(why) = lock::with_lock(LAST_USED_LOCK, changed).await {
        web_sys::console::error_2(&"not remembered:".into(), &why.to_string().into());
    }
}

async fn write(used: &LastUsed) -> Result<(), BrowserError> {
    match used.hosts().next() {
        Some(_) => storage::local::set(LAST_USED_KEY, used.write().into()).await,
        None => storage::local::remove(LAST_USED_KEY).await,
    }
}

/// Deletes all values of any version.
pub async fn forget() -> Result<(), BrowserError> {
    lock::with_lock(LAST_USED_LOCK, storage::local::remove(LAST_USED_KEY)).await
}
