//! A page of Firefox: a tab or the popup, identified by its `browser` element, which stays the same across navigations
//! and processes.

use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use inspector_launch::wait;
use serde_json::{Value, json};

use super::Shared;
use crate::drive::driver::PageDriver;
use crate::drive::keys::Chord;
use crate::drive::script::Outcome;
use crate::drive::{LIMIT, Seen};

pub struct FirefoxPage {
    shared: Arc<Shared>,
    browser: i64,
}

impl FirefoxPage {
    pub fn new(shared: Arc<Shared>, browser: i64) -> FirefoxPage {
        FirefoxPage { shared, browser }
    }

    /// Calls a function of the helper with the page and `args`.
    fn call(&self, function: &str, args: &[Value]) -> Result<Value> {
        let mut all = vec![Value::from(self.browser)];
        all.extend_from_slice(args);
        self.shared.chrome(&format!("return drive.{function}(...arguments)"), all.into())
    }

    /// If an act fails because it closed the popup, it was done.
    fn unless_closed(&self, outcome: Result<Value>) -> Result<()> {
        if self.is_open() { outcome.map(drop) } else { Ok(()) }
    }
}

impl PageDriver for FirefoxPage {
    fn handle(&self) -> String {
        self.browser.to_string()
    }

    fn run(&self, frame: Option<&str>, code: &str) -> Result<Outcome> {
        let Some(frame) = frame else {
            return self
                .shared
                .run("return drive.run(drive.top(arguments[0]), arguments[1])", json!([self.browser, code]));
        };
        let found = wait(LIMIT, || {
            let id = self
                .shared
                .chrome("return drive.frame(...arguments).then((frame) => frame?.id)", json!([self.browser, frame]))?;
            Ok((!id.is_null()).then_some(id))
        })?;
        let id = found.map_err(|()| anyhow!("no such frame within {LIMIT:?}"))?;
        self.shared.run("return drive.run(BrowsingContext.get(arguments[0]), arguments[1])", json!([id, code]))
    }

    fn click_at(&self, x: f64, y: f64) -> Result<()> {
        self.call("mouse", &[x.into(), y.into(), json!(["mousemove", "mousedown"])])?;
        // Pressing may close a popup before the release.
        let released = self.call("mouse", &[x.into(), y.into(), json!(["mouseup"])]);
        self.unless_closed(released)
    }

    fn move_to(&self, x: f64, y: f64) -> Result<()> {
        self.call("mouse", &[x.into(), y.into(), json!(["mousemove"])]).map(drop)
    }

    fn seen(&self) -> Result<Vec<Seen>> {
        // A page has an accessibility tree some moments after the first request for it.
        let tree = wait(LIMIT, || Ok(Some(self.call("seen", &[])?).filter(|tree| !tree.is_null())))?;
        let tree = tree.map_err(|()| anyhow!("no accessibility tree within {LIMIT:?}"))?;
        serde_json::from_value(tree).context("reading the accessibility tree")
    }

    fn store_element(&self, node: i64) -> Result<()> {
        let stored = self.call("storeElement", &[node.into()])?;
        if stored == true { Ok(()) } else { bail!("it is no longer there") }
    }

    fn insert_text(&self, text: &str) -> Result<()> {
        self.call("insert", &[text.into()]).map(drop)
    }

    fn compose(&self, text: &str, keys: &[Chord]) -> Result<()> {
        let keys: Vec<_> = keys.iter().map(|Chord { key, code, .. }| json!({ "key": key, "code": code })).collect();
        self.call("compose", &[text.into(), keys.into()]).map(drop)
    }

    fn press(&self, chord: &Chord) -> Result<()> {
        let printable = chord.key.chars().count() == 1;
        let event = json!({
            "key": chord.key, "code": chord.code, "printable": printable, "location": 0,
            "altKey": chord.alt, "ctrlKey": chord.control, "metaKey": chord.meta, "shiftKey": chord.shift,
        });
        let pressed = self.call("key", &[event]);
        self.unless_closed(pressed)
    }

    fn navigate(&self, url: &str) -> Result<()> {
        let gone = wait(LIMIT, || Ok((self.call("navigate", &[url.into()])? == true).then_some(())))?;
        gone.map_err(|()| anyhow!("the page before it did not stop loading"))
    }

    fn reload(&self) -> Result<()> {
        self.shared.chrome("drive.element(arguments[0]).reload()", json!([self.browser])).map(drop)
    }

    fn back(&self) -> Result<()> {
        // The browser's process learns of a new history entry a moment after the page has loaded.
        let gone = wait(LIMIT, || Ok((self.call("back", &[])? == true).then_some(())))?;
        gone.map_err(|()| anyhow!("there is nothing to go back to"))
    }

    fn is_open(&self) -> bool {
        self.call("isOpen", &[]).is_ok_and(|open| open == true)
    }

    fn close(&self) -> Result<()> {
        if self.is_open() { self.call("close", &[]).map(drop) } else { Ok(()) }
    }

    fn set_frozen(&self, _is_frozen: bool) -> Result<()> {
        bail!("Firefox freezes no tab")
    }

    fn activate(&self) -> Result<()> {
        self.call("activate", &[]).map(drop)
    }

    fn tab_id(&self) -> Result<i64> {
        let id = self.call("tabId", &[])?;
        id.as_i64().ok_or_else(|| anyhow!("{id} is no id of a tab"))
    }

    fn screenshot(&self, part: Option<[f64; 4]>) -> Result<Vec<u8>> {
        let shot = self.call("screenshot", &[json!(part)])?;
        Ok(STANDARD.decode(shot.as_str().unwrap_or_default())?)
    }

    fn set_viewport(&self, width: u32, height: u32) -> Result<()> {
        self.call("viewport", &[width.into(), height.into()]).map(drop)
    }

    fn main_thread_seconds(&self) -> Result<f64> {
        // Linux counts the browser's time in steps of 10 ms, but returns nanoseconds here.
        let pid = self.call("pid", &[])?;
        if let Ok(counted) = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/schedstat")) {
            let nanoseconds = counted.split(' ').next().and_then(|field| field.parse::<f64>().ok());
            return nanoseconds.map(|ns| ns / 1e9).context("schedstat begins with a duration");
        }
        let seconds = self.call("mainThreadSeconds", &[])?;
        seconds.as_f64().ok_or_else(|| anyhow!("{seconds} is no duration"))
    }
}
