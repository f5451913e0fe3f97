//! The SDK's WebSocket: frames `{c, d}`, the handshake and its effect on the visitor (docs/sdk-reference.md#socket).

use std::net::TcpStream;

use anyhow::{Context as _, Result};
use serde_json::{Map, Value, json};
use tungstenite::protocol::Role;
use tungstenite::{Message, WebSocket};

use super::record::{Direction, Record};
use super::sockets::send;
use super::{Shared, content, session};

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
    welcome(shared, number, hello);
    if let Some(observer) = account.stand_in.begin_session {
        session::begin(shared, number, &observer);
        session::move_observer(shared, number);
    }
    if account.stand_in.do_not_reconnect {
        send(shared, number, "doNotReconnect", &Value::Null);
    }
}

/// The handshake. A known short ID continues that visitor, and so does an unknown one, because profiles outlive this
/// server. `reset` or no ID creates a new visitor.
fn welcome(shared: &Shared, number: u64, hello: &Map<String, Value>) {
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
