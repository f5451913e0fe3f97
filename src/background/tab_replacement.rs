//! Tab replacement: moves the stored data of a tab when the browser changes its ID, as Chromium does when it discards a
//! tab.
//!
//! A move is stored before it begins and until all of it is done. The browser reports the new ID only once, and it may
//! stop the background in between or have no space for a part.

use super::error::BackgroundError;
use super::journal;
use super::lock::lock;
use super::recording::{self, RecordingTask};
use crate::storage_format::session::{MAX_STORED_DRAFTS, drafts_key, frame_key};
use crate::webext::{object, property, set_property, storage};
use inspector_core::recording::storage::PENDING_KEY;
use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The unfinished moves: an object from old tab ID to new tab ID.
const MOVES_KEY: &str = "tabMoves";

/// Moves the data stored for `old` to `tab`. Each part is written before its old key is removed, and continues if
/// another part failed.
pub async fn follow(old: i32, tab: i32) -> Result<(), BackgroundError> {
    // If storing the move failed, the move still runs. It isn't resumed if it stops.
    let stored = change_moves(|moves| add_move(moves, old, tab)).await;
    move_all(old, tab).await.and(stored)
}

/// Resumes the moves that were stopped or failed. One that fails again doesn't keep the others.
pub async fn resume() -> Result<(), BackgroundError> {
    let mut done = Ok(());
    for (old, tab) in read_moves(&storage::get(MOVES_KEY).await?) {
        done = done.and(move_all(old, tab).await);
    }
    done
}

/// Returns the earlier IDs of a tab under which data may still be stored.
pub async fn former(tab: i32) -> Result<Vec<i32>, BackgroundError> {
    let _lock = lock().await;
    let moves = read_moves(&storage::get(MOVES_KEY).await?);
    Ok(moves.into_iter().filter(|(_, to)| *to == tab).map(|(old, _)| old).collect())
}

/// Removes the moves from these IDs, whose data is deleted.
pub async fn end(tabs: &[i32]) -> Result<(), BackgroundError> {
    change_moves(|moves| tabs.iter().for_each(|tab| end_move(moves, *tab))).await
}

/// Changes the stored moves under the lock. Writes only if something changed.
async fn change_moves(change: impl FnOnce(&JsValue)) -> Result<(), BackgroundError> {
    let _lock = lock().await;
    let moves = storage::get(MOVES_KEY).await?;
    let moves = if moves.is_object() { moves } else { object([]) };
    let before = read_moves(&moves);
    change(&moves);
    if read_moves(&moves) != before {
        storage::set(MOVES_KEY, moves).await?;
    }
    Ok(())
}

/// Adds a move. Unfinished moves to the old ID continue to the new one.
fn add_move(moves: &JsValue, old: i32, tab: i32) {
    let waiting = read_moves(moves).into_iter().filter(|(_, to)| *to == old).map(|(from, _)| from);
    for from in waiting.chain([old]) {
        set_property(moves, &from.to_string(), tab.into());
    }
}

fn end_move(moves: &JsValue, old: i32) {
    // Deleting a property of a plain object can't fail.
    let _ = Reflect::delete_property(moves.unchecked_ref::<Object>(), &old.to_string().into());
}

fn read_moves(moves: &JsValue) -> Vec<(i32, i32)> {
    let keys = moves.dyn_ref::<Object>().map(|moves| Object::keys(moves).to_vec()).unwrap_or_default();
    let texts = keys.into_iter().filter_map(|key| key.as_string());
    texts.filter_map(|key| Some((key.parse().ok()?, property(moves, &key).as_f64()? as i32))).collect()
}

async fn move_all(old: i32, tab: i32) -> Result<(), BackgroundError> {
    move_parts(old, tab).await?;
    change_moves(|moves| end_move(moves, old)).await
}

async fn move_parts(old: i32, tab: i32) -> Result<(), BackgroundError> {
    let parts = [
        recording::perform(RecordingTask::Move { old, tab }).await,
        journal::follow(old, tab).await,
        moved(&drafts_key(old), &drafts_key(tab), merge_drafts).await,
        moved(&frame_key(old), &frame_key(tab), |_, since| since).await,
        move_pending_request(old, tab).await,
    ];
    parts.into_iter().collect()
}

/// Moves a value. `merge` merges it with a value that is already stored under the new key.
async fn moved(from: &str, to: &str, merge: fn(JsValue, JsValue) -> JsValue) -> Result<(), BackgroundError> {
    let (before, since) = (storage::get(from).await?, storage::get(to).await?);
    if before.is_undefined() {
        return Ok(());
    }
    let value = if since.is_undefined() { before } else { merge(before, since) };
    storage::set(to, value).await?;
    Ok(storage::remove(&from.into()).await?)
}

/// Merges drafts in the format of [`crate::storage_format::session::Drafts`]. The current draft of the new ID stays
/// current, and the others follow it.
fn merge_drafts(before: JsValue, since: JsValue) -> JsValue {
    let read = |text: &JsValue| JSON::parse(&text.as_string()?).ok();
    let (Some(before), Some(since)) = (read(&before), read(&since)) else { return since };
    let list = |drafts: &JsValue| property(drafts, "aside").dyn_into::<Array>().unwrap_or_default();
    let current = Array::of1(&property(&before, "current"));
    let aside = if property(&since, "current").is_object() {
        list(&since).concat(&current.filter(&mut |draft, _, _| draft.is_object())).concat(&list(&before))
    } else {
        set_property(&since, "current", property(&before, "current"));
        list(&since).concat(&list(&before))
    };
    set_property(&since, "aside", aside.slice(0, MAX_STORED_DRAFTS as u32).into());
    JSON::stringify(&since).map_or(JsValue::UNDEFINED, JsValue::from)
}

/// Makes a pending request to record a site reload the tab with its new ID.
async fn move_pending_request(old: i32, tab: i32) -> Result<(), BackgroundError> {
    let pending = storage::get(PENDING_KEY).await?;
    if property(&pending, "tab") != f64::from(old) {
        return Ok(());
    }
    let [pattern, at] = ["pattern", "at"].map(|key| property(&pending, key));
    Ok(storage::set(PENDING_KEY, object([("pattern", pattern), ("at", at), ("tab", tab.into())])).await?)
}
