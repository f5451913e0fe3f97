//! The SDK's WebSocket: frames `{c, d}`, the handshake and its effect on the visitor (docs/sdk-reference.md#socket).

use std::collections::BTreeMap;
use std::net::{Shutdown, TcpStream};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, Result};
use serde_json::{Map, Value, json};
use tungstenite::protocol::Role;
use tungstenite::{Message, WebSocket};

use super::command::{Command, perform};
use super::record::{Direction, Record};
use super::{Shared, content};

/// An open socket, for the threads that write to it.
struct Connection {
    stream: TcpStream,
    /// The reading thread has a separate `WebSocket` on the same stream, because one that blocks in `read` can't be
    /// written to.
    writer: WebSocket<TcpStream>,
    short_id: Option<String>,
    /// The `hello` without a response.
    waiting_hello: Option<Map<String, Value>>,
}

#[derive(Default)]
struct State {
    connections: BTreeMap<u64, Connection>,
    last_number: u64,
    refuse: bool,
    hold: bool,
}

/// The open sockets and the settings for new ones.
#[derive(Default)]
pub(super) struct Sockets(Mutex<State>);

impl Sockets {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn refuses(&self) -> bool {
        self.lock().refuse
    }

    pub(super) fn refuse(&self, refuse: bool) {
        self.lock().refuse = refuse;
    }

    /// Closes a socket without a closing handshake.
    pub(super) fn cut(&self, number: u64) {
        if let Some(own) = self.lock().connections.get(&number) {
            drop(own.stream.shutdown(Shutdown::Both));
        }
    }

    /// The visitor of the socket, once its `hello` was answered.
    pub(super) fn short_id(&self, number: u64) -> Option<String> {
        self.lock().connections.get(&number)?.short_id.clone()
    }

    pub(super) fn close_all(&self) {
        for connection in self.lock().connections.values() {
            drop(connection.stream.shutdown(Shutdown::Both));
        }
    }

    fn add(&self, stream: &TcpStream) -> Result<u64> {
        let mut state = self.lock();
        state.last_number += 1;
        let number = state.last_number;
        let writer = WebSocket::from_raw_socket(stream.try_clone()?, Role::Server, None);
        let connection = Connection { stream: stream.try_clone()?, writer, short_id: None, waiting_hello: None };
        state.connections.insert(number, connection);
        Ok(number)
    }

    pub(super) fn numbers_of(&self, short_id: Option<&str>) -> Vec<u64> {
        let state = self.lock();
        let meant = |connection: &Connection| short_id.is_none() || connection.short_id.as_deref() == short_id;
        state.connections.iter().filter(|(_, connection)| meant(connection)).map(|(number, _)| *number).collect()
    }
}

/// Serves an upgraded socket.
pub(super) fn serve(shared: &Shared, stream: TcpStream) -> Result<()> {
    let number = shared.sockets.add(&stream)?;
    shared.records.change(|record| {
        record.sockets_opened += 1;
        record.sockets_open += 1;
    });
    let mut reader = WebSocket::from_raw_socket(stream, Role::Server, None);
    let ended = read_all(shared, number, &mut reader);
    let connection = shared.sockets.lock().connections.remove(&number);
    let still_online = connection
        .and_then(|connection| connection.short_id)
        .map(|short_id| (!shared.sockets.numbers_of(Some(&short_id)).is_empty(), short_id));
    shared.records.change(|record| {
        record.sockets_open -= 1;
        if let Some((online, short_id)) = still_online {
            let visitor = record.visitor_or_new(&short_id);
            visitor.is_online = online;
            visitor.is_in_session &= online;
        }
    });
    ended
}

fn read_all(shared: &Shared, number: u64, reader: &mut WebSocket<TcpStream>) -> Result<()> {
    loop {
        match reader.read() {
            Ok(Message::Text(text)) => receive(shared, number, &serde_json::from_str(text.as_str())?),
            Ok(_) => {}
            Err(tungstenite::Error::ConnectionClosed) => return Ok(()),
            Err(error) => return Err(error).context("the socket broke"),
        }
    }
}

fn receive(shared: &Shared, number: u64, frame: &Value) {
    let name = frame["c"].as_str().unwrap_or_default();
    let data = &frame["d"];
    // The visitor is updated before the record, so that a reader of the record sees the effect of each frame. A `hello`
    // takes effect when it is answered.
    apply(shared, number, name, data);
    shared.records.frame(number, Direction::In, name, data);
    if let ("hello", Value::Object(hello)) = (name, data) {
        greet(shared, number, hello);
    }
}

fn apply(shared: &Shared, number: u64, name: &str, data: &Value) {
    let Some(short_id) = shared.sockets.short_id(number) else {
        return;
    };
    shared.records.change(|record| match (name, data) {
        ("connectionUpdate", Value::Object(update)) => record.visitor_or_new(&short_id).merge(update),
        ("stopSession", _) => record.visitor_or_new(&short_id).is_in_session = false,
        _ => {}
    });
}

/// Answers `hello` now, later or never.
fn greet(shared: &Shared, number: u64, hello: &Map<String, Value>) {
    let key = hello.get("apiKey").and_then(Value::as_str).unwrap_or_default();
    let Some(account) = content::account(key) else {
        let error = json!(["error", format!("no account has the key {key}")]);
        return send(shared, number, "apiKeyError", &error);
    };
    if account.stand_in.silent {
        return;
    }
    {
        let mut state = shared.sockets.lock();
        if state.hold {
            if let Some(own) = state.connections.get_mut(&number) {
                own.waiting_hello = Some(hello.clone());
            }
            return;
        }
    }
    let short_id = welcome(shared, number, hello);
    if let Some(observer) = account.stand_in.begin_session {
        perform(shared, Some(&short_id), &Command::BeginSession { observer });
        perform(shared, Some(&short_id), &Command::MoveObserver);
    }
    if account.stand_in.do_not_reconnect {
        perform(shared, Some(&short_id), &Command::DoNotReconnect);
    }
}

/// The handshake. A known short ID continues that visitor, and so does an unknown one, because profiles outlive this
/// server. `reset` or no ID creates a new visitor. Returns the short ID.
fn welcome(shared: &Shared, number: u64, hello: &Map<String, Value>) -> String {
    let text = |key: &str| hello.get(key).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    let reset = hello.get("reset") == Some(&Value::Bool(true));
    let (short_id, connection_id) = shared.records.change(|record: &mut Record| {
        let claimed = text("shortId").filter(|_| !reset);
        let short_id = claimed.unwrap_or_else(|| record.issue_id(7));
        let connection_id = text("uniqueConnectionId").unwrap_or_else(|| record.issue_id(16));
        let visitor = record.visitor_or_new(&short_id);
        visitor.greet(hello);
        visitor.is_online = true;
        visitor.connections.push(number);
        (short_id, connection_id)
    });
    if let Some(own) = shared.sockets.lock().connections.get_mut(&number) {
        own.short_id = Some(short_id.clone());
    }
    // A connection ID from the tab means a reload or a reconnect, so the response is a welcome back.
    let name = if text("uniqueConnectionId").is_some() { "welcomeBack" } else { "youAre" };
    send(shared, number, name, &json!([short_id, connection_id]));
    short_id
}

pub(super) fn send(shared: &Shared, number: u64, name: &str, data: &Value) {
    shared.records.frame(number, Direction::Out, name, data);
    if let Some(own) = shared.sockets.lock().connections.get_mut(&number) {
        // The reading thread notices a closed page.
        drop(own.writer.send(Message::text(json!({"c": name, "d": data}).to_string())));
    }
}

/// Turning it off answers the waiting `hello`s.
pub(super) fn hold_handshakes(shared: &Shared, hold: bool) {
    let waiting: Vec<_> = {
        let mut state = shared.sockets.lock();
        state.hold = hold;
        if hold {
            return;
        }
        let hellos = state.connections.iter_mut().map(|(number, own)| (*number, own.waiting_hello.take()));
        hellos.filter_map(|(number, hello)| Some((number, hello?))).collect()
    };
    for (number, hello) in waiting {
        welcome(shared, number, &hello);
    }
}
