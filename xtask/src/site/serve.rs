//! Serves a connection: a page, the REST API, a command, or a WebSocket.

use std::net::TcpStream;
use std::time::Duration;

use anyhow::Result;
use serde_json::json;

use super::content::{self, Answer};
use super::http::{Request, read_request, upgrade, write_answer};
use super::record::HttpRequest;
use super::{Shared, command, rest, socket};

/// Browsers open connections in advance and may not use them.
pub(super) const READ_TIMEOUT: Duration = Duration::from_secs(20);
pub(super) const WRITE_TIMEOUT: Duration = Duration::from_secs(5);

/// Serves one connection.
pub(super) fn serve(shared: &Shared, stream: TcpStream) -> Result<()> {
    stream.set_read_timeout(Some(READ_TIMEOUT))?;
    stream.set_write_timeout(Some(WRITE_TIMEOUT))?;
    stream.set_nodelay(true)?;
    let request = read_request(&stream)?;
    shared.records.change(|record| record.requests.push(HttpRequest::from(&request)));
    match request.header("sec-websocket-key") {
        Some(key) if !shared.sockets.refuses() => {
            upgrade(&stream, key)?;
            stream.set_read_timeout(None)?;
            socket::serve(shared, stream)
        }
        Some(_) => write_answer(&stream, &Answer::text(503, "refused")),
        None => write_answer(&stream, &answer(shared, &request)),
    }
}

fn answer(shared: &Shared, request: &Request) -> Answer {
    let path = request.path.split(['?', '#']).next().unwrap_or_default();
    match path {
        "/_server/visitors" => shared.records.read(|record| Answer::json(&json!(record.visitors))),
        "/_server/frames" => shared.records.read(|record| Answer::json(&json!(record.frames))),
        "/_server/command" if request.method == "POST" => {
            match serde_json::from_str::<command::CommandRequest>(&request.body) {
                Ok(order) => {
                    command::perform(shared, order.short_id.as_deref(), &order.command);
                    Answer::json(&json!({"status": "ok"}))
                }
                Err(error) => Answer::text(400, &error.to_string()),
            }
        }
        _ => rest::answer(shared, request).unwrap_or_else(|| content::answer(path, &request.host)),
    }
}
