//! Commands to the server from a test, a page or a terminal.

use serde::Deserialize;
use serde_json::{Value, json};

use super::rest::RestAnswer;
use super::sockets::send;
use super::{Shared, session, socket};

/// A command for open sockets, or for future ones.
///
/// As JSON for `POST /_server/command`: `{"command": "beginSession", "with": {"observer": "Ada"}}`, with an optional
/// `"shortId"` for one visitor.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "command", content = "with", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Command {
    /// Closes the sockets without a closing handshake, like a network failure.
    DropSockets,
    /// Sends `doNotReconnect`, which is final for the page load.
    DoNotReconnect,
    /// Begins a co-browsing session with one observer of that name.
    BeginSession { observer: String },
    /// Moves the observer's cursor, so that the page shows it with the observer's name.
    MoveObserver,
    /// Ends the session.
    EndSession,
    /// Sends `ping`; the SDK answers `pong`.
    Ping,
    /// Whether new sockets are refused (503). Open ones stay.
    RefuseConnections(bool),
    /// Whether `hello` stays unanswered. Turning this off answers the waiting ones.
    HoldHandshakes(bool),
    /// Sends `apiKeyError [level, text]`.
    ApiKeyError { level: String, text: String },
    /// How the REST API responds, always or for a number of requests.
    Rest { answer: RestAnswer, times: Option<u32> },
    /// Whether the REST API accepts no key.
    RevokeRestKey(bool),
    /// Sends any frame.
    Send { name: String, data: Value },
}

/// A command in an HTTP request.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CommandRequest {
    pub short_id: Option<String>,
    #[serde(flatten)]
    pub command: Command,
}

/// Runs a command, for all open sockets or those of one visitor.
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
    let frame = |name: &str, data: Value| send(shared, number, name, &data);
    match command {
        Command::DropSockets => shared.sockets.cut(number),
        Command::DoNotReconnect => frame("doNotReconnect", Value::Null),
        Command::BeginSession { observer } => session::begin(shared, number, observer),
        Command::MoveObserver => session::move_observer(shared, number),
        Command::EndSession => session::end(shared, number),
        Command::Ping => frame("ping", Value::Null),
        Command::ApiKeyError { level, text } => frame("apiKeyError", json!([level, text])),
        Command::Send { name, data } => frame(name, data.clone()),
        // Not for open sockets.
        _ => {}
    }
}
