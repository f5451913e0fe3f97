//! Doing what the person asked for, in the document they saw and in no other.

use super::{journal, probe_text, recording};
use crate::app::access::not_done;
use crate::browser::scripting::{Frames, run_in_page};
use crate::browser::tabs;
use crate::domain::policy::Hold;
use crate::managed;
use crate::protocol::message::{Answer, NotDone, Target};
use js_sys::Function;
use wasm_bindgen::JsValue;

/// Performs one act. It is written down before it begins and again when it is done, so that a popup that opens later
/// knows of it, or knows that nobody knows.
pub async fn perform(target: Target, ask: String, note: String, probe: &Function) -> Answer {
    if let Some(why) = held(&target).await {
        return Answer::NotDone { why };
    }
    let argument = JsValue::from(ask.as_str());
    // An act that cannot be written down is still the person's wish; it only cannot be shown again later.
    let entry = journal::begin(&target, ask.clone(), note).await.ok();
    if let Some(entry) = entry {
        recording::own_begins(&target, entry, &ask).await;
    }
    let frames = match &target.document_id {
        Some(id) => Frames::Document(id),
        None => Frames::One(target.frame),
    };
    let done = run_in_page(target.tab, frames, probe, argument).await;
    let answer = match done {
        Ok(injected) => match injected.first().map(|one| probe_text(&one.result)).filter(|text| !text.is_empty()) {
            Some(text) => Answer::Acted { text },
            None => Answer::NotDone { why: NotDone::NoAnswer },
        },
        Err(error) => Answer::NotDone { why: not_done(&error) },
    };
    if let Some(entry) = entry {
        let reply = if let Answer::Acted { text } = &answer { text } else { "" };
        let _ = journal::finish(&target, entry, reply).await;
        recording::own_ends(&target, entry, &ask, !reply.is_empty()).await;
    }
    answer
}

/// What the organisation has against it, whatever the page that asks believes. A tab whose address cannot be seen is of no
/// allowed site.
async fn held(target: &Target) -> Option<NotDone> {
    let rules = managed::ask().await;
    let url = tabs::get(target.tab).await.ok().and_then(|tab| tab.url);
    Some(match rules.hold(url.as_deref().unwrap_or_default())? {
        Hold::ReadOnly => NotDone::ReadOnly,
        Hold::NotHere => NotDone::NotHere,
    })
}
