//! What a page can observe of the recorder. Each page of the site is loaded unrecorded and recorded. The two may differ
//! only as docs/recorder.md lists.

use crate::in_both;
use crate::recorder::{Recorder, SITE};
use crate::support::{SOON, World, leave};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use xtask::drive::Page;
use xtask::site::{Direction, Frame, page_names};

in_both! {
    no_page_behaves_otherwise_recorded;
}

/// Pages that reload themselves, or whose SDK reconnects at an arbitrary time.
const LEFT_OUT: [&str; 6] = ["index", "reload", "leaves", "hang", "dead-queue", "short-id-then-reset"];

/// The number of responses, with a pause between them, after which a page is settled if the server receives nothing
/// new. A slow page also responds slowly.
const QUIET: (u32, Duration) = (5, Duration::from_millis(100));

/// The number for an unrecorded page of which the server has received nothing. A page that never connects looks like
/// one that hasn't connected yet.
const SILENT: u32 = 20;

/// The time limit for a recorded page to match the unrecorded one.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a page can observe, one fact per line: its globals, its storage, and the properties of the SDK's function, of
/// the built-ins that the recorder wraps, and of `Error`.
const FACTS: &str = r"
    const facts = [];
    const tell = (where, object, key) => {
      const slot = Object.getOwnPropertyDescriptor(object, key);
      if (!slot) return facts.push(`${where}.${key}: none`);
      const flags = ['writable', 'enumerable', 'configurable'].filter((flag) => slot[flag]).join(' ');
      for (const part of ['value', 'get', 'set']) {
        if (!(part in slot)) continue;
        const v = slot[part];
        facts.push(`${where}.${key} ${part}: ${typeof v} ${flags}`);
        if (typeof v === 'function') facts.push(`${where}.${key} ${part} is ${v.name}/${v.length}`, `${where}.${key} ${part} reads ${String(v).replace(/\s+/g, ' ')}`);
      }
    };
    for (const name of Object.getOwnPropertyNames(window)) facts.push(`global ${name}`);
    tell('window', window, 'Upscope');
    if (typeof Upscope === 'function') for (const key of Reflect.ownKeys(Upscope)) tell('Upscope', Upscope, key);
    for (const key of ['send', 'close', 'url', 'onopen', 'onclose', 'onerror', 'onmessage']) tell('WebSocket', WebSocket.prototype, key);
    for (const key of ['prepareStackTrace', 'stackTraceLimit', 'captureStackTrace']) tell('Error', Error, key);
    for (const key of Object.keys(localStorage)) facts.push(`local ${key}`);
    for (const key of Object.keys(sessionStorage)) facts.push(`session ${key}`);
    return facts.join('\n')";

/// Whether docs/recorder.md lists the difference.
fn is_listed(path: &str, fact: &str) -> bool {
    let unset =
        fact == "global Upscope" || fact.starts_with("window.Upscope get") || fact.starts_with("window.Upscope set");
    let mirrored =
        fact.starts_with("Upscope.c value reads") || (fact.starts_with("WebSocket.") && fact.contains(" reads "));
    let var = path == "var-held" && fact.starts_with("window.Upscope value: function");
    unset || fact == "window.Upscope: none" || mirrored || var
}

/// One load of a page, with the number of the server's frames before it.
struct Load<'a> {
    world: &'a World,
    path: &'a str,
    page: Page,
    before: usize,
}

impl<'a> Load<'a> {
    /// Loads the page and waits until it is settled: `silent` responses if the server has received nothing.
    fn start(world: &'a World, path: &'a str, silent: u32) -> Self {
        let before = world.site.frames().len();
        let page = world.open(&format!("/{path}"));
        let load = Self { world, path, page, before };
        load.settle(silent);
        load
    }

    /// The frames of this load in both directions, without pings.
    fn frames(&self) -> Vec<Frame> {
        let frames = self.world.site.frames().split_off(self.before);
        frames.into_iter().filter(|frame| !matches!(frame.name.as_str(), "ping" | "pong")).collect()
    }

    /// Waits until the page has done what it does after its load: it marks a later action in `data-later`, and the
    /// server receives nothing new for some time. Some pages never stop sending requests, but the requests don't change
    /// after a moment.
    fn settle(&self, silent: u32) {
        self.page.wait_for("what it does later", "document.documentElement.dataset.later !== 'due'", SOON).unwrap();
        for _ in 0..4 {
            let before = self.frames().len();
            for _ in 0..if before == 0 { silent } else { QUIET.0 } {
                self.page.eval("1").unwrap();
                std::thread::sleep(QUIET.1);
                if before == 0 && !self.frames().is_empty() {
                    break;
                }
            }
            if self.frames().len() == before {
                return;
            }
        }
    }

    /// The facts of this load: those of the page, and the frames that reached the server, except the window's focus.
    fn facts(&self) -> BTreeSet<String> {
        let facts = self.page.eval(FACTS).unwrap_or_else(|error| panic!("{}: {error:#}", self.path));
        let frames = self.frames().into_iter();
        let sent = frames.filter(|frame| matches!(frame.direction, Direction::In) && frame.name != "focus");
        let frame = |frame: Frame| format!("frame {} {}", frame.name, steady(frame.data));
        facts.as_str().unwrap().lines().map(str::to_owned).chain(sent.map(frame)).collect()
    }

    /// The facts that differ from those of another load and aren't listed, once there are none or after `PATIENCE`.
    fn differences(&self, other: &BTreeSet<String>) -> Vec<String> {
        let end = Instant::now() + PATIENCE;
        loop {
            let facts = self.facts();
            let differ = other.symmetric_difference(&facts).filter(|fact| !is_listed(self.path, fact));
            let differ: Vec<_> = differ.map(|fact| format!("/{}: {fact}", self.path)).collect();
            if differ.is_empty() || Instant::now() > end {
                return differ;
            }
            std::thread::sleep(QUIET.1);
        }
    }

    /// Deletes the visitor and closes the page.
    fn end(self) {
        leave(self.page);
    }
}

/// The console's lines. They arrive late, and in Firefox some don't name their page. Lines that appear by chance are
/// left out: the browser requests an icon once, both browsers report scripts (also the extension's) that run while a
/// tab closes, and on a busy machine Chromium warns that a preload of an extension page isn't used in time.
fn console(world: &World) -> BTreeSet<String> {
    let by_chance = |line: &String| {
        let chances = [
            "favicon.ico",
            "Script terminated by timeout",
            "after context unloaded",
            "was preloaded using link preload",
        ];
        let late_preload =
            line.starts_with("page chrome-extension://") && line.contains("was preloaded using link preload");
        late_preload || chances.iter().any(|chance| line.contains(chance))
    };
    world.browser.console().unwrap().into_iter().filter(|line| !by_chance(line)).collect()
}

/// A frame's data without values that differ at each load.
fn steady(mut data: Value) -> Value {
    if let Some(data) = data.as_object_mut() {
        for key in ["timestamp", "shortId", "uniqueConnectionId", "activeSince", "hasFocus", "lookupCode"] {
            data.remove(key);
        }
    }
    data
}

fn paths() -> Vec<String> {
    let mut names = page_names("pages").unwrap();
    names.retain(|name| !name.starts_with('_') && !LEFT_OUT.contains(&name.as_str()));
    names
}

fn no_page_behaves_otherwise_recorded(world: &World) {
    let paths = paths();
    assert!(paths.len() > 50);
    let unrecorded: Vec<_> = paths
        .iter()
        .map(|path| {
            let load = Load::start(world, path, SILENT);
            let facts = load.facts();
            load.end();
            facts
        })
        .collect();
    let said = console(world);
    let recorder = Recorder::start(world);
    let (mut problems, mut doubts) = (vec![], vec![]);
    for (path, before) in paths.iter().zip(unrecorded) {
        let mut load = Load::start(world, path, QUIET.0);
        let mut differ = load.differences(&before);
        if !differ.is_empty() {
            // An action at an arbitrary time may have come before the handshake.
            load.end();
            load = Load::start(world, path, SILENT);
            differ = load.differences(&before);
        }
        if !differ.is_empty() {
            doubts.push((path, load.facts(), differ));
        }
        load.end();
    }
    // An unrecorded page that was slow may have looked settled too early. If there is a difference, the test loads it
    // again unrecorded and waits longer.
    recorder.ask(&json!({ "stopRecording": { "pattern": SITE } }));
    for (path, recorded, differ) in doubts {
        let load = Load::start(world, path, 5 * SILENT);
        if !load.differences(&recorded).is_empty() {
            problems.extend(differ);
        }
        load.end();
    }
    recorder.0.close().unwrap();
    problems.extend(console(world).difference(&said).cloned());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
