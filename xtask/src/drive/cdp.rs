//! A connection to Chromium's DevTools protocol: requests with replies, and events for a listener.

use std::collections::HashMap;
use std::net::TcpStream;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Instant;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};
use tungstenite::protocol::{Role, WebSocketConfig};
use tungstenite::{Message, WebSocket};

use super::LIMIT;

/// The ID of an attached target's session; `None` for the browser itself.
pub type Session<'a> = Option<&'a str>;

/// An event of the browser.
pub struct Event {
    pub method: String,
    pub session: Option<String>,
    pub params: Value,
}

/// The sending half, shared by the callers and the listener.
pub struct Cdp {
    writer: Mutex<WebSocket<TcpStream>>,
    next_id: AtomicU64,
    replies: Mutex<Replies>,
    arrived: Condvar,
}

#[derive(Default)]
struct Replies {
    /// The pending requests. Other replies are dropped.
    awaited: HashMap<u64, PendingReply>,
    closed: bool,
}

struct PendingReply {
    session: Option<String>,
    reply: Option<Value>,
}

impl Cdp {
    /// Connects to `ws://127.0.0.1:<port><path>`. `listen` is called with each event, and with `None` when the
    /// connection ends, on the reader's thread. It may [`Cdp::post`] but not [`Cdp::call`], which would wait for its
    /// own thread.
    pub fn connect(port: u16, path: &str, listen: impl Fn(&Cdp, Option<Event>) + Send + 'static) -> Result<Arc<Cdp>> {
        let stream = TcpStream::connect(("127.0.0.1", port)).context("connecting to the DevTools port")?;
        stream.set_nodelay(true)?;
        let half = stream.try_clone()?;
        // Screenshots exceed the default limits.
        let config = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
        let (mut reader, _) =
            tungstenite::client::client_with_config(format!("ws://127.0.0.1:{port}{path}"), stream, Some(config))
                .map_err(|error| anyhow!("the DevTools handshake: {error}"))?;
        let cdp = Arc::new(Cdp {
            writer: Mutex::new(WebSocket::from_raw_socket(half, Role::Client, Some(config))),
            next_id: AtomicU64::new(1),
            replies: Mutex::default(),
            arrived: Condvar::new(),
        });
        let shared = cdp.clone();
        std::thread::spawn(move || {
            while let Ok(message) = reader.read() {
                let Message::Text(text) = message else { continue };
                let Ok(message) = serde_json::from_str::<Value>(&text) else { continue };
                shared.receive(message, &listen);
            }
            shared.replies.lock().expect("no holder of the replies panics").closed = true;
            shared.arrived.notify_all();
            listen(&shared, None);
        });
        Ok(cdp)
    }

    fn receive(&self, mut message: Value, listen: &impl Fn(&Cdp, Option<Event>)) {
        if let Some(id) = message["id"].as_u64() {
            let mut replies = self.replies.lock().expect("no holder of the replies panics");
            if let Some(awaited) = replies.awaited.get_mut(&id) {
                awaited.reply = Some(message);
                self.arrived.notify_all();
            }
        } else if let Some(method) = message["method"].as_str() {
            let method = method.to_owned();
            let session = message["sessionId"].as_str().map(str::to_owned);
            let params = message["params"].take();
            let ended =
                (method == "Target.detachedFromTarget").then(|| params["sessionId"].as_str().map(str::to_owned));
            listen(self, Some(Event { method, session, params }));
            // After the listener, so that a caller that learns of the end finds the target removed.
            if let Some(Some(ended)) = ended {
                self.give_up(&ended);
            }
        }
    }

    /// Requests to a session that ends get no reply.
    fn give_up(&self, session: &str) {
        let mut replies = self.replies.lock().expect("no holder of the replies panics");
        for awaited in replies.awaited.values_mut().filter(|awaited| awaited.session.as_deref() == Some(session)) {
            awaited.reply.get_or_insert_with(|| json!({ "error": { "message": "it closed meanwhile" } }));
        }
        self.arrived.notify_all();
    }

    fn send(&self, id: u64, session: Session, method: &str, params: Value) -> Result<()> {
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        let mut writer = self.writer.lock().expect("no holder of the writer panics");
        writer.send(Message::text(message.to_string())).with_context(|| format!("sending {method}"))
    }

    /// Sends a request without waiting for its reply.
    pub fn post(&self, session: Session, method: &str, params: Value) {
        // The next call that waits reports a failure.
        let _ = self.send(self.next_id.fetch_add(1, Ordering::Relaxed), session, method, params);
    }

    /// Sends a request and waits for its result.
    ///
    /// # Errors If the browser replies with an error, has ended, or doesn't reply within [`LIMIT`].
    pub fn call(&self, session: Session, method: &str, params: Value) -> Result<Value> {
        let id = self.next_id.fetch_add(1, Ordering::Relaxed);
        let awaited = PendingReply { session: session.map(str::to_owned), reply: None };
        self.replies.lock().expect("no holder of the replies panics").awaited.insert(id, awaited);
        let reply = self.send(id, session, method, params).and_then(|()| self.wait_for_reply(id, method));
        self.replies.lock().expect("no holder of the replies panics").awaited.remove(&id);
        let mut reply = reply?;
        match reply["error"]["message"].as_str() {
            Some(why) => bail!("{method}: {why} {}", reply["error"]["data"].as_str().unwrap_or_default()),
            None => Ok(reply["result"].take()),
        }
    }

    fn wait_for_reply(&self, id: u64, method: &str) -> Result<Value> {
        let end = Instant::now() + LIMIT;
        let mut replies = self.replies.lock().expect("no holder of the replies panics");
        loop {
            if let Some(reply) = replies.awaited.get_mut(&id).and_then(|awaited| awaited.reply.take()) {
                return Ok(reply);
            }
            let left = end.saturating_duration_since(Instant::now());
            if replies.closed {
                bail!("{method}: the browser closed the connection");
            } else if left.is_zero() {
                bail!("{method}: no answer within {LIMIT:?}");
            }
            replies = self.arrived.wait_timeout(replies, left).expect("no holder of the replies panics").0;
        }
    }
}
