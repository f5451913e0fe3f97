//! The acts that the popup requests.

use super::model::{Edit, Model};
use super::parts::{Dialog, Mode};
use crate::messages::{EditKind, PageAction, PageCommand, PendingEdit};
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::edit::undo::undo;
use inspector_core::visitor::lookup_code::LookupCode;

fn plain(kind: EditKind, model: &Model) -> PendingEdit {
    let short_id = model.report().and_then(|report| report.visitor.short_id.value().cloned());
    PendingEdit {
        kind,
        sent: None,
        undo: None,
        no_undo: vec![],
        short_id,
        code: None,
        loses_metadata: model.queue_loses_metadata(),
        draft: None,
    }
}

/// Returns the command for a patch, and what is stored beside it.
pub(super) fn send(model: &Model, patch: VisitorPatch, kind: EditKind) -> Option<(PageCommand, PendingEdit)> {
    let report = model.report()?;
    let document = report.page.document.clone();
    let mut edit = PendingEdit { sent: Some(patch.clone()), ..plain(kind, model) };
    let may_wait = model.expects_queueing();
    if kind == EditKind::Switch {
        return Some((PageCommand { document, may_wait, action: PageAction::Switch { update: patch } }, edit));
    }
    let undo = undo(&patch, &report.visitor);
    edit.undo = undo.patch;
    edit.no_undo = undo.impossible;
    Some((PageCommand { document, may_wait, action: PageAction::Update { update: patch } }, edit))
}

/// Returns the act that a confirmed dialog starts; `None` without a page or with an invalid code.
pub(super) fn from_dialog(model: &Model, dialog: Dialog) -> Option<(PageCommand, PendingEdit)> {
    let document = model.report()?.page.document.clone();
    let may_wait = model.expects_queueing();
    let (action, edit) = match dialog {
        Dialog::LogOut { reconnect } => {
            let kind = if reconnect { EditKind::Reset } else { EditKind::ResetAndStay };
            (PageAction::Reset { reconnect }, plain(kind, model))
        }
        Dialog::AskCode => (PageAction::AskCode {}, plain(EditKind::AskCode, model)),
        Dialog::SetCode => {
            let code = LookupCode::parse(model.edit.code.as_deref()?)?.as_str().to_owned();
            let edit = PendingEdit { code: Some(code.clone()), ..plain(EditKind::SetCode, model) };
            (PageAction::SetCode { code }, edit)
        }
    };
    Some((PageCommand { document, may_wait, action }, edit))
}

/// Returns the act that applies the draft.
pub(super) fn from_draft(model: &Model, edit: &Edit) -> Option<(PageCommand, PendingEdit)> {
    let patch = model.patch().ok()??;
    let kind = match edit.mode {
        Mode::Update => EditKind::Update,
        Mode::Switch => EditKind::Switch,
    };
    send(model, patch, kind)
}
