//! Deletes what the extension has stored.

use super::state::data::{DeletionError, DeletionScope};
use crate::errors::BrowserError;
use crate::messages::Request;
use crate::storage_format::account::SECRET_KEYS;
use crate::ui::api;
use crate::ui::background_client::change_recordings;
use crate::ui::suggestions;
use crate::webext::{permissions, storage};
use inspector_core::recording::storage::INDEX_PREFIX;
use js_sys::Array;
use leptos::prelude::window;
use wasm_bindgen::JsValue;

/// Deletes what the scope names.
pub async fn delete(what: DeletionScope) -> Result<(), DeletionError> {
    match what {
        DeletionScope::Session => delete_session().await,
        DeletionScope::LastUsed => Ok(suggestions::forget().await?),
        DeletionScope::Everything => delete_everything().await,
    }
}

async fn delete_everything() -> Result<(), DeletionError> {
    delete_session().await?;
    // The background also removes the permissions for the account's server.
    api::remove_account().await.map_err(DeletionError::Account)?;
    for pattern in permissions::origins().await {
        change_recordings(&Request::StopRecording { pattern: pattern.clone() }).await?;
        // Some origins aren't recorded sites, and the permission may already be gone.
        let _ = permissions::remove_origin(&pattern).await;
    }
    storage::local::clear().await?;
    storage::clear().await?;
    Ok(window().location().reload().map_err(BrowserError::from)?)
}

/// Drafts, chosen frames and the journal have a key for each tab. The background deletes recordings.
async fn delete_session() -> Result<(), DeletionError> {
    let keys = storage::keys().await?;
    for tab in keys.iter().filter_map(|key| key.strip_prefix(INDEX_PREFIX)?.parse::<i32>().ok()) {
        change_recordings(&Request::ClearRecording { tab }).await?;
    }
    let stays = |key: &String| SECRET_KEYS.contains(&key.as_str()) || key.starts_with(INDEX_PREFIX);
    let deleted: Array = keys.into_iter().filter(|key| !stays(key)).map(JsValue::from).collect();
    Ok(storage::remove(&deleted).await?)
}
