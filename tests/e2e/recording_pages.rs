//! What a page can notice of being recorded: every page of the site is loaded unrecorded and recorded, and compared but
//! for the list of docs/recorder.md.

use crate::in_both;
use crate::recorder::{Recorder, SITE};
use crate::support::{SOON, World};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use xtask::drive::Page;
use xtask::site::{Direction, Frame};

in_both! {
    no_page_behaves_otherwise_recorded;
}

/// Pages that load themselves again, or whose SDK reconnects at some later moment, which shows or not.
const LEFT_OUT: [&str; 6] = ["index", "reload", "leaves", "hang", "dead-queue", "short-id-then-reset"];

/// How often a page must answer, with a pause between, while the server hears nothing new of it, to count as settled. What is
/// slow makes its answers slow too.
const QUIET: (u32, Duration) = (5, Duration::from_millis(100));

/// How often instead while nothing was heard at all, unrecorded: a page that never connects looks like one that has yet to.
const SILENT: u32 = 20;

/// How long a recorded page may take to look as it did unrecorded.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a page can see of itself, one fact a line: its globals, how the SDK's function, the natives that the recorder
/// stands before and `Error` look, and what was stored.
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

/// Makes the next page's visitor a new one.
const FORGET: &str = r"
    localStorage.clear(); sessionStorage.clear();
    for (const pair of document.cookie.split('; ')) if (pair) document.cookie = pair.split('=')[0] + '=; max-age=0; path=/'";

/// The differences of docs/recorder.md.
fn is_listed(path: &str, fact: &str) -> bool {
    let unset =
        fact == "global Upscope" || fact.starts_with("window.Upscope get") || fact.starts_with("window.Upscope set");
    let mirrored =
        fact.starts_with("Upscope.c value reads") || (fact.starts_with("WebSocket.") && fact.contains(" reads "));
    let var = path == "var-held" && fact.starts_with("window.Upscope value: function");
    unset || fact == "window.Upscope: none" || mirrored || var
}

/// One load of a page, and what the server had heard before it.
struct Load<'a> {
    world: &'a World,
    path: &'a str,
    page: Page,
    before: usize,
}

impl<'a> Load<'a> {
    /// Loads the page and waits until it is settled, the given times while it is silent.
    fn start(world: &'a World, path: &'a str, silent: u32) -> Self {
        let before = world.site.frames().len();
        let page = world.open(&format!("/{path}"));
        let load = Self { world, path, page, before };
        load.settle(silent);
        load
    }

    /// The frames of this load but for the pings, both ways.
    fn frames(&self) -> Vec<Frame> {
        let frames = self.world.site.frames().split_off(self.before);
        frames.into_iter().filter(|frame| !matches!(frame.name.as_str(), "ping" | "pong")).collect()
    }

    /// Waits until the page has done what it does by itself after its load: it says so where it does something later, and
    /// the server hears nothing new for a while. Some pages never end asking; what they ask does not change after a moment.
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

    /// What the load did: the page's facts, and the frames that reached the server, but for those of the window's focus.
    fn facts(&self) -> BTreeSet<String> {
        let facts = self.page.eval(FACTS).unwrap_or_else(|error| panic!("{}: {error:#}", self.path));
        let frames = self.frames().into_iter();
        let sent = frames.filter(|frame| matches!(frame.direction, Direction::In) && frame.name != "focus");
        let frame = |frame: Frame| format!("frame {} {}", frame.name, steady(frame.data));
        facts.as_str().unwrap().lines().map(str::to_owned).chain(sent.map(frame)).collect()
    }

    /// What differs from the facts of another load and is not in the list, once nothing does or `PATIENCE` is at its end.
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

    /// Closes the page, and the next one's visitor is another.
    fn end(self) {
        self.page.eval(FORGET).unwrap();
        self.page.close().unwrap();
    }
}

/// The console's lines, which come late and, in Firefox, do not always name their page. The browser asks for an icon once,
/// and both report what happens to run, also of ours, in the moment in which a tab is closed. On a busy machine, Chromium
/// warns that a preload of a page of ours is not used in time.
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

/// A frame's data without what is another at each load.
fn steady(mut data: Value) -> Value {
    if let Some(data) = data.as_object_mut() {
        for key in ["timestamp", "shortId", "uniqueConnectionId", "activeSince", "hasFocus", "lookupCode"] {
            data.remove(key);
        }
    }
    data
}

fn paths() -> Vec<String> {
    let pages = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/site/pages");
    let names = std::fs::read_dir(pages).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let names = names.filter_map(|name| name.strip_suffix(".html").map(str::to_owned));
    let mut names: Vec<_> = names.filter(|name| !name.starts_with('_') && !LEFT_OUT.contains(&name.as_str())).collect();
    names.sort();
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
            // What it does at some time may have come before the handshake.
            load.end();
            load = Load::start(world, path, SILENT);
            differ = load.differences(&before);
        }
        if !differ.is_empty() {
            doubts.push((path, load.facts(), differ));
        }
        load.end();
    }
    // Unrecorded, a page that was slow looked as if it did no more: where something differs, it is loaded so once again.
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
