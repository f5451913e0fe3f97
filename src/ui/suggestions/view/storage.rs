//! The values used last, in `storage.local`: read and changed.

use crate::protocol::last_used::{LAST_USED_KEY, LAST_USED_LOCK};
use crate::webext::{lock, preferences, storage};
use inspector_core::suggestions::{Change, LastUsed};

/// The name of the preference, and its value where the person wants nothing remembered.
const CHOICE: &str = "remember";
const NO: &str = "no";

/// Whether what the person applies is remembered and offered.
pub fn is_wanted() -> bool {
    preferences::get(CHOICE).as_deref() != Some(NO)
}

/// Stores that choice. Turning it off also forgets what is remembered.
pub async fn want(on: bool) -> Result<(), String> {
    let kept = preferences::kept(preferences::set(CHOICE, (!on).then_some(NO))).await;
    let forgotten = if on { Ok(()) } else { forget().await };
    kept.and(forgotten)
}

/// Everything that is stored; `None` where another version wrote it.
pub async fn read() -> Result<Option<LastUsed>, String> {
    let kept = storage::local::get(LAST_USED_KEY).await?;
    let read = || LastUsed::read(&kept.as_string()?);
    Ok(if kept.is_undefined() { Some(LastUsed::default()) } else { read() })
}

/// Changes what is stored. Other pages wait meanwhile. A failure does not interrupt the person: the console shows it.
pub async fn change(change: Change) {
    let changed = async {
        match read().await? {
            Some(used) => write(&used.changed(change)).await,
            None => Ok(()),
        }
    };
    if let Some(Err(why)) = lock::alone(LAST_USED_LOCK, changed).await {
        web_sys::console::error_2(&"not remembered:".into(), &why.into());
    }
}

async fn write(used: &LastUsed) -> Result<(), String> {
    match used.hosts().next() {
        Some(_) => storage::local::set(LAST_USED_KEY, used.write().into()).await,
        None => storage::local::remove(LAST_USED_KEY).await,
    }
}

/// Forgets everything, whichever version wrote it.
pub async fn forget() -> Result<(), String> {
    lock::alone(LAST_USED_LOCK, storage::local::remove(LAST_USED_KEY)).await.unwrap_or_else(|| Err(String::new()))
}
