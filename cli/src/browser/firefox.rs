//! Firefox, over WebDriver BiDi.

use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use inspector_launch::connection::{self, NoAnswer};
use inspector_launch::firefox::{PORT_FILE, SESSION_PATH, command, read_port};
use inspector_launch::{Connection, Process};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::scripts::{RECORDER, RELAY, WORLD};
use super::{Batch, Event, LIMIT, Tab, launch, tell};

/// The channel through which the relay sends.
const CHANNEL: &str = "upscope-inspector";

/// The key that WebDriver has for a new line.
const ENTER: &str = "\u{e006}";

struct Firefox {
    connection: Arc<Connection>,
    /// The tab's browsing context.
    context: String,
}

pub fn start(profile: TempDir, sender: Sender<Event>) -> Result<(Process, Box<dyn Tab>)> {
    let mut process = launch(command(profile.path())?, profile)?;
    let port = process.wait_for_file(PORT_FILE, read_port, LIMIT)?;
    let connection = Connection::connect(port, SESSION_PATH, LIMIT, move |_, event| match event {
        Some(event) => on_event(&sender, &event),
        None => tell(&sender, Event::Ended),
    })?;
    // A dialog would block the page. Only the one before leaving a page is accepted.
    let dialogs = json!({ "default": "dismiss", "beforeUnload": "accept" });
    let capabilities = json!({ "alwaysMatch": { "unhandledPromptBehavior": dialogs } });
    connection.call(None, "session.new", json!({ "capabilities": capabilities }))?;
    connection.call(None, "session.subscribe", json!({ "events": ["script.message"] }))?;
    let tree = connection.call(None, "browsingContext.getTree", json!({ "maxDepth": 0 }))?;
    let context = tree["contexts"][0]["context"].as_str().context("the first tab has an ID")?.to_owned();
    let channel = json!({ "type": "channel", "value": { "channel": CHANNEL } });
    for script in [
        json!({ "functionDeclaration": relay(), "arguments": [channel], "sandbox": WORLD, "contexts": [context] }),
        json!({ "functionDeclaration": format!("() => {{\n{RECORDER}}}"), "contexts": [context] }),
    ] {
        connection.call(None, "script.addPreloadScript", script)?;
    }
    Ok((process, Box::new(Firefox { connection, context })))
}

/// The relay, except in the empty documents that Firefox creates before those of a tab and its frames. An empty
/// document may seem to be newer than the one that follows it.
fn relay() -> String {
    format!("(send) => {{ if (location.href && location.href !== 'about:blank') (\n{RELAY})(send); }}")
}

fn on_event(sender: &Sender<Event>, event: &connection::Event) {
    let connection::Event { method, params, .. } = event;
    if method != "script.message" || params["channel"] != CHANNEL {
        return;
    }
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let source = &params["source"];
    let batch = Batch {
        frame: text(&source["context"]),
        document: text(&source["realm"]),
        text: text(&params["data"]["value"]),
    };
    tell(sender, Event::Sent(batch));
}

impl Firefox {
    fn act(&self, source: Value) -> Result<()> {
        let params = json!({ "context": self.context, "actions": [source] });
        self.connection.call(None, "input.performActions", params).map(drop)
    }
}

impl Tab for Firefox {
    fn open(&self, url: &str, limit: Duration) -> Result<()> {
        let params = json!({ "context": self.context, "url": url, "wait": "interactive" });
        match self.connection.call_within(limit, None, "browsingContext.navigate", params) {
            Err(error) if error.is::<NoAnswer>() => Ok(()),
            outcome => outcome.map(drop),
        }
    }

    fn call(&self, function: &str, argument: &str) -> Result<String> {
        let params = json!({
            "functionDeclaration": function,
            "arguments": [{ "type": "string", "value": argument }],
            "target": { "context": self.context, "sandbox": WORLD },
            "awaitPromise": false,
        });
        let reply = self.connection.call(None, "script.callFunction", params)?;
        match (reply["result"]["value"].as_str(), reply["exceptionDetails"]["text"].as_str()) {
            (_, Some(why)) => bail!("{why}"),
            (Some(text), None) => Ok(text.to_owned()),
            _ => bail!("the page returned no text"),
        }
    }

    fn click_at(&self, x: f64, y: f64) -> Result<()> {
        let moved = json!({ "type": "pointerMove", "x": x.round(), "y": y.round(), "origin": "viewport" });
        let [down, up] = ["pointerDown", "pointerUp"].map(|kind| json!({ "type": kind, "button": 0 }));
        self.act(json!({ "type": "pointer", "id": "mouse", "actions": [moved, down, up] }))
    }

    fn type_text(&self, text: &str) -> Result<()> {
        let keys = text.chars().map(|key| if key == '\n' { ENTER.to_owned() } else { key.to_string() });
        let strokes = keys.flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key })));
        self.act(json!({ "type": "key", "id": "keyboard", "actions": strokes.collect::<Vec<_>>() }))
    }
}
