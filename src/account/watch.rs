//! The server's word beside each field of the popup.

use super::{open_watching, request_name, talk};
use crate::app::server::watcher::{Effect, Event, State, Watcher, agrees, update};
use crate::browser::object;
use crate::protocol::server::AccountView;
use crate::ui::i18n::*;
use crate::ui::words::clock::date_time;
use crate::ui::words::server::{line, problem};
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::json_read;
use inspector_core::page_report::raw_report;
use inspector_core::upscope_api::compare::{Agreement, Line};
use inspector_core::upscope_api::problem::Problem;
use inspector_core::upscope_api::visitor::{Known, ServerVisitor};
use js_sys::{Array, Date, Function, Promise};
use leptos::prelude::{IntervalHandle, document, set_interval_with_handle};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{future_to_promise, spawn_local};

/// How often the page as last seen is compared anew; the popup looks at it as often.
const BEAT: Duration = Duration::from_millis(600);

/// The comparison for one document.
struct Watch {
    watcher: RefCell<Watcher>,
    /// Gives the page's raw text as last seen.
    page: Function,
    tell: Function,
    /// What was told last: it is not told twice.
    told: RefCell<String>,
    beat: Cell<Option<IntervalHandle>>,
}

thread_local! {
    static CURRENT: RefCell<Option<Rc<Watch>>> = const { RefCell::new(None) };
}

/// Compares from now on, in the place of what was compared before. `tell([[key, words, agreement, reason]], summary)` is called
/// at each change: `agreement` is `same`, `differs`, `not-yet` or `unknown`; the summary's `state` is `asking`, `no-account`,
/// `no-short-id`, `error` or `connected`, with `words`, `asking`, `canWatch`, and for a visitor `facts`, in words, `agrees`,
/// `online`, `inSession`, `lastSeen`, `device`. What it gives back: `refresh()` asks the server again, `edited(argument)` tells
/// that the person sent this argument of an `updateConnection`, as JSON, to the page that `page()` gives now, `stop()` ends it,
/// and `watch()` opens a tab that watches the visitor; its promise holds what went wrong in words, or an empty text.
pub fn begin(page: Function, tell: Function) -> JsValue {
    let watch =
        Rc::new(Watch { watcher: RefCell::default(), page, tell, told: RefCell::default(), beat: Cell::default() });
    stop();
    CURRENT.set(Some(watch.clone()));
    let (beating, refreshed, changed, watched) = (watch.clone(), watch.clone(), watch.clone(), watch);
    look(&beating);
    ask(&beating);
    let handle = beating.clone();
    handle.beat.set(set_interval_with_handle(move || look(&beating), BEAT).ok());
    let refresh: Box<dyn FnMut()> = Box::new(move || ask(&refreshed));
    let edited: Box<dyn FnMut(String)> = Box::new(move |argument| edited(&changed, &argument));
    let stop: Box<dyn FnMut()> = Box::new(stop);
    let watch: Box<dyn FnMut() -> Promise> = Box::new(move || {
        let watched = watched.clone();
        future_to_promise(async move {
            let done = start_watching(&watched).await;
            Ok(done.map_or_else(|why| problem(&why), |()| String::new()).into())
        })
    });
    object([
        ("refresh", Closure::wrap(refresh).into_js_value()),
        ("edited", Closure::wrap(edited).into_js_value()),
        ("stop", Closure::wrap(stop).into_js_value()),
        ("watch", Closure::wrap(watch).into_js_value()),
    ])
}

/// Asks the server, with the account as it is now: it may have been connected meanwhile.
fn ask(watch: &Rc<Watch>) {
    let watch = watch.clone();
    spawn_local(async move {
        let connected = talk::state().await;
        let kind = |account: AccountView| account.mask.is_some().then_some(account.kind);
        happens(&watch, Event::Account(connected.map(|account| account.and_then(kind))));
    });
}

/// Takes up what the person sent; the lines are told anew even where they say the same as before it.
fn edited(watch: &Rc<Watch>, argument: &str) {
    look(watch);
    let patch = json_read::read(argument).ok().as_ref().and_then(VisitorPatch::from_argument);
    if let Some(patch) = patch {
        watch.told.take();
        happens(watch, Event::Edited(patch));
    }
}

/// Looks at the visitor once more, since watching one who has left helps nobody, and opens the address.
async fn start_watching(watch: &Watch) -> Result<(), Problem> {
    let short_id = watch.watcher.borrow().short_id().ok_or(Problem::NotFound)?;
    let account = talk::state().await?.ok_or(Problem::NoAccount)?;
    if account.agent.name.is_empty() {
        return Err(Problem::NoAgent);
    }
    match talk::visitor(&short_id, &request_name(0)).await?.is_online {
        Known::Value(false) => Err(Problem::VisitorOffline),
        _ => open_watching(&short_id, &account).await,
    }
}

/// Ends the comparison there is.
fn stop() {
    if let Some(watch) = CURRENT.take()
        && let Some(beat) = watch.beat.take()
    {
        beat.clear();
    }
}

/// Takes up the page as last seen, while the person can see it.
fn look(watch: &Rc<Watch>) {
    if document().hidden() {
        return;
    }
    let Some(text) = watch.page.call0(&JsValue::UNDEFINED).ok().and_then(|text| text.as_string()) else { return };
    let (report, _) = raw_report::read(&text, |_| false);
    happens(watch, Event::Looked(Date::now() as i64, Box::new(report)));
}

fn happens(watch: &Rc<Watch>, event: Event) {
    let effects = update(&mut watch.watcher.borrow_mut(), event);
    for effect in effects {
        match effect {
            Effect::Cancel { asked } => talk::cancel(&request_name(asked)),
            Effect::Ask { asked, short_id } => {
                let watch = watch.clone();
                spawn_local(async move {
                    let answer = talk::visitor(&short_id, &request_name(asked)).await;
                    happens(&watch, Event::Answered(asked, Box::new(answer)));
                });
            }
        }
    }
    tell(watch);
}

/// Tells what changed, to whoever still wants to know.
fn tell(watch: &Rc<Watch>) {
    let current = CURRENT.with_borrow(|current| current.as_ref().is_some_and(|current| Rc::ptr_eq(current, watch)));
    let watcher = watch.watcher.borrow();
    let lines: Vec<_> = watcher.lines().iter().map(told).collect();
    let summary = summary(&watcher);
    let print = format!("{lines:?}{summary:?}");
    if !current || watch.told.replace(print.clone()) == print {
        return;
    }
    let lines: Array = lines.into_iter().map(|line| Array::from_iter(line.map(JsValue::from))).collect();
    let summary = object(summary.map(|(name, value)| (name, value.into_js())));
    drop(watcher);
    if let Err(error) = watch.tell.call2(&JsValue::UNDEFINED, &lines, &summary) {
        web_sys::console::error_2(&"not compared:".into(), &error);
    }
}

/// Key, words, agreement and reason.
fn told(compared: &Line) -> [String; 4] {
    let Line { key, agreement, .. } = compared;
    [(*key).to_owned(), line(compared), agreement.name().to_owned(), agreement.reason().to_owned()]
}

/// One part of the summary.
#[derive(Debug)]
enum Part {
    Text(Option<String>),
    Flag(Option<bool>),
}

impl Part {
    fn into_js(self) -> JsValue {
        match self {
            Self::Text(text) => text.map_or(JsValue::NULL, JsValue::from),
            Self::Flag(flag) => flag.map_or(JsValue::NULL, JsValue::from),
        }
    }
}

fn summary(watcher: &Watcher) -> [(&'static str, Part); 13] {
    let lines = watcher.lines();
    let there = watcher.there();
    let text =
        |read: fn(&ServerVisitor) -> &Known<String>| Part::Text(there.and_then(|there| read(there).value().cloned()));
    let flag =
        |read: fn(&ServerVisitor) -> &Known<bool>| Part::Flag(there.and_then(|there| read(there).value().copied()));
    let seen = there.and_then(|there| there.last_seen_at.value()).map(|at| date_time(*at));
    let short_id = there.map(|there| there.short_id.as_str().to_owned());
    let (state, words) = state(&watcher.state(), &lines);
    let problem = match watcher.state() {
        State::Failed(problem) => Some(problem.name().to_owned()),
        _ => None,
    };
    [
        ("state", Part::Text(Some(state.to_owned()))),
        ("words", Part::Text(Some(words))),
        ("problem", Part::Text(problem)),
        ("shortId", Part::Text(short_id)),
        ("asking", Part::Flag(Some(watcher.is_asking()))),
        ("canWatch", Part::Flag(Some(watcher.can_watch()))),
        ("facts", Part::Text(there.map(facts))),
        ("agrees", Part::Flag(there.map(|_| agrees(&lines)))),
        ("online", flag(|there| &there.is_online)),
        ("inSession", flag(|there| &there.is_in_session)),
        ("lastSeen", Part::Text(seen)),
        ("device", text(|there| &there.device)),
        ("browser", text(|there| &there.browser)),
    ]
}

/// What the server tells of the visitor beyond the fields, as far as it tells it.
fn facts(there: &ServerVisitor) -> String {
    let presence = there.is_online.value().map(|online| if *online { FIND_ONLINE } else { FIND_OFFLINE }.text());
    let session = there.is_in_session.value().filter(|running| **running).map(|_| STATE_IN_SESSION.text());
    let seen = there.last_seen_at.value().map(|at| server_last_seen(&date_time(*at)));
    let (device, browser) = (there.device.value().cloned(), there.browser.value().cloned());
    let facts: Vec<String> = [presence, session, seen, device, browser].into_iter().flatten().collect();
    facts.join(" · ")
}

/// The state's stable name, and its words.
fn state(state: &State, lines: &[Line]) -> (&'static str, String) {
    let not_yet = lines.iter().any(|line| matches!(line.agreement, Agreement::NotYet(_)));
    match state {
        State::Asking => ("asking", SERVER_ASKING.text()),
        State::NoAccount => ("no-account", problem(&Problem::NoAccount)),
        State::NoShortId => ("no-short-id", SERVER_NO_SHORT_ID.text()),
        State::Failed(why) => ("error", problem(why)),
        State::Compared if agrees(lines) => ("connected", SERVER_AGREES.text()),
        State::Compared if not_yet => ("connected", SERVER_NOT_YET.text()),
        State::Compared => ("connected", SERVER_DIFFERS.text()),
    }
}
