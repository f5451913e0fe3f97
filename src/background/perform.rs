//! Doing what the person asked for, in the document they saw and in no other.

use super::{journal, probe_text, recording};
use crate::app::access::not_done;
use crate::browser::scripting::{Frames, run_in_page};
use crate::browser::{random, tabs};
use crate::domain::policy::Hold;
use crate::managed;
use crate::protocol::message::{Answer, NotDone, Target};
use js_sys::{Array, Function};

/// Performs one act. It is written down before it begins and again when it is done, so that a popup that opens later
/// knows of it, or knows that nobody knows.
pub async fn perform(target: Target, ask: String, note: String, probe: &Function) -> Answer {
    if let Some(why) = held(&target).await {
        return Answer::NotDone { why };
    }
    let id = random::number();
    // An act that cannot be written down is still the person's wish; they are told that it cannot be shown again later.
    let noted = journal::begin(&target, id, ask.clone(), note).await;
    let recorded = recording::own_begins(&target, id, &ask).await;
    let arguments = Array::of2(&ask.as_str().into(), &(id as f64).into());
    let frames = match &target.document_id {
        Some(id) => Frames::Document(id),
        None => Frames::One(target.frame),
    };
    let done = run_in_page(target.tab, frames, probe, &arguments).await;
    let answer = match done {
        Ok(injected) => match injected.first().map(|one| probe_text(&one.result)).filter(|text| !text.is_empty()) {
            Some(text) => Answer::Acted { text, unkept: None },
            None => Answer::NotDone { why: NotDone::NoAnswer },
        },
        Err(error) => Answer::NotDone { why: not_done(&error) },
    };
    let reply = if let Answer::Acted { text, .. } = &answer { text } else { "" };
    let noted = noted.and(journal::finish(&target, id, reply).await);
    let recorded = recorded.and(recording::own_ends(&target, id, &ask, !reply.is_empty()).await);
    match answer {
        Answer::Acted { text, .. } => Answer::Acted { text, unkept: noted.and(recorded).err() },
        other => other,
    }
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
