//! The server's word beside each field of the popup.

use crate::messages::AccountView;
use crate::ui::api;
use crate::ui::api::{open_watching, request_name};
use crate::ui::comparison::state::{Effect, Event, State, Watcher, agrees, update};
use crate::ui::i18n::*;
use crate::ui::popup::host::ReadPage;
use crate::ui::popup::state::{POLL_INTERVAL, Server, ServerLine};
use crate::ui::text::clock::date_time;
use crate::ui::text::server::{line, problem};
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::upscope_api::compare::{Agreement, Line};
use inspector_core::upscope_api::problem::Problem;
use inspector_core::upscope_api::visitor::{Known, ServerVisitor};
use js_sys::Date;
use leptos::prelude::{IntervalHandle, document, set_interval_with_handle};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Takes how the two compare.
pub type Tell = Rc<dyn Fn(Box<Server>)>;

/// The comparison for one document.
struct Watch {
    watcher: RefCell<Watcher>,
    page: ReadPage,
    tell: Tell,
    /// What `tell` got last. It does not get the same again.
    last: RefCell<Option<Box<Server>>>,
    beat: Cell<Option<IntervalHandle>>,
}

thread_local! {
    static CURRENT: RefCell<Option<Rc<Watch>>> = const { RefCell::new(None) };
}

/// Compares from now on, in the place of what was compared before, and calls `tell` at each change.
pub fn begin(page: ReadPage, tell: Tell) {
    let watch =
        Rc::new(Watch { watcher: RefCell::default(), page, tell, last: RefCell::default(), beat: Cell::default() });
    stop();
    CURRENT.set(Some(watch.clone()));
    look(&watch);
    ask(&watch);
    let beating = watch.clone();
    watch.beat.set(set_interval_with_handle(move || look(&beating), POLL_INTERVAL).ok());
}

/// Asks the server again.
pub fn refresh() {
    if let Some(watch) = current() {
        ask(&watch);
    }
}

/// Opens a tab that watches the visitor; what went wrong in words, or an empty text.
pub async fn watch() -> String {
    let Some(watch) = current() else { return String::new() };
    start_watching(&watch).await.map_or_else(|why| problem(&why), |()| String::new())
}

/// Adds what the person sent. `tell` gets the lines again, even if they are the same as before.
pub fn edited(sent: VisitorPatch) {
    let Some(watch) = current() else { return };
    look(&watch);
    watch.last.take();
    happens(&watch, Event::Edited(sent));
}

fn current() -> Option<Rc<Watch>> {
    CURRENT.with_borrow(Option::clone)
}

/// Asks the server, with the account as it is now: it may have been connected meanwhile.
fn ask(watch: &Rc<Watch>) {
    let watch = watch.clone();
    spawn_local(async move {
        let connected = api::get_account().await;
        let kind = |account: AccountView| account.mask.is_some().then_some(account.kind);
        happens(&watch, Event::Account(connected.map(|account| account.and_then(kind))));
    });
}

/// Looks at the visitor once more, since watching one who has left helps nobody, and opens the address.
async fn start_watching(watch: &Watch) -> Result<(), Problem> {
    let short_id = watch.watcher.borrow().short_id().ok_or(Problem::NotFound)?;
    let account = api::get_account().await?.ok_or(Problem::NoAccount)?;
    if account.agent.name.is_empty() {
        return Err(Problem::NoAgent);
    }
    match api::get_visitor(&short_id, &request_name(0)).await?.is_online {
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
    if let Some(report) = (watch.page)() {
        happens(watch, Event::Looked(Date::now() as i64, Box::new(report)));
    }
}

fn happens(watch: &Rc<Watch>, event: Event) {
    let effects = update(&mut watch.watcher.borrow_mut(), event);
    for effect in effects {
        match effect {
            Effect::Cancel { asked } => api::cancel(&request_name(asked)),
            Effect::Ask { asked, short_id } => {
                let watch = watch.clone();
                spawn_local(async move {
                    let answer = api::get_visitor(&short_id, &request_name(asked)).await;
                    happens(&watch, Event::Answered(asked, Box::new(answer)));
                });
            }
        }
    }
    tell(watch);
}

/// Tells what changed, as long as this is the comparison.
fn tell(watch: &Rc<Watch>) {
    let server = Box::new(server(&watch.watcher.borrow()));
    let is_current = current().is_some_and(|current| Rc::ptr_eq(&current, watch));
    let is_new = watch.last.borrow().as_ref() != Some(&server);
    if is_current && is_new {
        watch.last.replace(Some(server.clone()));
        (watch.tell)(server);
    }
}

fn server(watcher: &Watcher) -> Server {
    let (lines, there) = (watcher.lines(), watcher.there());
    let (state, words) = state(&watcher.state(), &lines);
    let problem = match watcher.state() {
        State::Failed(problem) => Some(problem.name().to_owned()),
        _ => None,
    };
    Server {
        state: state.to_owned(),
        words,
        problem,
        facts: there.map(facts),
        short_id: there.map(|there| there.short_id.as_str().to_owned()),
        agrees: there.is_some() && agrees(&lines),
        asking: watcher.is_asking(),
        can_watch: watcher.can_watch(),
        lines: lines.iter().map(server_line).collect(),
    }
}

fn server_line(compared: &Line) -> ServerLine {
    ServerLine {
        key: compared.key.to_owned(),
        words: line(compared),
        agreement: compared.agreement.name().to_owned(),
        reason: compared.agreement.reason().to_owned(),
    }
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
