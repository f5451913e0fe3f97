//! Acts on the page and their results.

use super::model::{Edit, Mode, Model};
use crate::messages::{ActionRefusal, DocumentTarget, EditKind, PageAction, PageCommand, PendingEdit};
use crate::storage_format::session::JournalEntry;
use inspector_core::edit::outcome::{FieldOutcome, outcome};
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::edit::undo::undo;
use inspector_core::page_report::raw_report;
use inspector_core::page_report::{ProbeRefusal, ProbeReply, Report};
use inspector_core::visitor::Field;
use inspector_core::visitor::lookup_code::LookupCode;
use inspector_core::visitor::observed::{Observed, UnknownReason};

/// The newest act on a document.
#[derive(Clone, Debug, PartialEq)]
pub struct LastAction {
    pub edit: PendingEdit,
    pub target: DocumentTarget,
    pub status: Status,
}

/// The status of an act.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    Running,
    /// The page replied.
    Done(ProbeReply),
    Refused(ActionRefusal),
    /// The background gave no answer, so it is unknown whether the page got the call. Contains the browser's error
    /// text.
    Unanswered(String),
}

impl LastAction {
    pub fn is_running(&self) -> bool {
        self.status == Status::Running
    }

    /// Restores a stored act.
    pub(in crate::ui) fn restored(entry: &JournalEntry) -> Self {
        let status = match &entry.reply {
            None => Status::Unanswered(String::new()),
            Some(text) => match raw_report::read(text, |_| false).0.act {
                Some(reply) => Status::Done(reply),
                None => Status::Refused(ActionRefusal::NoAnswer),
            },
        };
        Self { edit: (*entry.edit).clone(), target: entry.target.clone(), status }
    }

    /// Whether the page didn't make the call because the call would have been queued.
    pub fn is_refused_as_down(&self) -> bool {
        matches!(&self.status, Status::Done(reply) if reply.refused == Some(ProbeRefusal::Down))
    }

    /// Whether the page reports that the call was made.
    pub fn is_made(&self) -> bool {
        matches!(&self.status, Status::Done(reply) if reply.refused.is_none())
    }

    /// Whether the page replied before it could send the new identity of a switch.
    pub(super) fn awaits_handshake(&self) -> bool {
        matches!(&self.status, Status::Done(reply) if reply.sent == Some(false))
    }

    /// Whether the call is still pending: it is in the queue of the page that `report` describes, or the page waits for
    /// the new visitor.
    pub fn is_waiting(&self, report: &Report) -> bool {
        match &self.status {
            Status::Done(reply) if reply.sent == Some(false) => self.awaits_visitor(reply, report),
            Status::Done(reply) => reply.waiting && is_in_queue(reply, report),
            _ => false,
        }
    }

    /// Whether the page still waits for the new visitor of a switch. SDK 2.x removes the previous visitor's short ID
    /// from its storage and stores the new one after the handshake.
    fn awaits_visitor(&self, reply: &ProbeReply, report: &Report) -> bool {
        match &report.visitor.short_id {
            Observed::Value(id, _) if Some(id) == self.edit.short_id.as_ref() => true,
            Observed::Unknown(UnknownReason::NotFound) if report.settings.readable => true,
            _ => is_in_queue(reply, report),
        }
    }

    /// The result for each changed field, according to `report`.
    pub fn outcomes(&self, report: &Report) -> Vec<(Field, FieldOutcome)> {
        let (Status::Done(reply), Some(patch)) = (&self.status, self.patch()) else { return vec![] };
        let waiting = self.is_waiting(report);
        let lost = reply.waiting && self.edit.loses_metadata;
        patch.fields().map(|field| (field, outcome(field, patch, &report.visitor, waiting, lost))).collect()
    }

    /// The patch that was sent.
    pub fn patch(&self) -> Option<&VisitorPatch> {
        self.edit.sent.as_ref()
    }
}

/// Whether the call of `reply` is still in the queue. If the call has no mark, any queued call may be it.
fn is_in_queue(reply: &ProbeReply, report: &Report) -> bool {
    match &reply.mark {
        Some(mark) => report.own_waiting.contains(mark),
        None => report.waiting != Some(0),
    }
}

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
pub(super) fn from_dialog(model: &Model, dialog: super::Dialog) -> Option<(PageCommand, PendingEdit)> {
    let document = model.report()?.page.document.clone();
    let may_wait = model.expects_queueing();
    let (action, edit) = match dialog {
        super::Dialog::LogOut { reconnect } => {
            let kind = if reconnect { EditKind::Reset } else { EditKind::ResetAndStay };
            (PageAction::Reset { reconnect }, plain(kind, model))
        }
        super::Dialog::AskCode => (PageAction::AskCode {}, plain(EditKind::AskCode, model)),
        super::Dialog::SetCode => {
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
