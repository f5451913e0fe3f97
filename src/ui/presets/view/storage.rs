//! The presets in `storage.local`: read, changed and followed.

use crate::protocol::presets::{PRESETS_KEY, PRESETS_LOCK};
use crate::ui::presets::state::{Kept, NotKept};
use crate::webext::{live_storage, lock, property, storage};
use inspector_core::presets::file;
use inspector_core::presets::list::{Change, changed};
use wasm_bindgen::JsValue;

/// All presets.
pub async fn read() -> Kept {
    parse(&storage::local::get(PRESETS_KEY).await.map_err(NotKept::Failed)?)
}

fn parse(kept: &JsValue) -> Kept {
    match kept.as_string() {
        Some(text) => file::read_kept(&text).ok_or(NotKept::OtherVersion),
        None if kept.is_undefined() => Ok(vec![]),
        None => Err(NotKept::OtherVersion),
    }
}

/// Changes the stored list. Other pages wait meanwhile.
pub async fn change(change: Change) -> Kept {
    let kept = lock::alone(PRESETS_LOCK, change_now(change)).await;
    kept.unwrap_or_else(|| Err(NotKept::Failed(String::new())))
}

async fn change_now(change: Change) -> Kept {
    let presets = changed(read().await?, change).map_err(NotKept::Refused)?;
    storage::local::set(PRESETS_KEY, file::write(&presets).into()).await.map_err(NotKept::Failed)?;
    Ok(presets)
}

/// Calls `on_change` with the list after every change, in whichever page it was made.
pub fn follow(on_change: impl Fn(Kept) + 'static) {
    live_storage::on_changed(move |changes, area| {
        let change = property(&changes, PRESETS_KEY);
        if area == "local" && change.is_object() {
            on_change(parse(&property(&change, "newValue")));
        }
    });
}
