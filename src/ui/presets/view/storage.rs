//! The presets in `storage.local`: read, changed and followed.

use crate::storage_format::presets::{PRESETS_KEY, PRESETS_LOCK};
use crate::ui::presets::state::{ListError, ListResult};
use crate::webext::{BrowserError, live_storage, lock, property, storage};
use inspector_core::presets::file;
use inspector_core::presets::list::{PresetChange, changed};
use wasm_bindgen::JsValue;

/// All presets.
pub async fn read() -> ListResult {
    parse(&storage::local::get(PRESETS_KEY).await.map_err(failed)?)
}

fn parse(stored: &JsValue) -> ListResult {
    match stored.as_string() {
        Some(text) => file::read_stored(&text).ok_or(ListError::OtherVersion),
        None if stored.is_undefined() => Ok(vec![]),
        None => Err(ListError::OtherVersion),
    }
}

/// Changes the stored list under a lock. Other pages wait.
pub async fn change(change: PresetChange) -> ListResult {
    let result = lock::with_lock(PRESETS_LOCK, change_now(change)).await;
    result.unwrap_or_else(|| Err(failed(BrowserError::NoLock)))
}

async fn change_now(change: PresetChange) -> ListResult {
    let presets = changed(read().await?, change).map_err(ListError::Refused)?;
    storage::local::set(PRESETS_KEY, file::write(&presets).into()).await.map_err(failed)?;
    Ok(presets)
}

fn failed(error: BrowserError) -> ListError {
    ListError::Failed(error.into())
}

/// Calls `on_change` with the list after every change by any page.
pub fn follow(on_change: impl Fn(ListResult) + 'static) {
    live_storage::on_changed(move |changes, area| {
        let change = property(&changes, PRESETS_KEY);
        if area == "local" && change.is_object() {
            on_change(parse(&property(&change, "newValue")));
        }
    });
}
