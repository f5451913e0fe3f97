//! The guarantees for every page of `tests/site/hostile`: the page works as without the extension, the popup shows the
//! page's state, and nothing is sent or stored.

use crate::support::{Popup, SOON, World};
use inspector_core::page_report::raw_report;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use upscope_inspector::messages::page::MAX_TEXT;
use xtask::drive::Page;

/// The site. With this permission, every page of the extension can access it.
pub const HOST: &str = "http://127.0.0.1/*";

/// More HTML than the popup has for the largest visitor.
const MAX_POPUP: u64 = 600_000;

/// The state of a frame of which nothing is known.
const UNREAD: &str = "unread";

/// The proxy traps for property descriptors, keys and the prototype.
pub const LOOKS: [&str; 3] = ["trap getOwnPropertyDescriptor", "trap getPrototypeOf", "trap ownKeys"];

/// How a case describes itself; see `tests/site/hostile/cases.js`.
#[derive(Deserialize)]
pub struct Case {
    name: String,
    /// The state that the inspector must show.
    state: String,
    /// The names of the case's functions that ran.
    calls: Vec<String>,
    /// Whether the case's own values are unchanged.
    unchanged: bool,
    /// A counter that grows while the case's own scripts run.
    beats: f64,
}

/// A hostile page that is inspected.
pub struct Attack<'a> {
    world: &'a World,
    pub page: Page,
    tab: i64,
    before: Value,
}

/// The result for a frame: its case (`None` for the main frame and for frames of cases) and its state.
struct Answer {
    case: Option<String>,
    state: &'static str,
}

impl<'a> Attack<'a> {
    /// Opens a page and waits until all its cases exist.
    pub fn start(world: &'a World, path: &str) -> Self {
        let page = world.open(path);
        page.wait_for("every case", "window.tell && (window.isReady?.() ?? true)", SOON).unwrap();
        // In Chromium, asking for the ID activates the tab, which closes an open popup.
        let tab = page.tab_id().unwrap();
        let before = trace(world);
        Self { world, page, tab, before }
    }

    /// The descriptions of the page's cases.
    pub fn cases(&self) -> Vec<Case> {
        let cases = self.page.eval("window.tell()").unwrap();
        serde_json::from_value(cases).expect("every case describes itself")
    }

    /// Inspects the page and checks the guarantees of this module. `allowed`: functions of the page that may run,
    /// because the language offers no way to avoid them.
    pub fn survive(&self, allowed: &[&str]) -> Popup {
        let popup = self.world.inspect(&self.page);
        let answers = self.answers(&popup);
        self.assert_harmless(allowed);
        self.assert_states(&answers);
        self.assert_untouched();
        // This comes last, because choosing a frame stores the choice.
        assert_popup_shows(&popup, &answers);
        self.world.assert_no_error(&self.world.browser.extension_url(""), 0);
        popup
    }

    /// The reports of all frames, read as the popup reads them. On a busy machine, the first reply may report that the
    /// page is busy.
    fn answers(&self, popup: &Popup) -> Vec<Answer> {
        let ask = format!(
            "chrome.runtime.sendMessage({{ inspect: {{ tab: {} }} }}).then((reply) => reply.inspected?.frames)",
            self.tab
        );
        let frames = popup.wait("an answer of every frame", &ask);
        let texts = frames.as_array().expect("frames are a list").iter().map(|frame| frame["text"].as_str());
        texts.map(|text| read_answer(text.expect("a report is a text"))).collect()
    }

    /// The page's own scripts continue, none of its functions ran, and none of its values changed.
    pub fn assert_harmless(&self, allowed: &[&str]) {
        let before: Vec<f64> = self.cases().iter().map(|case| case.beats).collect();
        let goes_on = format!("tell().every((one, index) => one.beats > {}[index])", json!(before));
        self.page.wait_for("the page's own scripts to go on", &goes_on, SOON).unwrap();
        for case in self.cases() {
            assert!(case.unchanged, "{} is as it was", case.name);
            let ran: Vec<_> = case.calls.iter().filter(|call| !allowed.contains(&call.as_str())).collect();
            assert!(ran.is_empty(), "{}: {ran:?} ran", case.name);
        }
    }

    /// Each case has the state that it declares. A page without frames for its cases is its own case.
    fn assert_states(&self, answers: &[Answer]) {
        let of: HashMap<_, _> = answers.iter().filter_map(|one| Some((one.case.as_deref()?, one.state))).collect();
        // A report that can't be read doesn't name its case.
        let mut nameless = answers.iter().skip(1).filter(|one| one.case.is_none() && one.state == UNREAD);
        for case in self.cases() {
            let named = of.get(case.name.as_str()).copied();
            let unread = if named.is_none() && case.state == UNREAD { nameless.next() } else { None };
            let state = named.or(unread.map(|one| one.state)).unwrap_or(answers[0].state);
            assert_eq!(state, case.state, "{}", case.name);
        }
    }

    /// The extension has sent, requested and stored nothing.
    pub fn assert_untouched(&self) {
        assert_eq!(trace(self.world), self.before);
    }
}

fn read_answer(text: &str) -> Answer {
    assert!(text.len() <= MAX_TEXT, "a report of {}", text.len());
    let (report, oddities) = raw_report::read(text, |_| false);
    // Chromium runs no script in a sandboxed frame that allows none.
    assert!(text.is_empty() || !oddities.contains(&inspector_core::page_report::Oddity::Unreadable), "{text}");
    let case = report.page.url.split_once("?case=").map(|(_, case)| case.to_owned());
    Answer { case, state: report.sdk.state() }
}

/// The extension's stored data and the server's record, without the icon, which the browser requests at any time.
fn trace(world: &World) -> Value {
    let stored = "Promise.all([chrome.storage.local.get(null), chrome.storage.session.get(null)])";
    let stored = world.browser.eval_background(stored).unwrap();
    let requests = world.site.requests().iter().filter(|request| request.path != "/favicon.ico").count();
    json!([stored, requests, world.site.frames(), world.site.sockets_opened()])
}

/// Chooses each frame, and reads its state and the size of the popup's content. The list may change with the state.
const SHOW_EACH: &str = "const list = () => document.querySelector('[data-action=choose-frame]'), seen = []; \
    const see = () => seen.push([document.querySelector('[data-state]').dataset.state, \
      document.documentElement.outerHTML.length, document.querySelector('main').innerText.trim().length]); \
    if (!list()) return (see(), seen); \
    for (const { value } of [...list().options]) { \
      list().value = value; \
      list().dispatchEvent(new Event('change', { bubbles: true })); \
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done))); \
      see(); \
    } \
    return seen";

/// The popup shows the state of every frame with a trace of Upscope, with text and within the size limit.
fn assert_popup_shows(popup: &Popup, answers: &[Answer]) {
    let present: Vec<_> = answers.iter().filter(|one| !["no-upscope", UNREAD].contains(&one.state)).collect();
    if present.len() > 1 {
        popup.wait(
            "every frame",
            &format!("document.querySelector('[data-action=choose-frame]')?.options.length === {}", present.len()),
        );
    }
    // Chromium lists the frames in the order of their replies, so an index in the list doesn't identify a frame.
    let states: BTreeSet<_> = present.iter().map(|one| one.state).collect();
    for seen in popup.0.eval(SHOW_EACH).unwrap().as_array().expect("a list") {
        let (state, size, words) = (seen[0].as_str().expect("a state"), &seen[1], &seen[2]);
        assert!(states.contains(state) || present.is_empty() && state == answers[0].state, "{state} of {states:?}");
        assert!(size.as_u64().unwrap() < MAX_POPUP, "{state}: {size}");
        assert!(words.as_u64().unwrap() > 0, "{state}: no words");
    }
}
