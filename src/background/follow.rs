//! A tab that the browser gives another id, as Chromium does when it discards one: what is kept for it follows.
//!
//! A move is noted before it begins and until all of it is done: the browser reports the new id only once, and may stop the
//! background in the middle, or have no room for a part.

use super::journal;
use super::recording::{self, Work};
use super::turn::turn;
use crate::protocol::stored::{MAX_ASIDE, drafts_key, frame_key};
use crate::webext::{object, property, set_property, storage};
use inspector_core::recording::storage::PENDING_KEY;
use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The moves that are not done: the new id of a tab by its old one.
const MOVES_KEY: &str = "tabMoves";

/// Keeps for `tab` what was kept for it as `old`. Each part is written before its old key goes, and goes on where another one
/// failed.
pub async fn follow(old: i32, tab: i32) -> Result<(), String> {
    // Without a note the move still goes on: only what stops it now is not resumed.
    let noted = change_moves(|moves| note(moves, old, tab)).await;
    move_all(old, tab).await.and(noted)
}

/// Goes on with the moves that were stopped or failed.
pub async fn resume() -> Result<(), String> {
    for (old, tab) in moves_in(&storage::get(MOVES_KEY).await?) {
        move_all(old, tab).await?;
    }
    Ok(())
}

/// The ids under which a part of a closed tab's data may still be kept. Its moves end.
pub async fn former(tab: i32) -> Result<Vec<i32>, String> {
    let mut former = vec![];
    change_moves(|moves| {
        for (old, _) in moves_in(moves).into_iter().filter(|(_, to)| *to == tab) {
            end(moves, old);
            former.push(old);
        }
    })
    .await?;
    Ok(former)
}

/// Changes the notes of moves in a turn; what is as it was is not written.
async fn change_moves(change: impl FnOnce(&JsValue)) -> Result<(), String> {
    let _turn = turn().await;
    let moves = storage::get(MOVES_KEY).await?;
    let moves = if moves.is_object() { moves } else { object([]) };
    let before = moves_in(&moves);
    change(&moves);
    if moves_in(&moves) == before { Ok(()) } else { storage::set(MOVES_KEY, moves).await }
}

/// Notes a move. What was on its way to the old id goes on to the new one.
fn note(moves: &JsValue, old: i32, tab: i32) {
    let waiting = moves_in(moves).into_iter().filter(|(_, to)| *to == old).map(|(from, _)| from);
    for from in waiting.chain([old]) {
        set_property(moves, &from.to_string(), tab.into());
    }
}

fn end(moves: &JsValue, old: i32) {
    // An object of our own lets go of its properties.
    let _ = Reflect::delete_property(moves.unchecked_ref::<Object>(), &old.to_string().into());
}

fn moves_in(moves: &JsValue) -> Vec<(i32, i32)> {
    let keys = moves.dyn_ref::<Object>().map(|moves| Object::keys(moves).to_vec()).unwrap_or_default();
    let texts = keys.into_iter().filter_map(|key| key.as_string());
    texts.filter_map(|key| Some((key.parse().ok()?, property(moves, &key).as_f64()? as i32))).collect()
}

async fn move_all(old: i32, tab: i32) -> Result<(), String> {
    move_parts(old, tab).await?;
    change_moves(|moves| end(moves, old)).await
}

async fn move_parts(old: i32, tab: i32) -> Result<(), String> {
    let parts = [
        recording::perform(Work::Follow { old, tab }).await,
        journal::follow(old, tab).await,
        moved(&drafts_key(old), &drafts_key(tab), joined).await,
        moved(&frame_key(old), &frame_key(tab), |_, since| since).await,
        question(old, tab).await,
    ];
    parts.into_iter().collect()
}

/// Moves a value; `join` makes one of it and what stands at the new key already.
async fn moved(from: &str, to: &str, join: fn(JsValue, JsValue) -> JsValue) -> Result<(), String> {
    let (before, since) = (storage::get(from).await?, storage::get(to).await?);
    if before.is_undefined() {
        return Ok(());
    }
    let value = if since.is_undefined() { before } else { join(before, since) };
    storage::set(to, value).await?;
    storage::remove(&from.into()).await
}

/// Drafts, as [`crate::protocol::stored::Drafts`] writes them: what was typed under the new id stays in the making, the rest is
/// set aside behind it.
fn joined(before: JsValue, since: JsValue) -> JsValue {
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
    set_property(&since, "aside", aside.slice(0, MAX_ASIDE as u32).into());
    JSON::stringify(&since).map_or(JsValue::UNDEFINED, JsValue::from)
}

/// The site that the person was asked about, with the tab that is to be loaded again.
async fn question(old: i32, tab: i32) -> Result<(), String> {
    let pending = storage::get(PENDING_KEY).await?;
    if property(&pending, "tab") != f64::from(old) {
        return Ok(());
    }
    let [pattern, at] = ["pattern", "at"].map(|key| property(&pending, key));
    storage::set(PENDING_KEY, object([("pattern", pattern), ("at", at), ("tab", tab.into())])).await
}
