//! The HTTP/1.1 that browsers need here: one request per connection, then close or upgrade.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;

use anyhow::{Context as _, Result, ensure};
use tungstenite::handshake::derive_accept_key;

use super::content::Answer;

/// Longer heads and bodies are not from the test's pages.
const MAX_BYTES: u64 = 1 << 20;

pub(crate) struct Request {
    pub method: String,
    /// With its query.
    pub path: String,
    pub host: String,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Request {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let own = self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        own.map(|(_, value)| value.as_str())
    }

    /// Sends the request on to a server, with another path.
    pub(super) fn write(&self, path: &str, mut stream: &TcpStream) -> Result<()> {
        let mut head = format!("{} {path} HTTP/1.1\r\n", self.method);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        stream.write_all(head.as_bytes())?;
        stream.write_all(self.body.as_bytes())?;
        Ok(())
    }
}

pub(crate) fn read_request(stream: &TcpStream) -> Result<Request> {
    // The buffer contains nothing of the WebSocket, because its client waits for the 101 response.
    let mut reader = BufReader::new(stream.take(MAX_BYTES));
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        ensure!(reader.read_line(&mut line)? > 0, "the connection ended in the request's head");
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        lines.push(line.to_owned());
    }
    let first = lines.first().context("an empty request")?;
    let mut words = first.split(' ');
    let method = words.next().unwrap_or_default().to_owned();
    let path = words.next().context("a request without a path")?.to_owned();
    let headers = lines[1..].iter().filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.to_owned(), value.trim().to_owned())).collect();
    let mut request = Request { method, path, host: String::new(), headers, body: String::new() };
    request.host = request.header("host").unwrap_or_default().to_owned();
    let length = request.header("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    reader.take(length).read_to_string(&mut request.body)?;
    Ok(request)
}

/// Answers the request of a WebSocket that has this key.
pub(super) fn upgrade(mut stream: &TcpStream, key: &str) -> Result<()> {
    let accept = derive_accept_key(key.as_bytes());
    write!(
        stream,
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: {accept}\r\n\r\n"
    )?;
    Ok(())
}

pub(crate) fn write_answer(mut stream: &TcpStream, answer: &Answer) -> Result<()> {
    let caching = if answer.is_cached { "max-age=3600" } else { "no-store" };
    let mut head = format!(
        "HTTP/1.1 {} -\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: {caching}\r\nConnection: close\r\n",
        answer.status,
        answer.mime,
        answer.body.len()
    );
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes())?;
    let sent = if answer.cut_off { answer.body.len() / 2 } else { answer.body.len() };
    stream.write_all(&answer.body[..sent])?;
    Ok(())
}
