//! What a test, a page or a person at a terminal can make the server do.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Shared;
use super::rest::RestAnswer;
use super::socket::{self, send};

/// What the server can be made to do to open sockets, or to those that come.
///
/// As JSON for `POST /_server/command`: `{"command": "beginSession", "with": {"observer": "Ada"}}`, with
/// `"shortId"` beside it to mean one visitor.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "command", content = "with", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Command {
    /// Cuts the sockets without a word, as a network does.
    DropSockets,
    /// Sends `doNotReconnect`: final for the page load.
    DoNotReconnect,
    /// Begins a co-browsing session with one observer of that name.
    BeginSession { observer: String },
    /// Has the observer move, so that the page shows a cursor with the observer's name.
    MoveObserver,
    /// Ends it.
    EndSession,
    /// Sends `ping`; the SDK answers `pong`.
    Ping,
    /// From now on: whether new sockets are refused (503). Open ones stay.
    RefuseConnections(bool),
    /// From now on: whether `hello` stays unanswered. Turned off, the waiting ones are answered.
    HoldHandshakes(bool),
    /// Sends `apiKeyError [level, text]`.
    ApiKeyError { level: String, text: String },
    /// How the REST API answers from now on, or the next so many times.
    Rest { answer: RestAnswer, times: Option<u32> },
    /// From now on: whether the REST API takes no key any more.
    RevokeRestKey(bool),
    /// Sends any frame.
    Send { name: String, data: Value },
}

/// A command as it comes over HTTP.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Order {
    pub short_id: Option<String>,
    #[serde(flatten)]
    pub command: Command,
}

/// Does what a command says, to every open socket or to those of one visitor.
pub(super) fn perform(shared: &Shared, short_id: Option<&str>, command: &Command) {
    match command {
        Command::RefuseConnections(refuse) => return shared.sockets.refuse(*refuse),
        Command::HoldHandshakes(hold) => return socket::hold_handshakes(shared, *hold),
        Command::Rest { answer, times } => return shared.rest.set(answer.clone(), *times),
        Command::RevokeRestKey(revoked) => return shared.rest.revoke(*revoked),
        _ => {}
    }
    for number in shared.sockets.numbers_of(short_id) {
        perform_on(shared, number, command);
    }
}

fn perform_on(shared: &Shared, number: u64, command: &Command) {
    let tell = |name: &str, data: Value| send(shared, number, name, &data);
    match command {
        Command::DropSockets => shared.sockets.cut(number),
        Command::DoNotReconnect => tell("doNotReconnect", Value::Null),
        Command::BeginSession { observer } => {
            set_in_session(shared, number, true);
            tell("beginSession", Value::Null);
            tell("newObserver", json!([observer_id(number), {"name": observer}]));
        }
        Command::MoveObserver => tell("observerMove", json!([observer_id(number), 10, 10])),
        Command::EndSession => {
            set_in_session(shared, number, false);
            tell("endSession", Value::Null);
        }
        Command::Ping => tell("ping", Value::Null),
        Command::ApiKeyError { level, text } => tell("apiKeyError", json!([level, text])),
        Command::Send { name, data } => tell(name, data.clone()),
        // Not about sockets that are open.
        _ => {}
    }
}

/// The observer of a socket's session.
fn observer_id(number: u64) -> String {
    format!("observer-{number}")
}

fn set_in_session(shared: &Shared, number: u64, in_session: bool) {
    if let Some(short_id) = shared.sockets.short_id(number) {
        shared.records.change(|record| record.visitor_or_new(&short_id).is_in_session = in_session);
    }
}
