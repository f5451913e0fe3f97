//! A connection to a browser: requests with replies, and events for a listener. The DevTools protocol and WebDriver
//! BiDi have the same form, JSON messages over a WebSocket. Only the first one has sessions, and their errors differ.

use std::collections::HashMap;
use std::fmt;
use std::net::TcpStream;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};
use tungstenite::protocol::{Role, WebSocketConfig};
use tungstenite::{Message, WebSocket};

/// The ID of an attached target's session in the DevTools protocol; `None` for the browser itself.
pub type Session<'a> = Option<&'a str>;

/// The browser didn't reply within the time limit.
#[derive(Debug)]
pub struct NoAnswer {
    method: String,
    limit: Duration,
}

impl std::error::Error for NoAnswer {}

impl fmt::Display for NoAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: no answer within {:?}", self.method, self.limit)
    }
}

/// The browser closed the connection, as when it ends.
#[derive(Debug)]
pub struct Closed {
    method: String,
}

impl std::error::Error for Closed {}

impl fmt::Display for Closed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: the browser closed the connection", self.method)
    }
}

/// An event of the browser.
pub struct Event {
    pub method: String,
    pub session: Option<String>,
    pub params: Value,
}

/// The sending half, shared by the callers and the listener.
pub struct Connection {
    writer: Mutex<WebSocket<TcpStream>>,
    next_id: AtomicU64,
    limit: Duration,
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

impl Connection {
    /// Connects to `ws://127.0.0.1:<port><path>`. `limit` is the time limit of each [`Connection::call`]. `listen` is
    /// called with each event, and with `None` when the connection ends, on the reader's thread. It may
    /// [`Connection::post`] but not call, which would wait for its own thread.
    ///
    /// # Errors
    /// If nothing accepts the connection.
    pub fn connect(
        port: u16,
        path: &str,
        limit: Duration,
        listen: impl Fn(&Connection, Option<Event>) + Send + 'static,
    ) -> Result<Arc<Connection>> {
        let stream = TcpStream::connect(("127.0.0.1", port)).context("connecting to the browser's port")?;
        stream.set_nodelay(true)?;
        let half = stream.try_clone()?;
        // Screenshots exceed the default limits.
        let config = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
        let (mut reader, _) =
            tungstenite::client::client_with_config(format!("ws://127.0.0.1:{port}{path}"), stream, Some(config))
                .map_err(|error| anyhow!("the handshake with the browser: {error}"))?;
        let connection = Arc::new(Connection {
            writer: Mutex::new(WebSocket::from_raw_socket(half, Role::Client, Some(config))),
            next_id: AtomicU64::new(1),
            limit,
            replies: Mutex::default(),
            arrived: Condvar::new(),
        });
        let shared = connection.clone();
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
        Ok(connection)
    }

    fn receive(&self, mut message: Value, listen: &impl Fn(&Connection, Option<Event>)) {
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
            // After the listener, so that the target is removed before a caller notices the end.
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
    /// # Errors
    /// If the browser replies with an error, has ended ([`Closed`]), or doesn't reply within the time limit
    /// ([`NoAnswer`]).
    pub fn call(&self, session: Session, method: &str, params: Value) -> Result<Value> {
        self.call_within(self.limit, session, method, params)
    }

    /// The same with another time limit.
    ///
    /// # Errors
    /// Those of [`Connection::call`].
    pub fn call_within(&self, limit: Duration, session: Session, method: &str, params: Value) -> Result<Value> {
        let id = self.next_id.fetch_add(1, Ordering::Relaxed);
        let awaited = PendingReply { session: session.map(str::to_owned), reply: None };
        self.replies.lock().expect("no holder of the replies panics").awaited.insert(id, awaited);
        let reply = self.send(id, session, method, params).and_then(|()| self.wait_for_reply(id, method, limit));
        self.replies.lock().expect("no holder of the replies panics").awaited.remove(&id);
        let mut reply = reply?;
        match error_of(&reply) {
            Some(why) => bail!("{method}: {why}"),
            None => Ok(reply["result"].take()),
        }
    }

    fn wait_for_reply(&self, id: u64, method: &str, limit: Duration) -> Result<Value> {
        let end = Instant::now() + limit;
        let mut replies = self.replies.lock().expect("no holder of the replies panics");
        loop {
            if let Some(reply) = replies.awaited.get_mut(&id).and_then(|awaited| awaited.reply.take()) {
                return Ok(reply);
            }
            let left = end.saturating_duration_since(Instant::now());
            if replies.closed {
                return Err(Closed { method: method.to_owned() }.into());
            } else if left.is_zero() {
                return Err(NoAnswer { method: method.to_owned(), limit }.into());
            }
            replies = self.arrived.wait_timeout(replies, left).expect("no holder of the replies panics").0;
        }
    }
}

/// The error in a reply: `{error: {message, data?}}` in the DevTools protocol, `{error, message}` in WebDriver BiDi.
fn error_of(reply: &Value) -> Option<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    match &reply["error"] {
        Value::String(kind) => Some(format!("{kind}: {}", reply["message"].as_str().unwrap_or_default())),
        error => {
            let data = text(&error["data"]).map(|data| format!(" {data}"));
            text(&error["message"]).map(|message| message + &data.unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;
    use std::sync::mpsc;

    const LIMIT: Duration = Duration::from_secs(20);

    /// A browser that replies to each request with the next of these messages, and then closes the connection.
    fn browser(answers: &'static [&'static str]) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            let mut socket = tungstenite::accept(listener.accept().unwrap().0).unwrap();
            for answer in answers {
                let request: Value = serde_json::from_str(socket.read().unwrap().to_text().unwrap()).unwrap();
                let answer = answer.replace("ID", &request["id"].to_string());
                answer.lines().for_each(|message| socket.send(Message::text(message)).unwrap());
            }
        });
        port
    }

    #[test]
    fn replies_errors_and_events_of_both_protocols_are_read() {
        let port = browser(&[
            r#"{"method":"Page.went","sessionId":"s","params":{"to":1}}
{"id":ID,"result":{"a":1}}"#,
            r#"{"type":"event","method":"script.message","params":{"to":2}}
{"type":"success","id":ID,"result":{"a":2}}"#,
            r#"{"id":ID,"error":{"code":-32000,"message":"No frame","data":"gone"}}"#,
            r#"{"type":"error","id":ID,"error":"no such frame","message":"gone"}"#,
            "nonsense",
        ]);
        let (seen, events) = mpsc::channel();
        let listen = move |_: &Connection, event: Option<Event>| {
            let received = event.map(|event| (event.method, event.session, event.params["to"].as_i64()));
            seen.send(received).unwrap();
        };
        let connection = Connection::connect(port, "/", LIMIT, listen).unwrap();
        let call = || connection.call(None, "Do", json!({}));
        assert_eq!((call().unwrap(), call().unwrap()), (json!({"a": 1}), json!({"a": 2})));
        assert_eq!(call().unwrap_err().to_string(), "Do: No frame gone");
        assert_eq!(call().unwrap_err().to_string(), "Do: no such frame: gone");
        assert_eq!(call().unwrap_err().to_string(), "Do: the browser closed the connection");
        let [one, two, end] = [(); 3].map(|()| events.recv().unwrap());
        assert_eq!(one, Some(("Page.went".to_owned(), Some("s".to_owned()), Some(1))));
        assert_eq!((two, end), (Some(("script.message".to_owned(), None, Some(2))), None));
    }

    #[test]
    fn no_answer_is_an_error_of_its_own() {
        let port = browser(&["nonsense", "nonsense"]);
        let connection = Connection::connect(port, "/", LIMIT, |_, _| ()).unwrap();
        let error = connection.call_within(Duration::from_millis(20), None, "Do", json!({})).unwrap_err();
        assert!(error.is::<NoAnswer>() && error.to_string() == "Do: no answer within 20ms", "{error}");
    }
}
