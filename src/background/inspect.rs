//! Inspecting a page.

use super::probe_text;
use crate::managed;
use crate::messages::page::{FOUND_PREFIX, MAX_FRAMES, MAX_TEXTS};
use crate::messages::{AccessProblem, FrameReport, InspectedTab, Reply};
use crate::restriction::{access_problem, stopped_tab, website};
use crate::webext::scripting::{Frames, InjectionResult, run_in_page};
use crate::webext::tabs::{self, TabInfo};
use crate::webext::timer;
use js_sys::{Array, Function, JsString};
use wasm_bindgen::{JsCast, JsValue};

/// How long a page may take to reply, in milliseconds. Less than the popup's own limit, so that the popup learns the
/// reason.
const TIMEOUT_MS: u32 = 3_000;

/// Inspects every accessible frame of a tab.
pub async fn inspect(tab: Option<i32>, probe: &Function) -> Reply {
    let clicked = tab.is_none();
    let rules = managed::read_rules();
    let found = match tab {
        Some(id) => tabs::get(id).await.map(Some),
        None => tabs::active().await,
    };
    let info = match found {
        Ok(Some(info)) => info,
        Ok(None) => return Reply::NoAccess { tab: None, why: AccessProblem::NoTab },
        Err(error) => return Reply::NoAccess { tab: None, why: access_problem(&error.to_string(), false, None) },
    };
    // A script injected into such a tab runs only when the tab is resumed, or it runs in the empty document that
    // replaces the page.
    if let Some(why) = stopped_tab(info.frozen, info.discarded) {
        return Reply::NoAccess { tab: Some(to_tab(info)), why };
    }
    let website = website(info.url.as_deref(), info.icon_of_browser);
    let tab = to_tab(info);
    let no_ask = Array::of1(&JsValue::NULL);
    let replies = run_in_page(tab.id, Frames::All, probe, &no_ask);
    match timer::timeout(replies, TIMEOUT_MS).await {
        None => Reply::NoAccess { tab: Some(tab), why: AccessProblem::Busy },
        Some(Ok(injected)) if injected.is_empty() => Reply::NoAccess { tab: Some(tab), why: AccessProblem::Restricted },
        Some(Ok(injected)) => {
            // A popup that is opening doesn't wait for the policy. It gets the restriction with the next poll.
            let rules = if clicked { rules.now() } else { rules.wait().await };
            let restriction = rules.restriction(tab.url.as_deref().unwrap_or_default());
            let (frames, left_out) = frames(injected);
            Reply::Inspected { tab: InspectedTab { restriction, ..tab }, frames, left_out }
        }
        Some(Err(error)) => {
            // The click grants access wherever possible, and a URL is visible only with access.
            let granted = clicked || tab.url.is_some();
            Reply::NoAccess { tab: Some(tab), why: access_problem(&error.to_string(), granted, website) }
        }
    }
}

fn to_tab(tab: TabInfo) -> InspectedTab {
    InspectedTab { id: tab.id, url: tab.url, title: tab.title, active: tab.active, restriction: None }
}

/// The main frame first, then the frames with anything of Upscope, then the others, each in the browser's order. Also
/// returns the number of frames left out.
fn frames(mut injected: Vec<InjectionResult>) -> (Vec<FrameReport>, u32) {
    injected.sort_by_key(|one| (one.frame != 0, !is_found(&one.result)));
    let answered = injected.len();
    let mut room = MAX_TEXTS;
    let mut frames = vec![];
    for one in injected.into_iter().take(MAX_FRAMES) {
        let text = probe_text(&one.result);
        let Some(left) = room.checked_sub(text.encode_utf16().count()) else { break };
        room = left;
        frames.push(FrameReport { frame: one.frame, document_id: one.document_id, text });
    }
    let left_out = (answered - frames.len()) as u32;
    (frames, left_out)
}

fn is_found(result: &JsValue) -> bool {
    result.dyn_ref::<JsString>().is_some_and(|text| text.starts_with(FOUND_PREFIX, 0))
}
