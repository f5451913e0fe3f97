//! Chromium, over the DevTools protocol.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, OnceLock, Weak};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use inspector_launch::connection::{self, NoAnswer};
use inspector_launch::{CHROMIUM_PORT_FILE, Connection, Process, read_chromium_port};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::scripts::{RECORDER, RELAY, WORLD};
use super::{Batch, Event, LIMIT, Tab, launch, tell};

/// The function through which the relay sends. It exists only in the relay's world.
const SEND: &str = "upscopeInspectorSend";

/// The method that adds a script to run at the start of each document.
const BEGIN: &str = "Page.addScriptToEvaluateOnNewDocument";

/// How long a page stays after it starts to navigate by itself.
const LEAVING: Duration = Duration::from_millis(50);

struct Chromium {
    connection: Arc<Connection>,
    session: String,
    worlds: Arc<Mutex<Worlds>>,
    /// The main frame.
    frame: String,
    /// Whether a page is being opened.
    opens: Arc<AtomicBool>,
}

/// The relay's worlds that exist, by session and ID of the execution context.
#[derive(Default)]
struct Worlds(HashMap<(String, i64), World>);

#[derive(Clone)]
struct World {
    frame: String,
    /// Unique in the browser.
    id: String,
}

impl Worlds {
    /// Tracks which worlds exist.
    fn on_event(&mut self, session: &str, method: &str, params: &Value) {
        let key = |id: &Value| (session.to_owned(), id.as_i64().unwrap_or_default());
        match method {
            "Runtime.executionContextCreated" if params["context"]["name"] == WORLD => {
                let context = &params["context"];
                let world = World { frame: text(&context["auxData"]["frameId"]), id: text(&context["uniqueId"]) };
                self.0.insert(key(&context["id"]), world);
            }
            "Runtime.executionContextDestroyed" => _ = self.0.remove(&key(&params["executionContextId"])),
            // After a change of the site, a tab has another process, in which the IDs start again.
            "Runtime.executionContextsCleared" => self.0.retain(|(of, _), _| of != session),
            "Target.detachedFromTarget" => self.0.retain(|(of, _), _| params["sessionId"] != **of),
            _ => {}
        }
    }

    fn get(&self, session: &str, context: &Value) -> Option<&World> {
        self.0.get(&(session.to_owned(), context.as_i64()?))
    }

    /// The world of the current document of a frame. Within a process, later worlds have greater IDs.
    fn newest(&self, session: &str, frame: &str) -> Option<&World> {
        let of_frame = self.0.iter().filter(|((of, _), world)| of == session && world.frame == frame);
        of_frame.max_by_key(|((_, id), _)| *id).map(|(_, world)| world)
    }
}

pub fn start(profile: TempDir, sender: Sender<Event>) -> Result<(Process, Box<dyn Tab>)> {
    let mut command = inspector_launch::chromium::headless(profile.path())?;
    command.arg("about:blank");
    let mut process = launch(command, profile)?;
    let (port, path) = process.wait_for_file(CHROMIUM_PORT_FILE, read_chromium_port, LIMIT)?;
    let worlds = Arc::new(Mutex::new(Worlds::default()));
    let (own, main, opens) = (Arc::new(OnceLock::new()), Arc::new(OnceLock::new()), Arc::new(AtomicBool::new(false)));
    let listener =
        Listener { worlds: worlds.clone(), connection: own.clone(), frame: main.clone(), opens: opens.clone(), sender };
    let connection = Connection::connect(port, &path, LIMIT, move |connection, event| match event {
        Some(event) => listener.on_event(connection, event),
        None => tell(&listener.sender, Event::Ended),
    })?;
    own.get_or_init(|| Arc::downgrade(&connection));
    let targets = connection.call(None, "Target.getTargets", json!({ "filter": [{ "type": "page" }] }))?;
    let target = targets["targetInfos"][0]["targetId"].clone();
    let attached = connection.call(None, "Target.attachToTarget", json!({ "targetId": target, "flatten": true }))?;
    let session = text(&attached["sessionId"]);
    let tree = connection.call(Some(&session), "Page.getFrameTree", json!({}))?;
    let frame = text(&tree["frameTree"]["frame"]["id"]);
    main.get_or_init(|| frame.clone());
    // Without this, no field gets the focus in a page without a window.
    connection.call(Some(&session), "Emulation.setFocusEmulationEnabled", json!({ "enabled": true }))?;
    let documents = json!({ "patterns": [{ "resourceType": "Document", "requestStage": "Request" }] });
    connection.call(Some(&session), "Fetch.enable", documents)?;
    for (method, params) in preparations() {
        connection.call(Some(&session), method, params)?;
    }
    Ok((process, Box::new(Chromium { connection, session, worlds, frame, opens })))
}

/// The commands that record the documents of a session, and of its frames in other processes, before their first
/// script.
fn preparations() -> [(&'static str, Value); 6] {
    let relay = format!("(\n{RELAY})((line) => {SEND}(line))");
    let frames = json!({ "autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true, "filter": [{ "type": "iframe" }] });
    [
        ("Runtime.addBinding", json!({ "name": SEND, "executionContextName": WORLD })),
        ("Runtime.enable", json!({})),
        ("Page.enable", json!({})),
        (BEGIN, json!({ "source": relay, "worldName": WORLD })),
        (BEGIN, json!({ "source": RECORDER })),
        ("Target.setAutoAttach", frames),
    ]
}

/// Receives the events of the tab and of its frames.
struct Listener {
    worlds: Arc<Mutex<Worlds>>,
    connection: Arc<OnceLock<Weak<Connection>>>,
    /// The main frame.
    frame: Arc<OnceLock<String>>,
    /// Whether the command line is opening a page, so that the previous page doesn't navigate by itself.
    opens: Arc<AtomicBool>,
    sender: Sender<Event>,
}

impl Listener {
    fn on_event(&self, connection: &Connection, event: connection::Event) {
        let connection::Event { method, session, params } = event;
        let mut worlds = self.worlds.lock().expect("no holder of the worlds panics");
        let sender = &self.sender;
        let session = session.unwrap_or_default();
        worlds.on_event(&session, &method, &params);
        match method.as_str() {
            "Runtime.bindingCalled" if params["name"] == SEND => {
                if let Some(World { frame, id }) = worlds.get(&session, &params["executionContextId"]).cloned() {
                    tell(sender, Event::Sent(Batch { frame, document: id, text: text(&params["payload"]) }));
                }
            }
            "Target.attachedToTarget" if params["targetInfo"]["type"] == "iframe" => {
                let session = text(&params["sessionId"]);
                for (method, params) in preparations() {
                    connection.post(Some(&session), method, params);
                }
                connection.post(Some(&session), "Runtime.runIfWaitingForDebugger", json!({}));
            }
            // A dialog would block the page. Only the one before leaving a page is accepted.
            "Page.javascriptDialogOpening" => {
                let accept = params["type"] == "beforeunload";
                connection.post(Some(&session), "Page.handleJavaScriptDialog", json!({ "accept": accept }));
            }
            "Fetch.requestPaused" => self.leave(connection, session, &params),
            // The only tab crashed and doesn't recover.
            "Inspector.targetCrashed" => tell(sender, Event::Ended),
            _ => {}
        }
    }

    /// Continues the request for a document after a pause. The page's last batches may arrive after that request, and
    /// would be lost with the page.
    fn leave(&self, connection: &Connection, session: String, params: &Value) {
        let proceed = |connection: &Connection, session: &str, request: &Value| {
            connection.post(Some(session), "Fetch.continueRequest", json!({ "requestId": request }));
        };
        let request = params["requestId"].clone();
        let is_of_tab = self.frame.get().is_some_and(|frame| params["frameId"] == **frame);
        let leaves_itself = is_of_tab && params["redirectedRequestId"].is_null() && !self.opens.load(Ordering::SeqCst);
        match self.connection.get().and_then(Weak::upgrade).filter(|_| leaves_itself) {
            None => proceed(connection, &session, &request),
            Some(connection) => {
                std::thread::spawn(move || {
                    std::thread::sleep(LEAVING);
                    proceed(&connection, &session, &request);
                });
            }
        }
    }
}

impl Chromium {
    fn request(&self, method: &str, params: Value) -> Result<Value> {
        self.connection.call(Some(&self.session), method, params)
    }

    /// The relay's world of the document that the tab shows.
    fn world(&self) -> Result<String> {
        let worlds = self.worlds.lock().expect("no holder of the worlds panics");
        worlds.newest(&self.session, &self.frame).map(|world| world.id.clone()).context("the page has not begun")
    }
}

impl Tab for Chromium {
    fn open(&self, url: &str, limit: Duration) -> Result<()> {
        self.opens.store(true, Ordering::SeqCst);
        let navigated = self.connection.call_within(limit, Some(&self.session), "Page.navigate", json!({ "url": url }));
        self.opens.store(false, Ordering::SeqCst);
        match navigated {
            Err(error) if error.is::<NoAnswer>() => Ok(()),
            Err(error) => Err(error),
            Ok(reply) => match reply["errorText"].as_str() {
                Some(why) => bail!("{why}"),
                None => Ok(()),
            },
        }
    }

    fn call(&self, function: &str, argument: &str) -> Result<String> {
        let call = format!("({function})({})", Value::from(argument));
        let params = json!({ "expression": call, "uniqueContextId": self.world()?, "returnByValue": true });
        let reply = self.request("Runtime.evaluate", params)?;
        let thrown = &reply["exceptionDetails"]["exception"]["description"];
        match (reply["result"]["value"].as_str(), thrown.as_str()) {
            (_, Some(why)) => bail!("{why}"),
            (Some(text), None) => Ok(text.to_owned()),
            _ => bail!("the page returned no text"),
        }
    }

    fn click_at(&self, x: f64, y: f64) -> Result<()> {
        for (kind, buttons) in [("mouseMoved", 0), ("mousePressed", 1), ("mouseReleased", 0)] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            let event = json!({ "type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": 1 });
            self.request("Input.dispatchMouseEvent", event)?;
        }
        Ok(())
    }

    fn type_text(&self, text: &str) -> Result<()> {
        self.request("Input.insertText", json!({ "text": text })).map(drop)
    }
}

/// The text of a protocol value.
fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn created(id: i64, unique: &str) -> Value {
        json!({ "context": { "id": id, "uniqueId": unique, "name": WORLD, "auxData": { "frameId": "F" } } })
    }

    #[test]
    fn the_world_is_that_of_the_document_that_is_shown() {
        let mut worlds = Worlds::default();
        let newest = |worlds: &Worlds| worlds.newest("tab", "F").map(|world| world.id.clone());
        worlds.on_event("tab", "Runtime.executionContextCreated", &created(4, "a4"));
        worlds.on_event("tab", "Runtime.executionContextCreated", &created(5, "a5"));
        worlds.on_event("frame", "Runtime.executionContextCreated", &created(9, "f9"));
        assert_eq!(newest(&worlds).as_deref(), Some("a5"));
        // The next page is in another process.
        worlds.on_event("tab", "Runtime.executionContextsCleared", &json!({}));
        assert_eq!(newest(&worlds), None);
        worlds.on_event("tab", "Runtime.executionContextCreated", &created(3, "b3"));
        assert_eq!(newest(&worlds).as_deref(), Some("b3"));
        assert!(worlds.get("frame", &json!(9)).is_some());
        worlds.on_event("tab", "Runtime.executionContextDestroyed", &json!({ "executionContextId": 3 }));
        worlds.on_event("", "Target.detachedFromTarget", &json!({ "sessionId": "frame" }));
        assert!(worlds.0.is_empty());
    }
}
