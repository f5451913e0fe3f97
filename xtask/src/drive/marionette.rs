//! A connection to Firefox's Marionette: packets `<length>:<JSON>` over TCP, one request at a time.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::LIMIT;

pub struct Marionette {
    stream: TcpStream,
    received: Vec<u8>,
    last_id: u64,
}

impl Marionette {
    /// Connects and starts the browser's only session.
    pub fn connect(port: u16) -> Result<Marionette> {
        let stream = TcpStream::connect(("127.0.0.1", port)).context("connecting to Marionette")?;
        stream.set_nodelay(true)?;
        let mut marionette = Marionette { stream, received: Vec::new(), last_id: 0 };
        let hello = marionette.receive(Instant::now() + LIMIT)?;
        if hello["marionetteProtocol"] != 3 {
            bail!("this Marionette speaks another protocol: {hello}");
        }
        marionette.call("WebDriver:NewSession", json!({}))?;
        Ok(marionette)
    }

    /// Sends a command and waits for its result.
    ///
    /// # Errors
    /// If the browser replies with an error, has ended, or doesn't reply within [`LIMIT`].
    pub fn call(&mut self, command: &str, params: Value) -> Result<Value> {
        self.last_id += 1;
        let packet = json!([0, self.last_id, command, params]).to_string();
        let sent = self.stream.write_all(format!("{}:{packet}", packet.len()).as_bytes());
        sent.with_context(|| format!("sending {command}"))?;
        let end = Instant::now() + LIMIT;
        loop {
            let mut reply = self.receive(end).with_context(|| command.to_owned())?;
            // Late replies of timed-out calls are skipped.
            if reply[1] != self.last_id {
                continue;
            }
            if !reply[2].is_null() {
                bail!("{}", reply[2]["message"].as_str().unwrap_or("an error without a message"));
            }
            return Ok(reply[3].take());
        }
    }

    fn receive(&mut self, end: Instant) -> Result<Value> {
        loop {
            if let Some(packet) = self.take_packet()? {
                return Ok(packet);
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                bail!("no answer within {LIMIT:?}");
            }
            self.stream.set_read_timeout(Some(left))?;
            let mut chunk = [0; 16 * 1024];
            match self.stream.read(&mut chunk) {
                Ok(0) => bail!("the browser closed the connection"),
                Ok(read) => self.received.extend_from_slice(&chunk[..read]),
                // The next iteration reports the timeout.
                Err(error) if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn take_packet(&mut self) -> Result<Option<Value>> {
        let Some(colon) = self.received.iter().position(|byte| *byte == b':') else { return Ok(None) };
        let length: usize =
            std::str::from_utf8(&self.received[..colon])?.parse().context("a packet begins with its length")?;
        let end = colon + 1 + length;
        if self.received.len() < end {
            return Ok(None);
        }
        let packet = serde_json::from_slice(&self.received[colon + 1..end])?;
        self.received.drain(..end);
        Ok(Some(packet))
    }
}
