//! A page of Chromium: a tab, whose handle stays the same across navigations, or the popup, which isn't in the tab
//! strip.

use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use inspector_launch::{Connection, wait};
use serde_json::{Value, json};

use super::targets::Target;
use super::{Shared, text, tree};
use crate::drive::driver::PageDriver;
use crate::drive::keys::Chord;
use crate::drive::script::{self, Outcome};
use crate::drive::{LIMIT, Seen};

pub struct ChromiumPage {
    shared: Arc<Shared>,
    /// The ID of the target of type `tab`.
    tab: String,
}

impl ChromiumPage {
    pub fn new(shared: Arc<Shared>, tab: String) -> ChromiumPage {
        ChromiumPage { shared, tab }
    }

    fn target(&self) -> Option<Target> {
        let targets = &self.shared.targets;
        let tab = targets.find(|target| target.kind == "tab" && target.id == self.tab)?;
        // A tab has a second page while another one is prerendered.
        targets.find(|target| {
            target.parent.as_ref() == Some(&tab.session) && target.has_document() && target.subtype.is_empty()
        })
    }

    fn is_popup(&self) -> bool {
        self.shared
            .targets
            .find(|target| target.kind == "tab" && target.id == self.tab)
            .is_some_and(|tab| !tab.in_strip)
    }

    /// Runs wrapped code as a response to a user gesture.
    pub fn run_by_gesture(&self, code: &str) -> Result<Outcome> {
        let params = json!({ "expression": code, "awaitPromise": true, "returnByValue": true, "userGesture": true });
        Ok(outcome_of(&self.call("Runtime.evaluate", params)?))
    }

    fn session(&self) -> Result<String> {
        Ok(self.target().context("it is closed")?.session)
    }

    fn call(&self, method: &str, params: Value) -> Result<Value> {
        self.shared.cdp.call(Some(&self.session()?), method, params)
    }

    /// The session and context of a frame's MAIN world, by its element's selector or a part of its URL.
    fn frame_context(&self, session: &str, frame: &str) -> Result<Option<(String, i64)>> {
        let cdp = &self.shared.cdp;
        let family = self.shared.targets.family(session);
        let by_element = self.frame_by_element(session, frame);
        for target in &family {
            for context in target.contexts.iter().filter(|context| context.own_world) {
                let found = match &by_element {
                    Some(id) => context.frame == *id,
                    None => {
                        let top = target.session == session && Some(&context.frame) == Some(&target.id);
                        let url = evaluate(cdp, &target.session, Some(context.id), "location.href")
                            .map(|reply| text(&reply["result"]["value"]));
                        !top && url.is_ok_and(|url| url.contains(frame))
                    }
                };
                if found {
                    return Ok(Some((target.session.clone(), context.id)));
                }
            }
        }
        Ok(None)
    }

    fn frame_by_element(&self, session: &str, css: &str) -> Option<String> {
        let cdp = &self.shared.cdp;
        let find = format!(
            "(() => {{ try {{ return document.querySelector({}) }} catch {{ return null }} }})()",
            script::quote(css)
        );
        let found = cdp.call(Some(session), "Runtime.evaluate", json!({ "expression": find })).ok()?;
        let object = found["result"]["objectId"].as_str()?;
        let node = cdp.call(Some(session), "DOM.describeNode", json!({ "objectId": object })).ok()?;
        node["node"]["frameId"].as_str().map(str::to_owned)
    }
}

/// Evaluates in a session, in one of its contexts or the default one.
fn evaluate(cdp: &Connection, session: &str, context: Option<i64>, code: &str) -> Result<Value> {
    let mut params = json!({ "expression": code, "awaitPromise": true, "returnByValue": true });
    if let Some(context) = context {
        params["contextId"] = context.into();
    }
    cdp.call(Some(session), "Runtime.evaluate", params)
}

/// Runs wrapped code, which never rejects, so an exception is a syntax error.
pub fn run_in(cdp: &Connection, session: &str, context: Option<i64>, code: &str) -> Result<Outcome> {
    Ok(outcome_of(&evaluate(cdp, session, context, code)?))
}

fn outcome_of(reply: &Value) -> Outcome {
    match reply.get("exceptionDetails") {
        Some(details) => Outcome::DoesNotParse(text(&details["exception"]["description"])),
        None => Outcome::Ran(text(&reply["result"]["value"])),
    }
}

/// The code of a key that an input method handles.
const TAKEN: u32 = 229;

// A real Escape that the page doesn't prevent closes the popup. A simulated one only reaches the page, so the driver
// checks whether it was prevented and closes the popup.
const WATCH_ESCAPE: &str = "globalThis[Symbol.for('escape')] = new Promise((seen) => addEventListener('keydown', \
    (event) => setTimeout(() => seen(event.defaultPrevented)), { capture: true, once: true })); 0";
const ESCAPE_KEPT: &str = "globalThis[Symbol.for('escape')]";

impl PageDriver for ChromiumPage {
    fn handle(&self) -> String {
        self.tab.clone()
    }

    fn run(&self, frame: Option<&str>, code: &str) -> Result<Outcome> {
        let session = self.session()?;
        let Some(frame) = frame else { return run_in(&self.shared.cdp, &session, None, code) };
        let found = wait(LIMIT, || self.frame_context(&session, frame))?;
        let (session, context) = found.map_err(|()| anyhow!("no such frame within {LIMIT:?}"))?;
        run_in(&self.shared.cdp, &session, Some(context), code)
    }

    fn move_to(&self, x: f64, y: f64) -> Result<()> {
        if !self.is_popup() {
            self.activate()?;
        }
        self.call("Input.dispatchMouseEvent", json!({ "type": "mouseMoved", "x": x, "y": y })).map(drop)
    }

    fn seen(&self) -> Result<Vec<Seen>> {
        let tree = self.call("Accessibility.getFullAXTree", json!({}))?;
        Ok(tree::read(tree["nodes"].as_array().map(Vec::as_slice).unwrap_or_default()))
    }

    fn store_element(&self, node: i64) -> Result<()> {
        let element = self.call("DOM.resolveNode", json!({ "backendNodeId": node }))?;
        let function = format!("function () {{ {} = this }}", script::STORED_ELEMENT);
        let object = &element["object"]["objectId"];
        self.call("Runtime.callFunctionOn", json!({ "objectId": object, "functionDeclaration": function })).map(drop)
    }

    fn click_at(&self, x: f64, y: f64) -> Result<()> {
        let event = |kind: &str, buttons: u8, count: u8| json!({ "type": kind, "x": x, "y": y, "button": if count == 0 { "none" } else { "left" }, "buttons": buttons, "clickCount": count });
        // A tab in the background can't be clicked: Chromium waits five seconds for the active one to handle the mouse.
        if !self.is_popup() {
            self.activate()?;
        }
        self.call("Input.dispatchMouseEvent", event("mouseMoved", 0, 0))?;
        self.call("Input.dispatchMouseEvent", event("mousePressed", 1, 1))?;
        // Pressing may close a popup before the release.
        let released = self.call("Input.dispatchMouseEvent", event("mouseReleased", 0, 1));
        if self.is_open() { released.map(drop) } else { Ok(()) }
    }

    fn insert_text(&self, text: &str) -> Result<()> {
        self.call("Input.insertText", json!({ "text": text })).map(drop)
    }

    fn compose(&self, text: &str, keys: &[Chord]) -> Result<()> {
        let end = text.encode_utf16().count();
        let composition = json!({ "text": text, "selectionStart": end, "selectionEnd": end });
        self.call("Input.imeSetComposition", composition)?;
        for Chord { key, code, .. } in keys {
            for kind in ["rawKeyDown", "keyUp"] {
                let event = json!({ "type": kind, "key": key, "code": code, "windowsVirtualKeyCode": TAKEN });
                self.call("Input.dispatchKeyEvent", event)?;
            }
        }
        self.insert_text(text)
    }

    fn press(&self, chord: &Chord) -> Result<()> {
        let closes = self.is_popup() && chord.key == "Escape";
        if closes {
            evaluate(&self.shared.cdp, &self.session()?, None, WATCH_ESCAPE)?;
        }
        let modifiers =
            u8::from(chord.alt) | u8::from(chord.control) << 1 | u8::from(chord.meta) << 2 | u8::from(chord.shift) << 3;
        let mut event = json!({ "key": chord.key, "code": chord.code, "windowsVirtualKeyCode": chord.key_code, "modifiers": modifiers });
        event["type"] = if chord.text.is_some() { "keyDown" } else { "rawKeyDown" }.into();
        if let Some(text) = &chord.text {
            event["text"] = text.as_str().into();
        }
        let down = self.call("Input.dispatchKeyEvent", event.clone());
        event["type"] = "keyUp".into();
        let up = down.and_then(|_| self.call("Input.dispatchKeyEvent", event));
        // The page may have closed itself.
        if !self.is_open() {
            return Ok(());
        }
        up?;
        if closes
            && !matches!(
                evaluate(&self.shared.cdp, &self.session()?, None, ESCAPE_KEPT)?["result"]["value"],
                Value::Bool(true)
            )
        {
            self.close()?;
        }
        Ok(())
    }

    fn navigate(&self, url: &str) -> Result<()> {
        let reply = self.call("Page.navigate", json!({ "url": url }))?;
        match reply["errorText"].as_str() {
            Some("net::ERR_ABORTED") => bail!("the browser did not go there"),
            _ => Ok(()),
        }
    }

    fn reload(&self) -> Result<()> {
        self.call("Page.reload", json!({})).map(drop)
    }

    fn back(&self) -> Result<()> {
        let history = self.call("Page.getNavigationHistory", json!({}))?;
        let before = history["currentIndex"]
            .as_u64()
            .and_then(|index| index.checked_sub(1))
            .context("there is nothing to go back to")?;
        let entry = &history["entries"][before as usize]["id"];
        self.call("Page.navigateToHistoryEntry", json!({ "entryId": entry })).map(drop)
    }

    fn is_open(&self) -> bool {
        self.target().is_some()
    }

    fn close(&self) -> Result<()> {
        let Some(target) = self.target() else { return Ok(()) };
        self.shared.cdp.call(None, "Target.closeTarget", json!({ "targetId": target.id })).map(drop)
    }

    fn set_frozen(&self, is_frozen: bool) -> Result<()> {
        let state = if is_frozen { "frozen" } else { "active" };
        self.call("Page.setWebLifecycleState", json!({ "state": state })).map(drop)
    }

    fn activate(&self) -> Result<()> {
        let target = self.target().context("it is closed")?;
        self.shared.cdp.call(None, "Target.activateTarget", json!({ "targetId": target.id })).map(drop)
    }

    fn tab_id(&self) -> Result<i64> {
        // The protocol has no tab ID, so the extension is asked for the active tab.
        self.activate()?;
        let asked = "chrome.tabs.query({ active: true, lastFocusedWindow: true }).then(([tab]) => tab.id)";
        let answer = self.shared.run_in_worker(&script::wrap_expression(asked))?;
        answer.value()?.as_i64().context("no tab is active")
    }

    fn screenshot(&self, part: Option<[f64; 4]>) -> Result<Vec<u8>> {
        let mut params = json!({ "format": "png" });
        if let Some([x, y, width, height]) = part {
            params["clip"] = json!({ "x": x, "y": y, "width": width, "height": height, "scale": 1 });
        }
        let shot = self.call("Page.captureScreenshot", params)?;
        Ok(STANDARD.decode(shot["data"].as_str().unwrap_or_default())?)
    }

    fn set_viewport(&self, width: u32, height: u32) -> Result<()> {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 0, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", size).map(drop)
    }

    fn main_thread_seconds(&self) -> Result<f64> {
        self.call("Performance.enable", json!({}))?;
        let reply = self.call("Performance.getMetrics", json!({}))?;
        let mut metrics = reply["metrics"].as_array().into_iter().flatten();
        let tasks = metrics.find(|metric| metric["name"] == "TaskDuration").context("the browser counts its tasks")?;
        tasks["value"].as_f64().context("a duration is a number")
    }
}
