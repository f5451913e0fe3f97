//! The popup's transitions.

use super::acts;
use super::copying::copy;
use super::event::{Effect, Event};
use super::frames::{chosen_index, count_hidden, default_frame};
use super::model::{Edit, InspectedFrame, InspectedPage, Model, StorageFailure, View};
use super::parts::{CopyTarget, Dialog, Mode, Panel, ShortcutResult, WatchProgress};
use super::polling;
use super::recording;
use super::server;
use super::shortcut;
use crate::messages::{
    AccessProblem, ActionRefusal, EditKind, FrameReport, InspectedTab, PageCommand, PendingEdit, Reply,
};
use crate::storage_format::session::{ChosenFrame, VERSION};
use crate::ui::last_action::{ActionStatus, LastAction};
use inspector_core::page_report::connection::{Idle, Link, Sdk};
use inspector_core::page_report::raw_report;

/// Applies one event to the model and returns the effects to perform, in order.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    let is_passive = matches!(
        event,
        Event::Poll(_)
            | Event::InspectionTook(_)
            | Event::Inspected(_)
            | Event::NotInspected(_)
            | Event::Copy { .. }
            | Event::CopyCode { .. }
            | Event::CopyAnswered(_)
            | Event::Saved(_)
            | Event::DraftsChanged(_)
            | Event::FoundRecording
            | Event::FoundAccount
            | Event::RecordingChanged(_)
            | Event::Compared(_)
            | Event::Loaded
            | Event::NotLoaded
            | Event::Performed(_)
            | Event::Watched(_)
            | Event::Replaced { .. }
            | Event::AccessAnswered(_)
    );
    if !is_passive {
        (model.copied, model.shortcut_result) = (None, None);
    }
    match event {
        Event::Inspected(answer) => inspected(model, answer),
        Event::NotInspected(why) => not_inspected(model, why),
        Event::Restored(stored) => {
            model.chosen = stored.chosen.clone();
            model.restored = Some(stored);
            apply_chosen_frame(model);
            model.reconcile().into_iter().collect()
        }
        Event::NotRestored(why) => {
            model.unsaved = Some(StorageFailure::NotRead(why));
            vec![]
        }
        Event::DraftsChanged(drafts) => {
            model.follow_other_popups(drafts);
            vec![]
        }
        Event::Saved(outcome) => {
            if !matches!(model.unsaved, Some(StorageFailure::NotRead(_))) {
                model.unsaved = outcome.err().map(StorageFailure::NotWritten);
            }
            vec![]
        }
        Event::Poll(now) => {
            model.now = now;
            if polling::is_resting(model) { vec![] } else { inspect(model) }
        }
        Event::InspectionTook(duration) => {
            polling::rest(model, duration);
            vec![]
        }
        Event::Refresh | Event::AccessAnswered(true) => inspect(model),
        Event::AccessAnswered(false) => vec![],
        Event::ShowTab => model.tab_id().map(|tab| Effect::ShowTab { tab }).into_iter().collect(),
        Event::Replaced { was, is } => replaced(model, was, is),
        Event::ChooseFrame(index) => choose_frame(model, index),
        Event::Edit(field, change) => {
            model.edit.draft.set(field, change);
            save(model)
        }
        Event::ReplaceUnread(field) => {
            model.edit.draft.replace_unread(field);
            vec![]
        }
        Event::Discard => {
            model.edit = Edit::default();
            save(model)
        }
        Event::BeginSwitch => {
            model.store_draft();
            model.edit.mode = Mode::Switch;
            save(model)
        }
        Event::RestoreDraft(index) => {
            model.restore_draft(index);
            save(model)
        }
        Event::DeleteDraft(index) => {
            if index < model.stored_drafts.len() {
                model.stored_drafts.remove(index);
            }
            save(model)
        }
        Event::Open(dialog) => {
            model.dialog = Some(dialog);
            if dialog == Dialog::SetCode {
                model.edit.code.get_or_insert_default();
            }
            vec![]
        }
        Event::TypeCode(text) => {
            model.edit.code = Some(text);
            save(model)
        }
        Event::CloseDialog => {
            model.dialog = None;
            model.edit.code = None;
            save(model)
        }
        Event::Confirm => match model.dialog {
            Some(dialog) => act(model, acts::from_dialog(model, dialog)),
            None => vec![],
        },
        Event::Apply => act(model, acts::from_draft(model, &model.edit)),
        Event::Undo => undo(model),
        Event::DismissLast => {
            model.last = None;
            vec![]
        }
        Event::Performed(answer) => acted(model, answer),
        Event::Copy { what, masked } => {
            model.shortcut_result =
                model.shortcut_result.filter(|_| what == CopyTarget::LookupCode).map(|_| ShortcutResult::Pending);
            copy(model, what, masked)
        }
        Event::CopyCode { masked } => shortcut::copy_code(model, masked),
        Event::CopyAnswered(copied) => {
            shortcut::answered(model, copied);
            vec![]
        }
        Event::GiveAccess => model.url_to_access().map(|url| Effect::RequestAccess { url }).into_iter().collect(),
        Event::Show(panel) => recording::show(model, panel),
        Event::FoundRecording => recording::start_following(model),
        Event::RecordingChanged(summary) => {
            model.summary = summary;
            model.take_sent();
            vec![]
        }
        Event::Navigated(view) => {
            model.panel = Panel::Recorded(view);
            vec![]
        }
        Event::NotLoaded => {
            model.not_loaded = true;
            vec![]
        }
        Event::Loaded => {
            model.not_loaded = false;
            vec![]
        }
        Event::Propose(patch) => recording::propose(model, &patch).into_iter().collect(),
        Event::FoundAccount => vec![Effect::CompareServer],
        Event::Compared(server) => {
            model.server = Some(server);
            vec![]
        }
        Event::RefreshServer => vec![Effect::RefreshServer],
        Event::Watch => {
            model.watching = WatchProgress::Starting;
            vec![Effect::Watch]
        }
        Event::Watched(done) => {
            model.watching = done.map_or_else(WatchProgress::Failed, |()| WatchProgress::Idle);
            vec![]
        }
    }
}

fn save(model: &Model) -> Vec<Effect> {
    model.save_drafts().into_iter().collect()
}

/// Inspects the page, unless an inspection or an act is in progress: the act's answer is newer.
fn inspect(model: &mut Model) -> Vec<Effect> {
    if model.inspecting || model.is_acting() {
        return vec![];
    }
    model.inspecting = true;
    vec![Effect::Inspect { tab: model.tab_id() }]
}

fn inspected(model: &mut Model, answer: Reply) -> Vec<Effect> {
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
        Reply::Failed(why) => not_inspected(model, why),
        _ => vec![],
    }
}

/// Handles a new tab id. The draft stays with the tab.
fn replaced(model: &mut Model, was: i32, is: i32) -> Vec<Effect> {
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
fn not_inspected(model: &mut Model, why: String) -> Vec<Effect> {
    model.inspecting = false;
    if model.page().is_none() {
        model.view = View::NoAnswer(why);
    }
    vec![]
}

fn show(model: &mut Model, tab: InspectedTab, frames: Vec<FrameReport>, left_out: u32) -> Vec<Effect> {
    let before = model.report().map(|report| report.page.document.clone());
    let read: Vec<_> = frames.into_iter().map(|frame| read_frame(model, frame)).collect();
    if read.is_empty() {
        return no_access(model, Some(tab), AccessProblem::NeedsGrant);
    }
    let hidden_frames = count_hidden(&read, left_out);
    let shown = InspectedPage { at: default_frame(&read), hidden_frames, left_out, stale: None, tab, frames: read };
    let stays = before.as_ref().and_then(|document| shown.index_of(document));
    let mut effects = vec![];
    if before.is_some() && stays.is_none() {
        effects.extend(leave_page(model));
    }
    // A draft or an act belongs to the shown document, never to a frame that loads later.
    let bound = stays.filter(|_| !model.edit.is_empty() || model.last.is_some());
    let at = bound.or_else(|| chosen_index(model, &shown)).unwrap_or(shown.at);
    record_handshake(model, &shown.frames[at]);
    model.view = View::Page(InspectedPage { at, ..shown });
    effects.extend(model.reconcile());
    if before.as_deref() != model.report().map(|report| report.page.document.as_str()) {
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

fn apply_chosen_frame(model: &mut Model) {
    let at = model.page().and_then(|shown| chosen_index(model, shown));
    if let (View::Page(shown), Some(at)) = (&mut model.view, at) {
        shown.at = at;
    }
}

fn choose_frame(model: &mut Model, index: usize) -> Vec<Effect> {
    let Some(shown) = model.page().filter(|shown| index < shown.frames.len() && index != shown.at) else {
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

fn act(model: &mut Model, what: Option<(PageCommand, PendingEdit)>) -> Vec<Effect> {
    let Some((command, edit)) = what.filter(|_| !model.is_acting()) else { return vec![] };
    let Some(target) = model.page().map(InspectedPage::target) else { return vec![] };
    let edit = PendingEdit { draft: edit.kind.uses_draft().then(|| Box::new(model.edit.stored())), ..edit };
    model.last = Some(LastAction { edit: edit.clone(), target: target.clone(), status: ActionStatus::Running });
    vec![Effect::Perform { target, command, edit }]
}

fn undo(model: &mut Model) -> Vec<Effect> {
    let last = model.last.as_ref();
    let inverse = last.and_then(|last| match last.edit.kind {
        EditKind::Undo if last.is_refused_as_down() => last.patch().cloned(),
        _ => last.edit.undo.clone(),
    });
    let what = inverse.and_then(|patch| acts::send(model, patch, EditKind::Undo));
    act(model, what)
}

fn acted(model: &mut Model, answer: Result<Reply, String>) -> Vec<Effect> {
    let status = match answer {
        Ok(Reply::Performed { text, not_stored }) => {
            model.unnoted = not_stored;
            read_reply(model, &text)
        }
        Ok(Reply::Refused { why }) => ActionStatus::Refused(why),
        Ok(Reply::Failed(why)) => ActionStatus::Unanswered(why),
        Ok(_) => ActionStatus::Refused(ActionRefusal::NoAnswer),
        Err(why) => ActionStatus::Unanswered(why),
    };
    let Some(last) = &mut model.last else { return vec![] };
    last.status = status;
    let mut effects = if last.is_made() { finish_act(model) } else { vec![] };
    effects.extend(server::remove_outdated_lines(model));
    effects.extend(inspect(model));
    effects
}

/// Shows the report in the act's answer, so that values read back appear at once.
fn read_reply(model: &mut Model, text: &str) -> ActionStatus {
    let (report, oddities) = raw_report::read(text, |document| model.saw_handshake(document));
    let Some(reply) = report.act.clone() else { return ActionStatus::Refused(ActionRefusal::NoAnswer) };
    if let View::Page(shown) = &mut model.view {
        let frame = &mut shown.frames[shown.at];
        if frame.report.page.document == report.page.document {
            (frame.report, frame.oddities) = (report, oddities);
        }
    }
    model.take_sent();
    ActionStatus::Done(reply)
}

/// Handles that the call was made: the draft is done. Acts from a dialog leave the draft unchanged.
fn finish_act(model: &mut Model) -> Vec<Effect> {
    let Some(kind) = model.last.as_ref().map(|last| last.edit.kind) else { return vec![] };
    match kind {
        EditKind::Update | EditKind::Switch => model.edit = Edit { code: model.edit.code.take(), ..Edit::default() },
        EditKind::SetCode => model.edit.code = None,
        _ => {}
    }
    model.dialog = None;
    save(model)
}
