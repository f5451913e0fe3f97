//! What the popup shows of the team's account: the server's word beside each field. A lazy part of the program asks and
//! compares (`account::watch`); it is loaded only where an account is connected.

use super::acts::{Doing, LastAct};
use super::event::Effect;
use super::model::Model;
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::visitor::Field;

/// What the comparison tells, in words for the person.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Server {
    /// `asking`, `no-account`, `no-short-id`, `error` or `connected`.
    pub state: String,
    pub words: String,
    /// The stable name of what is wrong, where something is.
    pub problem: Option<String>,
    /// Presence, last seen, device.
    pub facts: Option<String>,
    /// The id the server knows the visitor by.
    pub short_id: Option<String>,
    pub agrees: bool,
    /// A request is under way.
    pub asking: bool,
    /// The account's API can be asked for an address at which to watch.
    pub can_watch: bool,
    pub lines: Vec<ServerLine>,
}

/// The server's word on one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerLine {
    /// The field's key in the SDK's words.
    pub key: String,
    pub words: String,
    /// `same`, `not-yet`, `differs` or `unknown`.
    pub agreement: String,
    /// The stable name of the likely reason; may be empty.
    pub reason: String,
}

/// How far a wish to watch the visitor has come.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Watching {
    #[default]
    Idle,
    Starting,
    /// In words for the person.
    Failed(String),
}

impl Model {
    /// The server's word on one thing, as far as it was asked.
    pub fn server_line(&self, key: &str) -> Option<&ServerLine> {
        self.server.as_ref()?.lines.iter().find(|line| line.key == key)
    }

    /// Whether the server, asked since the last act, has what the page has: the strongest word there is on an edit.
    pub fn is_confirmed(&self, field: Field) -> bool {
        self.server_line(field.key()).is_some_and(|line| line.agreement == "same")
    }
}

/// The last act was made. What the server said before it is no word about what it changed.
pub(super) fn edited(model: &mut Model) -> Option<Effect> {
    let last = model.last.as_ref().filter(|last| is_sent(last))?;
    let (patch, sent) = (last.patch()?, VisitorPatch::from_argument(last.note.sent.as_ref()?)?);
    let server = model.server.as_mut()?;
    server.lines.retain(|line| !patch.fields().any(|field| field.key() == line.key));
    Some(Effect::TellServer { sent })
}

fn is_sent(last: &LastAct) -> bool {
    last.is_made() && !last.awaits_handshake() && matches!(last.note.doing, Doing::Update | Doing::Undo | Doing::Switch)
}
