//! Doing what the person asked for, in the document they saw and in no other.

use super::{journal, probe_text, recording};
use crate::managed;
use crate::protocol::message::{Answer, BEGIN_MS, Moment, NotDone, TELL_TIME, Target};
use crate::restriction::{not_begun, not_done};
use crate::webext::scripting::{Frames, run_in_page};
use crate::webext::{random, tabs, timer};
use inspector_core::policy::Hold;
use js_sys::{Array, Function};

/// Performs one act, unless it cannot begin before `until`. It is written down before it begins and again when it is done,
/// so that a popup that opens later knows of it, or knows that nobody knows.
pub async fn perform(target: Target, ask: String, note: String, until: Option<Moment>, probe: &Function) -> Answer {
    if let Some(why) = held(&target).await {
        return Answer::NotDone { why };
    }
    let by = match last_moment(&target, until, probe).await {
        Ok(by) => by,
        Err(why) => return Answer::NotDone { why },
    };
    let id = random::number();
    // An act that cannot be written down is still the person's wish; they are told that it cannot be shown again later.
    let noted = journal::begin(&target, id, ask.clone(), note).await;
    let recorded = recording::own_begins(&target, id, &ask).await;
    let arguments = Array::of3(&ask.as_str().into(), &by.into(), &(id as f64).into());
    let done = run_in_page(target.tab, frames(&target), probe, &arguments).await;
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

fn frames(target: &Target) -> Frames<'_> {
    match &target.document_id {
        Some(id) => Frames::Document(id),
        None => Frames::One(target.frame),
    }
}

/// The last moment at which the act may begin, by the document's own clock: what is injected into a page that is busy or
/// falls asleep would else run whenever it wakes. The page must tell its time at once to show that it runs anything at all.
async fn last_moment(target: &Target, until: Option<Moment>, probe: &Function) -> Result<f64, NotDone> {
    let arguments = Array::of1(&TELL_TIME.into());
    let ask = run_in_page(target.tab, frames(target), probe, &arguments);
    let told = timer::in_time(ask, BEGIN_MS).await.ok_or(NotDone::TooLate)?.map_err(|error| not_done(&error))?;
    let time = told.first().and_then(|one| one.result.as_f64()).ok_or(NotDone::NoAnswer)?;
    let is_late = until.is_some_and(|until| until.is_past(timer::now().into()));
    if is_late { Err(NotDone::TooLate) } else { Ok(time + f64::from(BEGIN_MS)) }
}

/// What stands against it: the organisation, whatever the page that asks believes, or the browser, which has stopped the
/// tab. A tab whose address cannot be seen is of no allowed site.
async fn held(target: &Target) -> Option<NotDone> {
    let rules = managed::ask().await;
    let tab = tabs::get(target.tab).await.ok();
    let url = tab.as_ref().and_then(|tab| tab.url.as_deref());
    match rules.hold(url.unwrap_or_default()) {
        Some(Hold::ReadOnly) => Some(NotDone::ReadOnly),
        Some(Hold::NotHere) => Some(NotDone::NotHere),
        None => tab.and_then(|tab| not_begun(tab.frozen, tab.discarded)),
    }
}
