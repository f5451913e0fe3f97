//! Applying an act to the document that the person saw.

use super::{journal, probe_text, recording};
use crate::managed;
use crate::protocol::message::{Answer, BEGIN_MS, Moment, NotDone, TELL_TIME, Target};
use crate::restriction::{not_done, stopped_tab_act};
use crate::webext::scripting::{Frames, run_in_page};
use crate::webext::{random, tabs, timer};
use inspector_core::policy::Hold;
use js_sys::{Array, Function};

/// Applies an act, unless it can't begin before `until`. The journal is written before and after. A popup that opens
/// later reads the result there, or that the result is unknown.
pub async fn apply(target: Target, ask: String, note: String, until: Option<Moment>, probe: &Function) -> Answer {
    if let Some(why) = find_restriction(&target).await {
        return Answer::NotDone { why };
    }
    let deadline = match read_deadline(&target, until, probe).await {
        Ok(deadline) => deadline,
        Err(why) => return Answer::NotDone { why },
    };
    let id = random::number();
    // An act is performed even if the journal can't be written. The popup then shows that it can't be restored later.
    let noted = journal::begin(&target, id, ask.clone(), note).await;
    let recorded = recording::record_begin(&target, id, &ask).await;
    let arguments = Array::of3(&ask.as_str().into(), &deadline.into(), &(id as f64).into());
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
    let recorded = recorded.and(recording::record_end(&target, id, &ask, !reply.is_empty()).await);
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

/// Returns the deadline of the act, on the document's own clock. Without a deadline, a script injected into a busy or
/// frozen page would run whenever the page resumes. The page must return its time at once, to show that it runs scripts
/// at all.
async fn read_deadline(target: &Target, until: Option<Moment>, probe: &Function) -> Result<f64, NotDone> {
    let arguments = Array::of1(&TELL_TIME.into());
    let ask = run_in_page(target.tab, frames(target), probe, &arguments);
    let replies = timer::in_time(ask, BEGIN_MS).await.ok_or(NotDone::TooLate)?.map_err(|error| not_done(&error))?;
    let time = replies.first().and_then(|one| one.result.as_f64()).ok_or(NotDone::NoAnswer)?;
    let is_late = until.is_some_and(|until| until.is_past(timer::now().into()));
    if is_late { Err(NotDone::TooLate) } else { Ok(time + f64::from(BEGIN_MS)) }
}

/// Returns why the act isn't allowed: by the organization, whatever the popup assumes, or because the browser has
/// stopped the tab. A tab whose URL isn't visible counts as a site that isn't allowed.
async fn find_restriction(target: &Target) -> Option<NotDone> {
    let rules = managed::rules().await;
    let tab = tabs::get(target.tab).await.ok();
    let url = tab.as_ref().and_then(|tab| tab.url.as_deref());
    match rules.hold(url.unwrap_or_default()) {
        Some(Hold::ReadOnly) => Some(NotDone::ReadOnly),
        Some(Hold::NotHere) => Some(NotDone::NotHere),
        None => tab.and_then(|tab| stopped_tab_act(tab.frozen, tab.discarded)),
    }
}
