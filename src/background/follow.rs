//! A tab that the browser gives another id, as Chromium does when it discards one: what is kept for it follows.

use super::journal;
use super::recording::{self, Work};
use crate::browser::{object, property, set_property, storage};
use crate::protocol::recordings::PENDING_KEY;
use crate::protocol::stored::{MAX_ASIDE, drafts_key, frame_key};
use js_sys::{Array, JSON};
use wasm_bindgen::{JsCast, JsValue};

/// Keeps for `tab` what was kept for it as `old`. Each part is written before its old key goes, and goes on where another one
/// failed.
pub async fn follow(old: i32, tab: i32) -> Result<(), String> {
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
