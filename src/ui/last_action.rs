//! The newest act on the page, and its result.

use crate::messages::{ActionRefusal, DocumentTarget, PendingEdit};
use crate::storage_format::session::JournalEntry;
use inspector_core::edit::outcome::{FieldOutcome, outcome};
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::page_report::raw_report;
use inspector_core::page_report::{ProbeRefusal, ProbeReply, Report};
use inspector_core::visitor::Field;
use inspector_core::visitor::observed::{Observed, UnknownReason};

/// The newest act on a document.
#[derive(Clone, Debug, PartialEq)]
pub struct LastAction {
    pub edit: PendingEdit,
    pub target: DocumentTarget,
    pub status: ActionStatus,
}

/// The status of an act.
#[derive(Clone, Debug, PartialEq)]
pub enum ActionStatus {
    Running,
    /// The page replied.
    Done(ProbeReply),
    Refused(ActionRefusal),
    /// The background didn't reply, so it is unknown whether the page got the call.
    Unanswered,
}

impl LastAction {
    pub fn is_running(&self) -> bool {
        self.status == ActionStatus::Running
    }

    /// Restores a stored act.
    pub fn restored(entry: &JournalEntry) -> Self {
        let status = match &entry.reply {
            None => ActionStatus::Unanswered,
            Some(text) => match raw_report::read(text, |_| false).0.act {
                Some(reply) => ActionStatus::Done(reply),
                None => ActionStatus::Refused(ActionRefusal::NoAnswer),
            },
        };
        Self { edit: (*entry.edit).clone(), target: entry.target.clone(), status }
    }

    /// Whether the page didn't make the call because the call would have been queued.
    pub fn is_refused_as_down(&self) -> bool {
        matches!(&self.status, ActionStatus::Done(reply) if reply.refused == Some(ProbeRefusal::Down))
    }

    /// Whether the page reports that the call was made.
    pub fn is_made(&self) -> bool {
        matches!(&self.status, ActionStatus::Done(reply) if reply.refused.is_none())
    }

    /// Whether the page replied before it could send the new identity of a switch.
    pub fn awaits_handshake(&self) -> bool {
        matches!(&self.status, ActionStatus::Done(reply) if reply.sent == Some(false))
    }

    /// Whether the call is still pending: it is in the queue of the page that `report` describes, or the page waits for
    /// the new visitor.
    pub fn is_waiting(&self, report: &Report) -> bool {
        match &self.status {
            ActionStatus::Done(reply) if reply.sent == Some(false) => self.awaits_visitor(reply, report),
            ActionStatus::Done(reply) => reply.waiting && is_in_queue(reply, report),
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
        let (ActionStatus::Done(reply), Some(patch)) = (&self.status, self.patch()) else { return vec![] };
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
