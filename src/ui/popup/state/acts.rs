//! What was done to the page and what became of it.

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

    /// Whether it sends what stands in the draft, which is then done with.
    pub(super) fn uses_draft(self) -> bool {
        matches!(self, Self::Update | Self::Switch)
    }
}

/// What the popup wants to find beside an act when it opens again.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub doing: Doing,
    /// The argument of the call, for `Update`, `Undo` and `Switch`.
    pub sent: Option<Value>,
    /// The argument that would take it back.
    pub undo: Option<Value>,
    /// Fields whose earlier value is not known, so that they cannot be taken back.
    pub no_undo: Vec<Field>,
    /// The short ID before.
    pub short_id: Option<String>,
    /// The chosen lookup code, for `SetCode`.
    pub code: Option<String>,
    /// Whether metadata is lost if the call waits (see [`Model::queue_loses_metadata`]).
    pub loses_metadata: bool,
    /// What was typed for it, which is done with once the call was made.
    pub draft: Option<Box<StoredEdit>>,
}

/// The newest act on a document.
#[derive(Clone, Debug, PartialEq)]
pub struct LastAct {
    pub note: Note,
    pub target: Target,
    pub status: Status,
}

/// How far an act has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    Running,
    /// The page answered.
    Done(ActReply),
    NotDone(NotDone),
    /// The background gave no answer, so whether the page got the call is not known; in the browser's words.
    Unanswered(String),
}

impl LastAct {
    pub fn is_running(&self) -> bool {
        self.status == Status::Running
    }

    /// An act as it was kept.
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

    /// Whether the page did not make the call because it would have waited.
    pub fn found_it_down(&self) -> bool {
        matches!(&self.status, Status::Done(reply) if reply.refused == Some(ActRefused::Down))
    }

    /// Whether the call was made, as far as the page says.
    pub fn is_made(&self) -> bool {
        matches!(&self.status, Status::Done(reply) if reply.refused.is_none())
    }

    /// Whether the page answered before it could send a switch's new identity.
    pub(super) fn awaits_handshake(&self) -> bool {
        matches!(&self.status, Status::Done(reply) if reply.sent == Some(false))
    }

    /// Whether the call is still to be made: it stands in the queue of the page that `report` is about, or the page waits
    /// for the new visitor.
    pub fn is_waiting(&self, report: &Report) -> bool {
        match &self.status {
            Status::Done(reply) if reply.sent == Some(false) => self.awaits_visitor(reply, report),
            Status::Done(reply) => reply.waiting && stands_in_queue(reply, report),
            _ => false,
        }
    }

    /// Whether the page still waits for the new visitor of a switch. 2.x takes the old one's short ID out of its storage
    /// and puts the new one there with the handshake.
    fn awaits_visitor(&self, reply: &ActReply, report: &Report) -> bool {
        match &report.visitor.short_id {
            Observed::Value(id, _) if Some(id) == self.note.short_id.as_ref() => true,
            Observed::Unknown(Why::NotFound) if report.settings.readable => true,
            _ => stands_in_queue(reply, report),
        }
    }

    /// What became of each changed field, by what the page says now.
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

/// Whether the very call of `reply` still stands in the queue. Without a mark on it, any waiting call may be it.
fn stands_in_queue(reply: &ActReply, report: &Report) -> bool {
    match &reply.mark {
        Some(mark) => report.own_waiting.contains(mark),
        None => report.waiting != Some(0),
    }
}

impl Note {
    /// The JSON text it is kept as.
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

    /// Reads the form it is kept in; `None` for any other.
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

/// The call and the note for a patch.
pub(super) fn send(model: &Model, patch: VisitorPatch, doing: Doing) -> Option<(Ask, Note)> {
    let report = model.report()?;
    let document = report.page.document.clone();
    let mut note = Note { sent: Some(patch.argument()), ..Note::plain(doing, model) };
    let may_wait = model.is_told_to_wait();
    if doing == Doing::Switch {
        return Some((Ask { document, may_wait, act: AskAct::Switch(patch.argument()) }, note));
    }
    let undo = undo(&patch, &report.visitor);
    note.undo = undo.patch.map(|patch| patch.argument());
    note.no_undo = undo.impossible;
    Some((Ask { document, may_wait, act: AskAct::Update(patch.argument()) }, note))
}

/// What a yes to a dialog asks of the page; `None` when there is nothing to ask (no page, a code that is none).
pub(super) fn confirmed(model: &Model, dialog: super::Dialog) -> Option<(Ask, Note)> {
    let document = model.report()?.page.document.clone();
    let may_wait = model.is_told_to_wait();
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

/// What applying the draft does.
pub(super) fn apply(model: &Model, edit: &Edit) -> Option<(Ask, Note)> {
    let patch = model.patch().ok()??;
    let doing = match edit.mode {
        Mode::Update => Doing::Update,
        Mode::Switch => Doing::Switch,
    };
    send(model, patch, doing)
}
