//! The result of an act, as text.

use crate::messages::ActionRefusal;
use crate::messages::EditKind;
use crate::ui::i18n::*;
use crate::ui::last_action::{ActionStatus, LastAction};
use crate::ui::text::field_text;
use inspector_core::edit::outcome::FieldOutcome;
use inspector_core::json_text::compact;
use inspector_core::page_report::{ProbeRefusal, ProbeReply, Report};
use inspector_core::policy::EditRestriction;
use inspector_core::visitor::Field;

/// The result of an act, as text.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct OutcomeText {
    pub state: ActState,
    /// The value of `data-error`, if it failed.
    pub error: Option<&'static str>,
    pub title: String,
    pub text: Vec<String>,
    pub outcomes: Vec<FieldOutcomeText>,
    pub can_undo: bool,
    /// The part that contains a code or an ID of a visitor.
    pub personal: Option<PersonalPart>,
}

/// The state of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ActState {
    Running,
    #[default]
    Done,
    /// The call waits in the page's queue.
    Waiting,
    NotDone,
    /// It is unknown whether the page received the call.
    Unanswered,
}

impl ActState {
    /// The value of `data-act`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Waiting => "waiting",
            Self::NotDone => "not-done",
            Self::Unanswered => "unanswered",
        }
    }
}

/// The part of the text that is masked while personal data is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonalPart {
    Title,
    Text,
}

impl PersonalPart {
    /// The value of `data-personal`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Text => "text",
        }
    }
}

/// The result for one field.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldOutcomeText {
    pub field: Field,
    pub outcome: FieldResult,
    pub text: String,
}

/// What is known of the new value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldResult {
    /// The page has the value.
    ReadBack,
    /// The server has the value.
    Confirmed,
    Sent,
    Waiting,
    Lost,
    /// The page has another value.
    Differs,
}

impl FieldResult {
    /// The value of `data-outcome`.
    pub fn name(self) -> &'static str {
        match self {
            Self::ReadBack => "read-back",
            Self::Confirmed => "confirmed",
            Self::Sent => "sent",
            Self::Waiting => "waiting",
            Self::Lost => "lost",
            Self::Differs => "differs",
        }
    }
}

impl OutcomeText {
    /// Marks the fields for which the server confirms the sent value, the strongest evidence there is.
    pub fn mark_confirmed(&mut self, is_confirmed: impl Fn(Field) -> bool) {
        for field in &mut self.outcomes {
            if matches!(field.outcome, FieldResult::ReadBack | FieldResult::Sent) && is_confirmed(field.field) {
                (field.outcome, field.text) = (FieldResult::Confirmed, OUTCOME_CONFIRMED.text());
            }
        }
    }
}

/// Describes an act according to the current `report`.
pub fn describe(act: &LastAction, report: &Report, dead_queue: bool) -> OutcomeText {
    match &act.status {
        ActionStatus::Running => {
            OutcomeText { state: ActState::Running, title: ACT_RUNNING.text(), ..OutcomeText::default() }
        }
        ActionStatus::Unanswered => failed(ActState::Unanswered, "unanswered", UNANSWERED_TITLE, UNANSWERED.text()),
        ActionStatus::Refused(why) => not_done(why),
        // The undo wasn't sent, so it is still possible.
        ActionStatus::Done(ProbeReply { refused: Some(why), .. }) => {
            OutcomeText { can_undo: act.edit.kind == EditKind::Undo && act.is_refused_as_down(), ..refused(why) }
        }
        ActionStatus::Done(reply) => describe_reply(act, reply, report, dead_queue),
    }
}

fn failed(state: ActState, error: &'static str, title: Message, text: String) -> OutcomeText {
    OutcomeText { state, error: Some(error), title: title.text(), text: vec![text], ..OutcomeText::default() }
}

fn not_done(why: &ActionRefusal) -> OutcomeText {
    match why {
        ActionRefusal::Moved => moved(),
        ActionRefusal::NoAccess => {
            failed(ActState::NotDone, "no-access", NOT_DONE_NO_ACCESS_TITLE, NOT_DONE_NO_ACCESS.text())
        }
        ActionRefusal::ReadOnly => {
            failed(ActState::NotDone, "held", NOT_DONE_RESTRICTED_TITLE, restriction(EditRestriction::ReadOnly).text())
        }
        ActionRefusal::SiteNotAllowed => failed(
            ActState::NotDone,
            "held",
            NOT_DONE_RESTRICTED_TITLE,
            restriction(EditRestriction::SiteNotAllowed).text(),
        ),
        ActionRefusal::Frozen => failed(ActState::NotDone, "frozen", NOT_DONE_FROZEN_TITLE, NOT_DONE_FROZEN.text()),
        ActionRefusal::Discarded => {
            failed(ActState::NotDone, "discarded", NOT_DONE_DISCARDED_TITLE, NOT_DONE_DISCARDED.text())
        }
        ActionRefusal::TooLate => late(),
        ActionRefusal::NoAnswer => {
            failed(ActState::Unanswered, "no-answer", NOT_DONE_NO_ANSWER_TITLE, NOT_DONE_NO_ANSWER.text())
        }
        ActionRefusal::Failed(text) => {
            failed(ActState::NotDone, "failed", NOT_DONE_FAILED_TITLE, words::not_done_failed(text))
        }
    }
}

/// The organization's restriction.
pub fn restriction(restriction: EditRestriction) -> Message {
    match restriction {
        EditRestriction::ReadOnly => RESTRICTION_READ_ONLY,
        EditRestriction::SiteNotAllowed => RESTRICTION_NOT_HERE,
    }
}

fn refused(why: &ProbeRefusal) -> OutcomeText {
    match why {
        ProbeRefusal::Moved => moved(),
        ProbeRefusal::Gone => failed(ActState::NotDone, "gone", NOT_DONE_GONE_TITLE, NOT_DONE_GONE.text()),
        ProbeRefusal::Late => late(),
        ProbeRefusal::Storage => failed(ActState::NotDone, "storage", NOT_DONE_STORAGE_TITLE, NOT_DONE_STORAGE.text()),
        ProbeRefusal::NotKept(key) => {
            failed(ActState::NotDone, "unkept", NOT_DONE_MOVED_TITLE, words::not_done_not_kept(key))
        }
        ProbeRefusal::NotStored(text) => {
            failed(ActState::NotDone, "unstored", NOT_DONE_NOT_STORED_TITLE, words::not_done_not_stored(text))
        }
        ProbeRefusal::Down => failed(ActState::NotDone, "down", NOT_DONE_DOWN_TITLE, NOT_DONE_DOWN.text()),
        ProbeRefusal::Threw(text) => {
            failed(ActState::NotDone, "threw", NOT_DONE_THREW_TITLE, words::not_done_threw(text))
        }
    }
}

fn moved() -> OutcomeText {
    failed(ActState::NotDone, "moved", NOT_DONE_MOVED_TITLE, NOT_DONE_MOVED.text())
}

fn late() -> OutcomeText {
    failed(ActState::NotDone, "late", NOT_DONE_LATE_TITLE, NOT_DONE_LATE.text())
}

fn describe_reply(act: &LastAction, reply: &ProbeReply, report: &Report, dead_queue: bool) -> OutcomeText {
    let outcomes = act.outcomes(report);
    let waiting = act.is_waiting(report);
    let mut result =
        OutcomeText { state: if waiting { ActState::Waiting } else { ActState::Done }, ..OutcomeText::default() };
    result.personal = match act.edit.kind {
        _ if waiting => None,
        EditKind::Update | EditKind::Undo | EditKind::ResetAndStay => None,
        EditKind::AskCode => reply.code.is_some().then_some(PersonalPart::Title),
        EditKind::SetCode => Some(PersonalPart::Title),
        EditKind::Reset | EditKind::Switch => Some(PersonalPart::Text),
    };
    result.title = match act.edit.kind {
        _ if reply.sent == Some(false) && waiting => ACT_SWITCH_WAITING.text(),
        _ if waiting => ACT_WAITING_TITLE.text(),
        EditKind::Update => update_title(&outcomes).text(),
        EditKind::Undo => ACT_DONE_UNDO.text(),
        EditKind::Reset | EditKind::ResetAndStay => ACT_DONE_RESET.text(),
        EditKind::Switch => ACT_DONE_SWITCH.text(),
        EditKind::AskCode => reply.code.as_deref().map_or_else(|| ACT_NO_CODE.text(), words::act_done_ask_code),
        EditKind::SetCode => words::act_done_set_code(act.edit.code.as_deref().unwrap_or_default()),
    };
    if waiting {
        result.text.push(waiting_text(reply, dead_queue).text());
    }
    match act.edit.kind {
        EditKind::Reset | EditKind::Switch if !waiting => result.text.push(new_visitor_text(act, report)),
        EditKind::ResetAndStay if !waiting => result.text.push(STAYED_OUT.text()),
        EditKind::SetCode => result.text.push(ACT_DONE_SET_CODE_TEXT.text()),
        _ => {}
    }
    result.can_undo = act.edit.undo.is_some();
    if act.edit.kind == EditKind::Update && !act.edit.no_undo.is_empty() {
        result.text.push(words::undo_not(&field_text::names(act.edit.no_undo.iter().copied())));
    }
    result.outcomes = outcomes.into_iter().map(|(field, outcome)| describe_field(field, &outcome)).collect();
    result
}

fn waiting_text(reply: &ProbeReply, dead_queue: bool) -> Message {
    match reply.sent {
        Some(false) => IDENTITY_FOLLOWS,
        _ if dead_queue => ACT_WAITING_DEAD,
        _ => ACT_WAITING_TEXT,
    }
}

/// The title of an update, according to its worst field.
fn update_title(outcomes: &[(Field, FieldOutcome)]) -> Message {
    let any = |wanted: fn(&FieldOutcome) -> bool| outcomes.iter().any(|(_, outcome)| wanted(outcome));
    if any(|outcome| matches!(outcome, FieldOutcome::LostInQueue)) {
        return ACT_LOST_TITLE;
    }
    if any(|outcome| matches!(outcome, FieldOutcome::Differs(_))) {
        return ACT_DIFFERS_UPDATE;
    }
    if any(|outcome| matches!(outcome, FieldOutcome::Sent)) { ACT_SENT_UPDATE } else { ACT_DONE_UPDATE }
}

fn describe_field(field: Field, outcome: &FieldOutcome) -> FieldOutcomeText {
    let (outcome, text) = match outcome {
        FieldOutcome::ReadBack => (FieldResult::ReadBack, OUTCOME_READ_BACK.text()),
        FieldOutcome::Sent => (FieldResult::Sent, OUTCOME_SENT.text()),
        FieldOutcome::Waiting => (FieldResult::Waiting, OUTCOME_WAITING.text()),
        FieldOutcome::LostInQueue => (FieldResult::Lost, OUTCOME_LOST.text()),
        FieldOutcome::Differs(value) => (FieldResult::Differs, words::outcome_differs(&compact(&value.to_json()))),
    };
    FieldOutcomeText { field, outcome, text }
}

fn new_visitor_text(act: &LastAction, report: &Report) -> String {
    match (&act.edit.short_id, report.visitor.short_id.value()) {
        (Some(old), Some(new)) if old != new => words::new_visitor(new, old),
        (None, Some(new)) => words::new_visitor_only(new),
        _ => NEW_VISITOR_WAIT.text(),
    }
}
