//! The open sockets, and frames to them.

use std::collections::BTreeMap;
use std::net::{Shutdown, TcpStream};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Result;
use serde_json::{Map, Value, json};
use tungstenite::protocol::Role;
use tungstenite::{Message, WebSocket};

use super::Shared;
use super::record::Direction;

/// An open socket, for the threads that write to it.
pub(super) struct Connection {
    stream: TcpStream,
    /// The reading thread has a separate `WebSocket` on the same stream, because one that blocks in `read` can't be
    /// written to.
    writer: WebSocket<TcpStream>,
    pub short_id: Option<String>,
    /// The `hello` without a response.
    pub waiting_hello: Option<Map<String, Value>>,
}

/// The state of the sockets.
#[derive(Default)]
pub(super) struct State {
    pub connections: BTreeMap<u64, Connection>,
    last_number: u64,
    refuse: bool,
    /// `hello` stays unanswered.
    pub hold: bool,
}

/// The open sockets and the settings for new ones.
#[derive(Default)]
pub(super) struct Sockets(Mutex<State>);

impl Sockets {
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
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

    /// Adds a socket and returns its number.
    pub(super) fn add(&self, stream: &TcpStream) -> Result<u64> {
        let mut state = self.lock();
        state.last_number += 1;
        let number = state.last_number;
        let writer = WebSocket::from_raw_socket(stream.try_clone()?, Role::Server, None);
        let connection = Connection { stream: stream.try_clone()?, writer, short_id: None, waiting_hello: None };
        state.connections.insert(number, connection);
        Ok(number)
    }

    /// The sockets of a visitor, or all.
    pub(super) fn numbers_of(&self, short_id: Option<&str>) -> Vec<u64> {
        let state = self.lock();
        let meant = |connection: &Connection| short_id.is_none() || connection.short_id.as_deref() == short_id;
        state.connections.iter().filter(|(_, connection)| meant(connection)).map(|(number, _)| *number).collect()
    }
}

/// Sends a frame and records it.
pub(super) fn send(shared: &Shared, number: u64, name: &str, data: &Value) {
    shared.records.frame(number, Direction::Out, name, data);
    if let Some(own) = shared.sockets.lock().connections.get_mut(&number) {
        // The reading thread notices a closed page.
        drop(own.writer.send(Message::text(json!({"c": name, "d": data}).to_string())));
    }
}
