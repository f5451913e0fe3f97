//! Acts on the page and their results.

use super::model::{Edit, Mode, Model};
use crate::protocol::message::{Ask, AskAct, NotDone, Target};
use crate::protocol::stored::{Act, StoredEdit};
use inspector_core::edit::outcome::{FieldOutcome, outcome};
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::edit::undo::undo;
use inspector_core::json_read;
use inspector_core::json_text::{compact, object};
use inspector_core::page_report::raw_report;
use inspector_core::page_report::{ActRefused, ActReply, Report};
use inspector_core::visitor::Field;
use inspector_core::visitor::lookup_code::LookupCode;
use inspector_core::visitor::observed::{Observed, Why};
use serde_json::Value;

/// The kinds of act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    Update,
    Undo,
    Reset,
    /// Logging out without reconnecting.
    ResetAndStay,
    Switch,
    AskCode,
    SetCode,
}

impl Doing {
    const ALL: [(Self, &str); 7] = [
        (Self::Update, "Update"),
        (Self::Undo, "Undo"),
        (Self::Reset, "Reset"),
        (Self::ResetAndStay, "ResetAndStay"),
        (Self::Switch, "Switch"),
        (Self::AskCode, "AskCode"),
        (Self::SetCode, "SetCode"),
    ];

    fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(doing, _)| doing)
    }

    /// Whether it sends the draft, which then is no longer needed.
    pub(super) fn uses_draft(self) -> bool {
        matches!(self, Self::Update | Self::Switch)
    }
}

/// Data stored with an act, for a popup that opens later.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub doing: Doing,
    /// The argument of the call, for `Update`, `Undo` and `Switch`.
    pub sent: Option<Value>,
    /// The argument of the call that undoes it.
    pub undo: Option<Value>,
    /// Fields that can't be undone, because their earlier value is unknown.
    pub no_undo: Vec<Field>,
    /// The short ID before the act.
    pub short_id: Option<String>,
    /// The chosen lookup code, for `SetCode`.
    pub code: Option<String>,
    /// Whether metadata is lost if the call waits (see [`Model::queue_loses_metadata`]).
    pub loses_metadata: bool,
    /// The edit that the act sends. It is deleted once the call is made.
    pub draft: Option<Box<StoredEdit>>,
}

/// The newest act on a document.
#[derive(Clone, Debug, PartialEq)]
pub struct LastAct {
    pub note: Note,
    pub target: Target,
    pub status: Status,
}

/// The status of an act.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    Running,
    /// The page replied.
    Done(ActReply),
    NotDone(NotDone),
    /// The background gave no answer, so it is unknown whether the page got the call. Contains the browser's error
    /// text.
    Unanswered(String),
}

impl LastAct {
    pub fn is_running(&self) -> bool {
        self.status == Status::Running
    }

    /// Restores a stored act.
    pub(in crate::ui) fn restored(act: &Act) -> Option<Self> {
        let note = Note::read(&json_read::read(&act.note).ok()?)?;
        let status = match &act.reply {
            None => Status::Unanswered(String::new()),
            Some(text) => match raw_report::read(text, |_| false).0.act {
                Some(reply) => Status::Done(reply),
                None => Status::NotDone(NotDone::NoAnswer),
            },
        };
        Some(Self { note, target: act.target.clone(), status })
    }

    /// Whether the page didn't make the call because the call would have been queued.
    pub fn is_refused_as_down(&self) -> bool {
        matches!(&self.status, Status::Done(reply) if reply.refused == Some(ActRefused::Down))
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
    fn awaits_visitor(&self, reply: &ActReply, report: &Report) -> bool {
        match &report.visitor.short_id {
            Observed::Value(id, _) if Some(id) == self.note.short_id.as_ref() => true,
            Observed::Unknown(Why::NotFound) if report.settings.readable => true,
            _ => is_in_queue(reply, report),
        }
    }

    /// The result for each changed field, according to `report`.
    pub fn outcomes(&self, report: &Report) -> Vec<(Field, FieldOutcome)> {
        let (Status::Done(reply), Some(patch)) = (&self.status, self.patch()) else { return vec![] };
        let waiting = self.is_waiting(report);
        let lost = reply.waiting && self.note.loses_metadata;
        patch.fields().map(|field| (field, outcome(field, &patch, &report.visitor, waiting, lost))).collect()
    }

    /// The patch that was sent.
    pub fn patch(&self) -> Option<VisitorPatch> {
        self.note.sent.as_ref().and_then(VisitorPatch::from_argument)
    }
}

/// Whether the call of `reply` is still in the queue. If the call has no mark, any queued call may be it.
fn is_in_queue(reply: &ActReply, report: &Report) -> bool {
    match &reply.mark {
        Some(mark) => report.own_waiting.contains(mark),
        None => report.waiting != Some(0),
    }
}

impl Note {
    /// Serializes the note as JSON text.
    pub fn to_text(&self) -> String {
        compact(&object([
            ("doing", self.doing.name().into()),
            ("sent", self.sent.clone().into()),
            ("undo", self.undo.clone().into()),
            ("noUndo", self.no_undo.iter().map(|field| field.key()).collect()),
            ("shortId", self.short_id.as_deref().into()),
            ("code", self.code.as_deref().into()),
            ("losesMetadata", self.loses_metadata.into()),
            ("draft", self.draft.as_deref().map(StoredEdit::to_json).into()),
        ]))
    }

    /// Reads a stored note; `None` if it has another form.
    fn read(stored: &Value) -> Option<Self> {
        let given = |key: &str| stored.get(key).filter(|value| !value.is_null()).cloned();
        let text = |key: &str| Some(stored.get(key)?.as_str()?.to_owned());
        let no_undo = stored.get("noUndo")?.as_array()?.iter();
        Some(Self {
            doing: Doing::from_name(stored.get("doing")?.as_str()?)?,
            sent: given("sent"),
            undo: given("undo"),
            no_undo: no_undo.filter_map(|key| Field::from_key(key.as_str()?)).collect(),
            short_id: text("shortId"),
            code: text("code"),
            loses_metadata: stored.get("losesMetadata")?.as_bool()?,
            draft: stored.get("draft").and_then(StoredEdit::read).map(Box::new),
        })
    }

    fn plain(doing: Doing, model: &Model) -> Self {
        let short_id = model.report().and_then(|report| report.visitor.short_id.value().cloned());
        Self {
            doing,
            sent: None,
            undo: None,
            no_undo: vec![],
            short_id,
            code: None,
            loses_metadata: model.queue_loses_metadata(),
            draft: None,
        }
    }
}

/// Returns the call and the note for a patch.
pub(super) fn send(model: &Model, patch: VisitorPatch, doing: Doing) -> Option<(Ask, Note)> {
    let report = model.report()?;
    let document = report.page.document.clone();
    let mut note = Note { sent: Some(patch.argument()), ..Note::plain(doing, model) };
    let may_wait = model.expects_queueing();
    if doing == Doing::Switch {
        return Some((Ask { document, may_wait, act: AskAct::Switch(patch.argument()) }, note));
    }
    let undo = undo(&patch, &report.visitor);
    note.undo = undo.patch.map(|patch| patch.argument());
    note.no_undo = undo.impossible;
    Some((Ask { document, may_wait, act: AskAct::Update(patch.argument()) }, note))
}

/// Returns the act that a confirmed dialog starts; `None` without a page or with an invalid code.
pub(super) fn from_dialog(model: &Model, dialog: super::Dialog) -> Option<(Ask, Note)> {
    let document = model.report()?.page.document.clone();
    let may_wait = model.expects_queueing();
    Some(match dialog {
        super::Dialog::LogOut { reconnect } => {
            let doing = if reconnect { Doing::Reset } else { Doing::ResetAndStay };
            (Ask { document, may_wait, act: AskAct::Reset { reconnect } }, Note::plain(doing, model))
        }
        super::Dialog::AskCode => {
            (Ask { document, may_wait, act: AskAct::AskCode }, Note::plain(Doing::AskCode, model))
        }
        super::Dialog::SetCode => {
            let code = LookupCode::parse(model.edit.code.as_deref()?)?.as_str().to_owned();
            let note = Note { code: Some(code.clone()), ..Note::plain(Doing::SetCode, model) };
            (Ask { document, may_wait, act: AskAct::SetCode(code) }, note)
        }
    })
}

/// Returns the act that applies the draft.
pub(super) fn from_draft(model: &Model, edit: &Edit) -> Option<(Ask, Note)> {
    let patch = model.patch().ok()??;
    let doing = match edit.mode {
        Mode::Update => Doing::Update,
        Mode::Switch => Doing::Switch,
    };
    send(model, patch, doing)
}
