//! Doing what the person asked for, in the document they saw and in no other.

use super::{journal, probe_text, recording};
use crate::managed;
use crate::messages::page::{ASK_TIME, BEGIN_MS};
use crate::messages::{ActionRefusal, DocumentTarget, Moment, PageCommand, PendingEdit, Reply};
use crate::restriction::{not_begun, not_done};
use crate::webext::scripting::{Frames, run_in_page};
use crate::webext::{random, tabs, timer};
use inspector_core::policy::Hold;
use js_sys::{Array, Function};

/// Performs one command, unless it cannot begin before `deadline`. It is written down before it begins and again when it is
/// done, so that a popup that opens later knows of it, or knows that nobody knows.
pub async fn perform(
    target: &DocumentTarget,
    command: &PageCommand,
    edit: PendingEdit,
    deadline: Option<Moment>,
    probe: &Function,
) -> Reply {
    if let Some(why) = held(target).await {
        return Reply::Refused { why };
    }
    let by = match last_moment(target, deadline, probe).await {
        Ok(by) => by,
        Err(why) => return Reply::Refused { why },
    };
    let id = random::number();
    let command = command.to_text();
    // A command that could not be stored still runs, because the person asked for it. The reply says that it can't be shown later.
    let stored = journal::begin(target, id, edit).await;
    let recorded = recording::own_begins(target, id, &command).await;
    let arguments = Array::of3(&command.as_str().into(), &by.into(), &(id as f64).into());
    let done = run_in_page(target.tab, frames(target), probe, &arguments).await;
    let answer = match done {
        Ok(injected) => match injected.first().map(|one| probe_text(&one.result)).filter(|text| !text.is_empty()) {
            Some(text) => Ok(text),
            None => Err(ActionRefusal::NoAnswer),
        },
        Err(error) => Err(not_done(&error.to_string())),
    };
    let text = answer.as_deref().unwrap_or_default();
    let stored = stored.and(journal::finish(target, id, text).await);
    let recorded = recorded.and(recording::own_ends(target, id, &command, answer.is_ok()).await);
    match answer {
        Ok(text) => Reply::Performed { text, not_stored: stored.and(recorded).err().map(|error| error.to_string()) },
        Err(why) => Reply::Refused { why },
    }
}

fn frames(target: &DocumentTarget) -> Frames<'_> {
    match &target.document_id {
        Some(id) => Frames::Document(id),
        None => Frames::One(target.frame),
    }
}

/// The last moment at which the command may begin, by the document's own clock: what is injected into a page that is busy or
/// falls asleep would else run whenever it wakes. The page must tell its time at once to show that it runs anything at all.
async fn last_moment(
    target: &DocumentTarget,
    deadline: Option<Moment>,
    probe: &Function,
) -> Result<f64, ActionRefusal> {
    let arguments = Array::of1(&ASK_TIME.into());
    let ask = run_in_page(target.tab, frames(target), probe, &arguments);
    let injected = timer::in_time(ask, BEGIN_MS)
        .await
        .ok_or(ActionRefusal::TooLate)?
        .map_err(|error| not_done(&error.to_string()))?;
    let time = injected.first().and_then(|one| one.result.as_f64()).ok_or(ActionRefusal::NoAnswer)?;
    let is_late = deadline.is_some_and(|deadline| deadline.is_past(timer::now().into()));
    if is_late { Err(ActionRefusal::TooLate) } else { Ok(time + f64::from(BEGIN_MS)) }
}

/// What stands against it: the organisation, whatever the page that asks believes, or the browser, which has stopped the
/// tab. A tab whose address cannot be seen is of no allowed site.
async fn held(target: &DocumentTarget) -> Option<ActionRefusal> {
    let rules = managed::ask().await;
    let tab = tabs::get(target.tab).await.ok();
    let url = tab.as_ref().and_then(|tab| tab.url.as_deref());
    match rules.hold(url.unwrap_or_default()) {
        Some(Hold::ReadOnly) => Some(ActionRefusal::ReadOnly),
        Some(Hold::NotHere) => Some(ActionRefusal::NotHere),
        None => tab.and_then(|tab| not_begun(tab.frozen, tab.discarded)),
    }
}
