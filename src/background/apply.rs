//! Applying an act to the document that the person saw.

use super::{inspect, journal, recording};
use crate::errors::BrowserError;
use crate::managed;
use crate::messages::page::{ASK_TIME, BEGIN_MS, SWITCH_MS};
use crate::messages::{ActionRefusal, DocumentTarget, Moment, PageCommand, PendingEdit, Reply};
use crate::restriction::{action_refusal, interruption, stopped_tab_refusal};
use crate::webext::scripting::{Frames, InjectionResult, run_in_page};
use crate::webext::{random, tabs, timer};
use inspector_core::policy::EditRestriction;
use js_sys::{Array, Function};

/// The time limit of an act in the page, in milliseconds: the time to begin, to wait for a new visitor, and to report.
/// The browser never replies for a document that has entered the back/forward cache.
const ACT_MS: u32 = BEGIN_MS + SWITCH_MS + 5_000;

/// Performs one command, unless it can't begin before `deadline`. The journal is written before and after. A popup that
/// opens later reads the result there, or that the result is unknown.
pub async fn apply(
    target: &DocumentTarget,
    command: &PageCommand,
    edit: PendingEdit,
    deadline: Option<Moment>,
    probe: &Function,
) -> Reply {
    if let Some(why) = find_restriction(target).await {
        return Reply::Refused { why };
    }
    let deadline = match read_deadline(target, deadline, probe).await {
        Ok(deadline) => deadline,
        Err(why) => return Reply::Refused { why },
    };
    let id = random::number();
    let command = command.to_text();
    // A command is performed even if the journal can't be written. The popup then shows that it can't be restored
    // later.
    let stored = journal::begin(target, id, edit).await;
    let recorded = recording::record_begin(target, id, &command).await;
    let arguments = Array::of3(&command.as_str().into(), &deadline.into(), &(id as f64).into());
    inspect::discard_late(target.tab);
    let done = timer::timeout(run_in_page(target.tab, frames(target), probe, &arguments), ACT_MS).await;
    inspect::discard_late(target.tab);
    let answer = read_answer(done);
    let text = answer.as_deref().unwrap_or_default();
    let stored = stored.and(journal::finish(target, id, text).await);
    let recorded = recorded.and(recording::record_end(target, id, &command, answer.is_ok()).await);
    match answer {
        Ok(text) => Reply::Performed { text, not_stored: stored.and(recorded).err().map(|error| error.to_string()) },
        Err(why) => Reply::Refused { why },
    }
}

/// Reads the result of the injected act; `None` if it took too long.
fn read_answer(done: Option<Result<Vec<InjectionResult>, BrowserError>>) -> Result<String, ActionRefusal> {
    let injected = done.ok_or(ActionRefusal::NoAnswer)?.map_err(|error| interruption(&error.to_string()))?;
    let text = injected.first().map(|one| inspect::probe_text(&one.result)).filter(|text| !text.is_empty());
    text.ok_or(ActionRefusal::NoAnswer)
}

fn frames(target: &DocumentTarget) -> Frames<'_> {
    match &target.document_id {
        Some(id) => Frames::Document(id),
        None => Frames::One(target.frame),
    }
}

/// Returns the deadline of the command, on the document's own clock. Without a deadline, a script injected into a busy
/// or frozen page would run whenever the page resumes. The page must return its time at once, to show that it runs
/// scripts at all.
async fn read_deadline(
    target: &DocumentTarget,
    deadline: Option<Moment>,
    probe: &Function,
) -> Result<f64, ActionRefusal> {
    let arguments = Array::of1(&ASK_TIME.into());
    let ask = run_in_page(target.tab, frames(target), probe, &arguments);
    let replies = timer::timeout(ask, BEGIN_MS)
        .await
        .ok_or(ActionRefusal::TooLate)?
        .map_err(|error| action_refusal(&error.to_string()))?;
    let time = replies.first().and_then(|one| one.result.as_f64()).ok_or(ActionRefusal::NoAnswer)?;
    let is_late = deadline.is_some_and(|deadline| deadline.is_past(timer::now().into()));
    if is_late { Err(ActionRefusal::TooLate) } else { Ok(time + f64::from(BEGIN_MS)) }
}

/// Returns why the act isn't allowed: by the organization, whatever the popup assumes, or because the browser has
/// stopped the tab. A tab whose URL isn't visible counts as a site that isn't allowed.
async fn find_restriction(target: &DocumentTarget) -> Option<ActionRefusal> {
    let rules = managed::read_rules().wait().await;
    let tab = tabs::get(target.tab).await.ok();
    let url = tab.as_ref().and_then(|tab| tab.url.as_deref());
    match rules.restriction(url.unwrap_or_default()) {
        Some(EditRestriction::ReadOnly) => Some(ActionRefusal::ReadOnly),
        Some(EditRestriction::SiteNotAllowed) => Some(ActionRefusal::SiteNotAllowed),
        None => tab.and_then(|tab| stopped_tab_refusal(tab.frozen, tab.discarded)),
    }
}
