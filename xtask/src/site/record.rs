//! The server's record of received and sent frames, and functions to wait for them.

use std::fmt::Write as _;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde::Serialize;
use serde_json::Value;

use super::http::Request;
use super::visitor::Visitor;

/// The number of frames in an error of [`Records::wait_for`].
const SHOWN_FRAMES: usize = 8;

/// The direction of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// From the page to the server.
    In,
    /// From the server to the page.
    Out,
}

/// A WebSocket frame `{c, d}`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Frame {
    /// The number of the connection, from 1.
    pub connection: u64,
    pub direction: Direction,
    /// The frame's `c`.
    pub name: String,
    /// The frame's `d`; `null` without one.
    pub data: Value,
    /// Milliseconds since the site started.
    pub at_ms: u64,
}

/// An HTTP request, or an upgrade to WebSocket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HttpRequest {
    pub method: String,
    /// The `Host` header, with the port.
    pub host: String,
    /// The path with its query.
    pub path: String,
}

impl From<&Request> for HttpRequest {
    fn from(request: &Request) -> Self {
        let Request { method, host, path, .. } = request;
        Self { method: method.clone(), host: host.clone(), path: path.clone() }
    }
}

/// A request for a URL at which an agent watches a visitor.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WatchRequest {
    pub short_id: String,
    /// The request's body; `null` if it wasn't JSON.
    pub body: Value,
}

/// Everything since the site started.
#[derive(Debug, Default)]
pub struct Record {
    /// Oldest first.
    pub visitors: Vec<Visitor>,
    pub frames: Vec<Frame>,
    pub requests: Vec<HttpRequest>,
    pub watch_requests: Vec<WatchRequest>,
    pub sockets_opened: usize,
    pub sockets_open: usize,
    issued: u64,
}

impl Record {
    /// The visitor with this short ID.
    pub fn visitor(&self, short_id: &str) -> Option<&Visitor> {
        self.visitors.iter().find(|visitor| visitor.short_id == short_id)
    }

    /// The visitor with this short ID, created if necessary.
    pub(super) fn visitor_or_new(&mut self, short_id: &str) -> &mut Visitor {
        let place = self.visitors.iter().position(|visitor| visitor.short_id == short_id).unwrap_or_else(|| {
            self.visitors.push(Visitor::new(short_id));
            self.visitors.len() - 1
        });
        &mut self.visitors[place]
    }

    /// A new ID of `length` uppercase letters and digits. It looks random, so that nobody relies on an order, and
    /// differs between runs, because browser profiles outlive the server.
    pub(super) fn issue_id(&mut self, length: usize) -> String {
        const ALPHABET: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        self.issued += 1;
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let mut bits = u64::try_from(now.as_nanos() & u128::from(u64::MAX)).unwrap_or_default() ^ (self.issued << 48);
        (0..length)
            .map(|_| {
                // The finalizer of SplitMix64, which makes consecutive seeds differ.
                bits = bits.wrapping_add(0x9E37_79B9_7F4A_7C15);
                let mixed = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
                char::from(ALPHABET[(mixed >> 59) as usize])
            })
            .collect()
    }
}

/// The record, shared by the connection threads.
pub(super) struct Records {
    record: Mutex<Record>,
    changed: Condvar,
    started: Instant,
}

impl Records {
    pub(super) fn new() -> Records {
        Records { record: Mutex::default(), changed: Condvar::new(), started: Instant::now() }
    }

    fn lock(&self) -> MutexGuard<'_, Record> {
        // A panic in a test thread must not prevent others from reading the record.
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn read<T>(&self, look: impl FnOnce(&Record) -> T) -> T {
        look(&self.lock())
    }

    pub(super) fn change<T>(&self, act: impl FnOnce(&mut Record) -> T) -> T {
        let result = act(&mut self.lock());
        self.changed.notify_all();
        result
    }

    pub(super) fn frame(&self, connection: u64, direction: Direction, name: &str, data: &Value) {
        let at_ms = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let frame = Frame { connection, direction, name: name.to_owned(), data: data.clone(), at_ms };
        self.change(|record| record.frames.push(frame));
    }

    pub(super) fn wait_for<T>(
        &self,
        what: &str,
        timeout: Duration,
        mut probe: impl FnMut(&Record) -> Option<T>,
    ) -> Result<T> {
        let deadline = Instant::now() + timeout;
        let mut record = self.lock();
        loop {
            if let Some(found) = probe(&record) {
                return Ok(found);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                bail!("the server did not see {what} within {timeout:?}; last frames:{}", last_frames(&record));
            }
            record = self.changed.wait_timeout(record, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

fn last_frames(record: &Record) -> String {
    let mut text = String::new();
    let skipped = record.frames.len().saturating_sub(SHOWN_FRAMES);
    for frame in &record.frames[skipped..] {
        let arrow = if frame.direction == Direction::In { "<-" } else { "->" };
        let _ = write!(text, "\n  #{} {arrow} {} {}", frame.connection, frame.name, frame.data);
    }
    if text.is_empty() { " none".to_owned() } else { text }
}
