//! The popup's transitions.

use super::acts;
use super::copying::copy;
use super::drafts::{change_edit, save};
use super::event::{Effect, Event};
use super::inspection::{apply_chosen_frame, choose_frame, inspect, inspected, not_inspected, replaced, tab_loading};
use super::model::{Edit, InspectedPage, Model, StorageFailure, View};
use super::parts::{CopyTarget, Panel, ShortcutResult, WatchProgress};
use super::polling;
use super::recording;
use super::server;
use super::shortcut;
use crate::messages::{ActionRefusal, EditKind, PageCommand, PendingEdit, Reply};
use crate::ui::last_action::{ActionStatus, LastAction};
use crate::ui::request_error::RequestError;
use inspector_core::page_report::raw_report;

/// Applies one event to the model and returns the effects to perform, in order.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    if !is_passive(&event) {
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
        Event::TabLoading(tab) => tab_loading(model, tab),
        Event::ChooseFrame(index) => choose_frame(model, index),
        Event::Edit(field, value) => change_edit(model, |model| model.edit.draft.set(field, value)),
        Event::ReplaceUnread(field) => {
            model.edit.draft.replace_unread(field);
            vec![]
        }
        Event::Discard => change_edit(model, |model| model.edit = Edit::default()),
        Event::BeginSwitch => change_edit(model, Model::begin_switch),
        Event::RestoreDraft(index) => change_edit(model, |model| model.restore_draft(index)),
        Event::DeleteDraft(index) => change_edit(model, |model| model.delete_draft(index)),
        Event::Open(dialog) => {
            model.open(dialog);
            vec![]
        }
        Event::TypeCode(text) => change_edit(model, |model| model.edit.code = Some(text)),
        Event::CloseDialog => change_edit(model, |model| (model.dialog, model.edit.code) = (None, None)),
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

/// Whether the person did nothing that ends the display of the last copy and shortcut.
fn is_passive(event: &Event) -> bool {
    matches!(
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
            | Event::TabLoading(_)
            | Event::AccessAnswered(_)
    )
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

fn acted(model: &mut Model, answer: Result<Reply, RequestError>) -> Vec<Effect> {
    let status = match answer {
        Ok(Reply::Performed { text, not_stored }) => {
            model.unnoted = not_stored;
            read_reply(model, &text)
        }
        Ok(Reply::Refused { why }) => ActionStatus::Refused(why),
        Ok(Reply::Failed(_)) | Err(_) => ActionStatus::Unanswered,
        Ok(_) => ActionStatus::Refused(ActionRefusal::NoAnswer),
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
        let frame = &mut shown.frames[shown.frame_index];
        if frame.report.page.document == report.page.document {
            (frame.report, frame.oddities) = (report, oddities);
            shown.read_at = model.now;
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
