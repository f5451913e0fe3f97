//! The attached targets in Chromium (tabs, pages, frames of other processes, popups and the worker), as events report
//! them, and their console messages.

use std::collections::BTreeMap;
use std::sync::Mutex;

use inspector_launch::Connection;
use inspector_launch::connection::Event;
use serde_json::{Value, json};

/// A document's execution context in a session.
#[derive(Clone, Debug)]
pub struct Context {
    pub id: i64,
    pub frame: String,
    /// The MAIN world, not that of a content script.
    pub own_world: bool,
}

/// An attached target.
#[derive(Clone, Debug)]
pub struct Target {
    pub session: String,
    /// The session through which it was attached: a page's is its tab's, a frame's is its page's.
    pub parent: Option<String>,
    pub id: String,
    /// `tab`, `page`, `iframe`, `service_worker`, …
    pub kind: String,
    /// The URL when it was attached or last changed.
    pub url: String,
    /// `prerender`, `portal` or empty.
    pub subtype: String,
    /// Whether it is in the tab strip. A popup also has a target of type `tab`, but isn't in the strip.
    pub in_strip: bool,
    pub contexts: Vec<Context>,
}

/// The attached targets in the order of attaching, and the console messages.
#[derive(Default)]
pub struct Targets {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    next: u64,
    attached: BTreeMap<u64, Target>,
    /// The running status of each version of a service worker, with its script's URL.
    workers: BTreeMap<String, (String, String)>,
    /// How often a worker has stopped.
    stops: u64,
    console: Vec<String>,
    dark: Option<bool>,
    listen: bool,
}

impl Targets {
    /// `listen`: whether console messages are collected.
    pub fn new(listen: bool) -> Targets {
        Targets { state: Mutex::new(State { listen, ..State::default() }) }
    }

    /// The attached targets that match `wanted`, oldest first.
    pub fn all(&self, wanted: impl Fn(&Target) -> bool) -> Vec<Target> {
        self.lock().attached.values().filter(|target| wanted(target)).cloned().collect()
    }

    /// The first match.
    pub fn find(&self, wanted: impl Fn(&Target) -> bool) -> Option<Target> {
        self.lock().attached.values().find(|target| wanted(target)).cloned()
    }

    /// The session and its descendants.
    pub fn family(&self, session: &str) -> Vec<Target> {
        let state = self.lock();
        let mut family = vec![session.to_owned()];
        let mut found = Vec::new();
        // Children are attached after their parents, so one pass is sufficient.
        for target in state.attached.values() {
            if family.contains(&target.session) || target.parent.as_ref().is_some_and(|parent| family.contains(parent))
            {
                family.push(target.session.clone());
                found.push(target.clone());
            }
        }
        found
    }

    /// The running status of the worker whose script's URL has this prefix: `starting`, `running`, `stopping` or
    /// `stopped`.
    pub fn worker_status(&self, origin: &str) -> Option<String> {
        let state = self.lock();
        let mut statuses = state.workers.values().filter(|(script, _)| script.starts_with(origin));
        // An updated worker has several versions, of which at most one runs.
        let alive = statuses.clone().find(|(_, status)| status != "stopped");
        alive.or_else(|| statuses.next()).map(|(_, status)| status.clone())
    }

    /// How often a worker has stopped. A worker that an open page needs restarts before its stop is visible.
    pub fn worker_stops(&self) -> u64 {
        self.lock().stops
    }

    pub fn console(&self) -> Vec<String> {
        self.lock().console.clone()
    }

    /// Clears the console messages and the color scheme.
    pub fn forget(&self) {
        let mut state = self.lock();
        state.console.clear();
        state.dark = None;
    }

    /// Sets the color scheme of all attached and future targets.
    pub fn set_dark(&self, cdp: &Connection, dark: bool) {
        let mut state = self.lock();
        state.dark = Some(dark);
        state
            .attached
            .values()
            .filter(|target| target.has_document())
            .for_each(|target| paint(cdp, &target.session, dark));
    }

    /// Handles an event, or the end of the connection. Runs on the reader's thread, so it only posts.
    pub fn on_event(&self, cdp: &Connection, event: Option<Event>) {
        let mut state = self.lock();
        let Some(Event { method, session, params }) = event else {
            state.attached.clear();
            return;
        };
        match method.as_str() {
            "Target.attachedToTarget" => state.attach(cdp, session, &params),
            "Target.detachedFromTarget" => {
                state.attached.retain(|_, target| Some(target.session.as_str()) != params["sessionId"].as_str());
            }
            "Target.targetInfoChanged" => {
                let info = &params["targetInfo"];
                let changed = state.attached.values_mut().filter(|target| info["targetId"] == target.id.as_str());
                changed.for_each(|target| {
                    target.url = text(&info["url"]);
                    target.kind = text(&info["type"]);
                    target.subtype = text(&info["subtype"]);
                    // A window that a page opens gets its place in the strip after it is attached.
                    target.in_strip |= is_in_strip(info);
                });
            }
            "ServiceWorker.workerVersionUpdated" => {
                for version in params["versions"].as_array().into_iter().flatten() {
                    let status = (text(&version["scriptURL"]), text(&version["runningStatus"]));
                    let stopped = status.1 == "stopped";
                    let before = state.workers.insert(text(&version["versionId"]), status);
                    state.stops += u64::from(stopped && before.is_some_and(|(_, status)| status != "stopped"));
                }
            }
            _ => {
                let Some(target) = state.attached.values_mut().find(|target| Some(&target.session) == session.as_ref())
                else {
                    return;
                };
                target.follow_contexts(&method, &params);
                let line = line(&method, &params).map(|line| format!("{} {}: {line}", target.kind, target.url));
                state.console.extend(line);
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().expect("no holder of the targets panics")
    }
}

impl State {
    fn attach(&mut self, cdp: &Connection, parent: Option<String>, params: &Value) {
        let info = &params["targetInfo"];
        let target = Target {
            session: text(&params["sessionId"]),
            parent,
            id: text(&info["targetId"]),
            kind: text(&info["type"]),
            url: text(&info["url"]),
            subtype: text(&info["subtype"]),
            in_strip: is_in_strip(info),
            contexts: Vec::new(),
        };
        let session = Some(target.session.as_str());
        if target.kind == "tab" || target.has_document() {
            // A tab's page, and frames in other processes, are attached through their parents. Workers are attached
            // once, through the browser, and not again through each page of the extension.
            let workers =
                ["service_worker", "shared_worker", "worker"].map(|kind| json!({ "type": kind, "exclude": true }));
            let filter: Vec<Value> = workers.into_iter().chain([json!({})]).collect();
            let auto =
                json!({ "autoAttach": true, "waitForDebuggerOnStart": false, "flatten": true, "filter": filter });
            cdp.post(session, "Target.setAutoAttach", auto);
            // A window that a page opened waits for this, whatever was requested (seen).
            cdp.post(session, "Runtime.runIfWaitingForDebugger", json!({}));
        }
        if target.kind != "tab" {
            cdp.post(session, "Runtime.enable", json!({}));
            if self.listen {
                cdp.post(session, "Log.enable", json!({}));
            }
        }
        if let (true, Some(dark)) = (target.has_document(), self.dark) {
            paint(cdp, &target.session, dark);
        }
        self.next += 1;
        self.attached.insert(self.next, target);
    }
}

impl Target {
    /// Whether it is a page or a frame. A popup's page is attached as `other` and becomes a `page`.
    pub fn has_document(&self) -> bool {
        matches!(self.kind.as_str(), "page" | "iframe" | "other")
    }

    fn follow_contexts(&mut self, method: &str, params: &Value) {
        match method {
            "Runtime.executionContextCreated" => {
                let context = &params["context"];
                self.contexts.push(Context {
                    id: context["id"].as_i64().unwrap_or_default(),
                    frame: text(&context["auxData"]["frameId"]),
                    own_world: context["auxData"]["isDefault"] == true,
                });
            }
            "Runtime.executionContextDestroyed" => {
                self.contexts.retain(|context| Some(context.id) != params["executionContextId"].as_i64());
            }
            "Runtime.executionContextsCleared" => self.contexts.clear(),
            _ => {}
        }
    }
}

fn is_in_strip(info: &Value) -> bool {
    info["embedderData"].get("tabStripIndex").is_some()
}

fn paint(cdp: &Connection, session: &str, dark: bool) {
    let value = if dark { "dark" } else { "light" };
    let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
    cdp.post(Some(session), "Emulation.setEmulatedMedia", features);
}

/// The console message of an event: an error, a warning or an uncaught exception.
fn line(method: &str, params: &Value) -> Option<String> {
    match method {
        "Runtime.consoleAPICalled" => {
            let level = params["type"].as_str().filter(|level| matches!(*level, "error" | "warning" | "assert"))?;
            let words = params["args"].as_array().into_iter().flatten();
            let words: Vec<String> = words
                .map(|arg| {
                    arg["value"]
                        .as_str()
                        .map(str::to_owned)
                        .unwrap_or_else(|| arg.get("description").unwrap_or(&arg["value"]).to_string())
                })
                .collect();
            Some(format!("{level}: {}", words.join(" ")))
        }
        "Runtime.exceptionThrown" => {
            let details = &params["exceptionDetails"];
            let thrown = &details["exception"];
            let what = [&thrown["description"], &thrown["value"], &details["text"]].into_iter().find_map(Value::as_str);
            Some(format!("exception: {}", what.unwrap_or("of an unknown kind")))
        }
        "Log.entryAdded" => {
            let entry = &params["entry"];
            let level = entry["level"].as_str().filter(|level| matches!(*level, "error" | "warning"))?;
            Some(format!("{level}: {} ({})", text(&entry["text"]), text(&entry["url"])))
        }
        _ => None,
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
