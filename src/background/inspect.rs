//! Looking at a page.

use super::probe_text;
use crate::app::access::no_access;
use crate::browser::scripting::{Frames, Injected, run_in_page};
use crate::browser::tabs::{self, TabInfo};
use crate::managed;
use crate::protocol::message::{Answer, Frame, MAX_FRAMES, NoAccess, Tab};
use js_sys::{Array, Function};
use wasm_bindgen::JsValue;

/// Looks at every frame of a tab that may be seen.
pub async fn inspect(tab: Option<i32>, probe: &Function) -> Answer {
    let clicked = tab.is_none();
    let asked = managed::ask();
    let found = match tab {
        Some(id) => tabs::get(id).await.map(Some),
        None => tabs::active().await,
    };
    let tab = match found {
        Ok(Some(tab)) => seen(tab),
        Ok(None) => return Answer::NoAccess { tab: None, why: NoAccess::NoTab },
        Err(error) => return Answer::NoAccess { tab: None, why: no_access(&error, false) },
    };
    match run_in_page(tab.id, Frames::All, probe, &Array::of1(&JsValue::NULL)).await {
        Ok(injected) if injected.is_empty() => Answer::NoAccess { tab: Some(tab), why: NoAccess::Restricted },
        Ok(injected) => {
            // A popup that opens does not wait for a policy: what it does not know yet, it is told at its next look.
            let hold = asked.wait(!clicked).await.hold(tab.url.as_deref().unwrap_or_default());
            Answer::Inspected { tab: Tab { hold, ..tab }, frames: frames(injected) }
        }
        Err(error) => {
            // The click gives access wherever it can be given, and an address is seen only with access.
            let granted = clicked || tab.url.is_some();
            Answer::NoAccess { tab: Some(tab), why: no_access(&error, granted) }
        }
    }
}

fn seen(tab: TabInfo) -> Tab {
    Tab { id: tab.id, url: tab.url, title: tab.title, active: tab.active, hold: None }
}

/// The page itself first, the rest in the browser's order.
fn frames(mut injected: Vec<Injected>) -> Vec<Frame> {
    if let Some(top) = injected.iter().position(|frame| frame.frame == 0) {
        injected[..=top].rotate_right(1);
    }
    injected.truncate(MAX_FRAMES);
    let frame = |one: Injected| Frame { frame: one.frame, document_id: one.document_id, text: probe_text(&one.result) };
    injected.into_iter().map(frame).collect()
}
