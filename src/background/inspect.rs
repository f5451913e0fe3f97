//! Inspecting a page.

use crate::errors::BrowserError;
use crate::managed;
use crate::messages::page::{FIRST_REPORT_MS, FOUND_PREFIX, MAX_FRAMES, MAX_TEXT, MAX_TEXTS, REPORT_MS};
use crate::messages::{AccessProblem, FrameReport, InspectedTab, Reply};
use crate::restriction::{access_problem, is_extension_page, stopped_tab, website};
use crate::webext::scripting::{Frames, InjectionResult, PageRun};
use crate::webext::tabs::{self, TabInfo};
use crate::webext::timer;
use js_sys::{Array, Function, JsString};
use std::cell::RefCell;
use std::collections::HashMap;
use wasm_bindgen::{JsCast, JsValue};

/// How long to wait for a late probe before another one is started, in milliseconds. Browsers settle the probe's
/// promise when its document goes away. The limit covers a promise that is never settled.
const LATE_MS: f64 = 30_000.0;

/// A probe that didn't answer in time.
struct LateProbe {
    run: PageRun,
    /// When it was started, by the program's own clock in milliseconds.
    started: f64,
}

/// The late probes by tab. The next inspection waits for the late probe and doesn't start another one: a page that
/// always takes too long could never be shown, and a busy page would collect probes.
#[derive(Default)]
struct LateProbes {
    by_tab: HashMap<i32, LateProbe>,
    /// How often probes were discarded. An inspection that began before a discard stores no probe.
    discards: u32,
}

thread_local! {
    static LATE: RefCell<LateProbes> = RefCell::default();
}

/// Makes the next inspection of a tab start a new probe. An act calls this, because the answer of a late probe can be
/// older than the act.
pub fn discard_late(tab: i32) {
    LATE.with_borrow_mut(|late| {
        late.by_tab.remove(&tab);
        late.discards = late.discards.wrapping_add(1);
    });
}

/// Inspects every accessible frame of a tab.
pub async fn inspect(tab: Option<i32>, probe: &Function) -> Reply {
    let clicked = tab.is_none();
    let rules = managed::read_rules();
    let found = match tab {
        Some(id) => tabs::get(id).await.map(Some),
        None => tabs::active().await,
    };
    let info = match found {
        Ok(Some(info)) => info,
        Ok(None) => return Reply::NoAccess { tab: None, why: AccessProblem::NoTab },
        Err(error) => return Reply::NoAccess { tab: None, why: access_problem(&error.to_string(), false, None) },
    };
    // A script injected into such a tab runs only when the tab is resumed, or it runs in the empty document that
    // replaces the page.
    if let Some(why) = stopped_tab(info.frozen, info.discarded) {
        return Reply::NoAccess { tab: Some(to_tab(info)), why };
    }
    if is_extension_page(info.url.as_deref()) {
        return Reply::NoAccess { tab: Some(to_tab(info)), why: AccessProblem::Restricted };
    }
    let website = website(info.url.as_deref(), info.icon_of_browser);
    let tab = to_tab(info);
    match run_probe(tab.id, probe, if clicked { FIRST_REPORT_MS } else { REPORT_MS }).await {
        None => Reply::NoAccess { tab: Some(tab), why: AccessProblem::Busy },
        Some(Ok(injected)) if injected.is_empty() => Reply::NoAccess { tab: Some(tab), why: AccessProblem::Restricted },
        Some(Ok(injected)) => {
            // A popup that is opening doesn't wait for the policy. It gets the restriction with the next poll.
            let rules = if clicked { rules.now() } else { rules.wait().await };
            let restriction = rules.restriction(tab.url.as_deref().unwrap_or_default());
            let (frames, left_out) = frames(injected);
            Reply::Inspected { tab: InspectedTab { restriction, ..tab }, frames, left_out }
        }
        Some(Err(error)) => {
            let granted = is_granted(&tab, clicked).await;
            Reply::NoAccess { tab: Some(tab), why: access_problem(&error.to_string(), granted, website) }
        }
    }
}

/// Whether the browser refused the probe although the extension had access to the page. A URL is visible only with
/// access, which can end between the look at the tab and the refusal. The click grants access wherever possible.
async fn is_granted(before: &InspectedTab, clicked: bool) -> bool {
    match before.url {
        Some(_) => tabs::get(before.id).await.is_ok_and(|now| now.url == before.url),
        None => clicked,
    }
}

/// The answers of a tab's frames; `None` if they take longer than `limit` milliseconds.
async fn run_probe(tab: i32, probe: &Function, limit: u32) -> Option<Result<Vec<InjectionResult>, BrowserError>> {
    let [_, now] = timer::now();
    let (late, discards) = LATE.with_borrow_mut(|late| (late.by_tab.remove(&tab), late.discards));
    let current = match late.filter(|late| now - late.started < LATE_MS) {
        Some(late) => late,
        None => match PageRun::start(tab, Frames::All, probe, &Array::of1(&JsValue::NULL)) {
            Ok(run) => LateProbe { run, started: now },
            Err(error) => return Some(Err(error)),
        },
    };
    let results = timer::timeout(current.run.results(), limit).await;
    if results.is_none() {
        LATE.with_borrow_mut(|late| {
            if late.discards == discards {
                late.by_tab.insert(tab, current);
            }
        });
    }
    results
}

fn to_tab(tab: TabInfo) -> InspectedTab {
    InspectedTab { id: tab.id, url: tab.url, title: tab.title, active: tab.active, restriction: None }
}

/// The main frame first, then the frames with anything of Upscope, then the others, each by its ID: the browser's order
/// is that of the answers, which differs from one inspection to the next. Also returns the number of frames left out.
fn frames(mut injected: Vec<InjectionResult>) -> (Vec<FrameReport>, u32) {
    injected.sort_by_key(|one| (one.frame != 0, !is_found(&one.result), one.frame));
    let answered = injected.len();
    let mut room = MAX_TEXTS;
    let mut frames = vec![];
    for one in injected.into_iter().take(MAX_FRAMES) {
        let text = probe_text(&one.result);
        let Some(left) = room.checked_sub(text.encode_utf16().count()) else { break };
        room = left;
        frames.push(FrameReport { frame: one.frame, document_id: one.document_id, text });
    }
    let left_out = (answered - frames.len()) as u32;
    (frames, left_out)
}

/// The probe's text; empty if the page returned something else, or more than the probe's limit.
pub fn probe_text(result: &JsValue) -> String {
    let text = result.dyn_ref::<JsString>().filter(|text| text.length() as usize <= MAX_TEXT);
    text.map(String::from).unwrap_or_default()
}

fn is_found(result: &JsValue) -> bool {
    result.dyn_ref::<JsString>().is_some_and(|text| text.starts_with(FOUND_PREFIX, 0))
}
