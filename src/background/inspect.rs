//! Looking at a page.

use super::probe_text;
use crate::managed;
use crate::protocol::message::{Answer, FOUND, Frame, MAX_FRAMES, MAX_TEXTS, NoAccess, Tab};
use crate::restriction::{asleep, no_access, website};
use crate::webext::scripting::{Frames, Injected, run_in_page};
use crate::webext::tabs::{self, TabInfo};
use crate::webext::timer;
use js_sys::{Array, Function, JsString};
use wasm_bindgen::{JsCast, JsValue};

/// How long a page may take to answer a look, in milliseconds: less than the popup waits, so that it learns why.
const LOOK_MS: u32 = 3_000;

/// Looks at every frame of a tab that may be seen.
pub async fn inspect(tab: Option<i32>, probe: &Function) -> Answer {
    let clicked = tab.is_none();
    let asked = managed::ask();
    let found = match tab {
        Some(id) => tabs::get(id).await.map(Some),
        None => tabs::active().await,
    };
    let info = match found {
        Ok(Some(info)) => info,
        Ok(None) => return Answer::NoAccess { tab: None, why: NoAccess::NoTab },
        Err(error) => return Answer::NoAccess { tab: None, why: no_access(&error, false, None) },
    };
    // What is injected into such a tab waits until it wakes, or looks at the empty document in the page's place.
    if let Some(why) = asleep(info.frozen, info.discarded) {
        return Answer::NoAccess { tab: Some(seen(info)), why };
    }
    let website = website(info.url.as_deref(), info.icon_of_browser);
    let tab = seen(info);
    let no_ask = Array::of1(&JsValue::NULL);
    let look = run_in_page(tab.id, Frames::All, probe, &no_ask);
    match timer::in_time(look, LOOK_MS).await {
        None => Answer::NoAccess { tab: Some(tab), why: NoAccess::Busy },
        Some(Ok(injected)) if injected.is_empty() => Answer::NoAccess { tab: Some(tab), why: NoAccess::Restricted },
        Some(Ok(injected)) => {
            // A popup that opens does not wait for a policy: what it does not know yet, it is told at its next look.
            let hold = asked.wait(!clicked).await.hold(tab.url.as_deref().unwrap_or_default());
            let (frames, left_out) = frames(injected);
            Answer::Inspected { tab: Tab { hold, ..tab }, frames, left_out }
        }
        Some(Err(error)) => {
            // The click gives access wherever it can be given, and an address is seen only with access.
            let granted = clicked || tab.url.is_some();
            Answer::NoAccess { tab: Some(tab), why: no_access(&error, granted, website) }
        }
    }
}

fn seen(tab: TabInfo) -> Tab {
    Tab { id: tab.id, url: tab.url, title: tab.title, active: tab.active, hold: None }
}

/// The page itself first, then the frames with something of Upscope, then the rest, each in the browser's order; and how
/// many were left out.
fn frames(mut injected: Vec<Injected>) -> (Vec<Frame>, u32) {
    injected.sort_by_key(|one| (one.frame != 0, !is_found(&one.result)));
    let answered = injected.len();
    let mut room = MAX_TEXTS;
    let mut kept = vec![];
    for one in injected.into_iter().take(MAX_FRAMES) {
        let text = probe_text(&one.result);
        let Some(left) = room.checked_sub(text.encode_utf16().count()) else { break };
        room = left;
        kept.push(Frame { frame: one.frame, document_id: one.document_id, text });
    }
    let left_out = (answered - kept.len()) as u32;
    (kept, left_out)
}

fn is_found(result: &JsValue) -> bool {
    result.dyn_ref::<JsString>().is_some_and(|text| text.starts_with(FOUND, 0))
}
