//! Handles the result of an inspection: the page that is shown, and the one that it replaces.

use super::drafts::save;
use super::event::Effect;
use super::frames::{chosen_index, count_hidden, default_frame};
use super::model::{InspectedFrame, InspectedPage, Model, View};
use super::recording;
use crate::messages::{AccessProblem, FrameReport, InspectedTab, Reply};
use crate::storage_format::session::{ChosenFrame, VERSION};
use crate::ui::request_error::RequestError;
use inspector_core::page_report::connection::{Idle, Link, Sdk};
use inspector_core::page_report::raw_report;

/// Inspects the page, unless an inspection or an act is in progress: the act's answer is newer.
pub(super) fn inspect(model: &mut Model) -> Vec<Effect> {
    if model.inspecting || model.is_acting() {
        return vec![];
    }
    model.inspecting = true;
    vec![Effect::Inspect { tab: model.tab_id() }]
}

pub(super) fn inspected(model: &mut Model, answer: Reply) -> Vec<Effect> {
    model.inspecting = false;
    match answer {
        // An inspection that started before the act shows the page before it.
        Reply::Inspected { .. } if model.is_acting() => vec![],
        Reply::Inspected { tab, frames, left_out } => show(model, tab, frames, left_out),
        // Chromium gives the same error for a page closed to extensions and for a page without access. The answer right
        // after the click is the reliable one.
        Reply::NoAccess { why: AccessProblem::NeedsGrant, .. } if model.is_restricted() => vec![],
        Reply::NoAccess { tab: Some(tab), why } if why.is_temporary() && model.is_showing(tab.id) => {
            mark_stale(model, why)
        }
        Reply::NoAccess { tab, why } => no_access(model, tab, why),
        Reply::Failed(why) => not_inspected(model, RequestError::Failed(why)),
        _ => vec![],
    }
}

/// Handles a new tab id. The draft stays with the tab.
pub(super) fn replaced(model: &mut Model, was: i32, is: i32) -> Vec<Effect> {
    if model.tab_id() != Some(was) {
        return vec![];
    }
    model.tab = Some(is);
    match &mut model.view {
        View::Page(InspectedPage { tab, .. }) | View::NoAccess { tab: Some(tab), .. } => tab.id = is,
        _ => {}
    }
    save(model)
}

/// Handles that a tab loads a page. Whether the previous page was closed to extensions doesn't matter for this one.
pub(super) fn tab_loading(model: &mut Model, tab: i32) -> Vec<Effect> {
    if model.tab_id() == Some(tab) && model.is_restricted() {
        model.view = View::Loading;
    }
    vec![]
}

/// Handles a page that doesn't respond: its values and the draft stay.
fn mark_stale(model: &mut Model, why: AccessProblem) -> Vec<Effect> {
    if let View::Page(shown) = &mut model.view {
        shown.stale = Some(why);
    }
    vec![]
}

/// Handles missing access. The last known URL is stored for the permission request, because it isn't readable without
/// access.
fn no_access(model: &mut Model, tab: Option<InspectedTab>, why: AccessProblem) -> Vec<Effect> {
    let was = model.page().map(|shown| (shown.tab.id, shown.frames[0].report.page.url.clone()));
    let tab = tab.map(|tab| match was {
        Some((id, url)) if id == tab.id && tab.url.is_none() => InspectedTab { url: Some(url), ..tab },
        _ => tab,
    });
    let effects = leave_page(model);
    model.view = View::NoAccess { tab, why };
    effects
}

/// Handles a failed inspection. A page that is shown stays: it may only be busy, and the next poll decides.
pub(super) fn not_inspected(model: &mut Model, why: RequestError) -> Vec<Effect> {
    model.inspecting = false;
    if model.page().is_none() {
        model.view = View::NoAnswer(why);
    }
    vec![]
}

fn show(model: &mut Model, tab: InspectedTab, frames: Vec<FrameReport>, left_out: u32) -> Vec<Effect> {
    let before = model.page().map(InspectedPage::target);
    let read: Vec<_> = frames.into_iter().map(|frame| read_frame(model, frame)).collect();
    if read.is_empty() {
        return no_access(model, Some(tab), AccessProblem::NeedsGrant);
    }
    let hidden_frames = count_hidden(&read, left_out);
    let (frame_index, read_at) = (default_frame(&read), model.now);
    let shown = InspectedPage { frame_index, read_at, hidden_frames, left_out, stale: None, tab, frames: read };
    let stays = before.as_ref().and_then(|target| shown.index_of(target));
    let mut effects = vec![];
    if before.is_some() && stays.is_none() {
        effects.extend(leave_page(model));
    }
    // A draft or an act belongs to the shown document, never to a frame that loads later.
    let bound = stays.filter(|_| !model.edit.is_empty() || model.last.is_some());
    let frame_index = bound.or_else(|| chosen_index(model, &shown)).unwrap_or(shown.frame_index);
    record_handshake(model, &shown.frames[frame_index]);
    model.view = View::Page(InspectedPage { frame_index, ..shown });
    effects.extend(model.reconcile());
    if before != model.page().map(InspectedPage::target) {
        effects.extend(follow_document(model));
    }
    model.take_sent();
    effects
}

/// Follows the recording of another document. The summary of the previous one is removed.
fn follow_document(model: &mut Model) -> Vec<Effect> {
    model.summary = None;
    recording::follow(model)
}

/// Handles that the document of the draft and the last act is gone.
fn leave_page(model: &mut Model) -> Vec<Effect> {
    let had_draft = !model.edit.is_empty();
    model.store_draft();
    model.last = None;
    if had_draft { save(model) } else { vec![] }
}

fn read_frame(model: &Model, frame: FrameReport) -> InspectedFrame {
    let (report, oddities) = raw_report::read(&frame.text, |document| model.saw_handshake(document));
    InspectedFrame { frame: frame.frame, document_id: frame.document_id, report, oddities }
}

fn record_handshake(model: &mut Model, frame: &InspectedFrame) {
    if matches!(frame.report.sdk, Sdk::Loaded(Link::HandshakeSeen | Link::NotConnected(Idle::AfterReset))) {
        let document = &frame.report.page.document;
        if !model.saw_handshake(document) {
            model.handshakes.push(document.clone());
        }
    }
}

pub(super) fn apply_chosen_frame(model: &mut Model) {
    let index = model.page().and_then(|shown| chosen_index(model, shown));
    if let (View::Page(shown), Some(index)) = (&mut model.view, index) {
        shown.frame_index = index;
    }
}

pub(super) fn choose_frame(model: &mut Model, index: usize) -> Vec<Effect> {
    let Some(shown) = model.page().filter(|shown| index < shown.frames.len() && index != shown.frame_index) else {
        return vec![];
    };
    let frame = &shown.frames[index];
    let chosen = ChosenFrame { v: VERSION, frame: frame.frame, page: frame.report.plain_url().to_owned() };
    let tab = shown.tab.id;
    let mut effects = leave_page(model);
    model.chosen = Some(chosen.clone());
    apply_chosen_frame(model);
    effects.extend(follow_document(model));
    effects.push(Effect::SaveFrame { tab, chosen });
    effects
}
