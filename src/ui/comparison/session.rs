//! The server's view beside each field of the popup.

use crate::messages::AccountView;
use crate::ui::POLL_INTERVAL;
use crate::ui::api;
use crate::ui::api::{open_watching, request_name};
use crate::ui::comparison::server_view::{ServerLine, ServerView};
use crate::ui::comparison::state::{Comparison, Effect, Event, State, agrees, update};
use crate::ui::host::ReadPage;
use crate::ui::i18n::*;
use crate::ui::text::clock::date_time;
use crate::ui::text::server::{line, problem};
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::upscope_api::compare::{Agreement, ComparisonLine};
use inspector_core::upscope_api::problem::ApiProblem;
use inspector_core::upscope_api::visitor::{ServerValue, ServerVisitor};
use js_sys::Date;
use leptos::prelude::{IntervalHandle, document, set_interval_with_handle};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Receives the comparison.
pub type OnChange = Rc<dyn Fn(Box<ServerView>)>;

/// The comparison for one document.
struct ActiveComparison {
    comparison: RefCell<Comparison>,
    page: ReadPage,
    on_change: OnChange,
    /// The last result, which isn't passed on twice.
    last: RefCell<Option<Box<ServerView>>>,
    interval: Cell<Option<IntervalHandle>>,
}

thread_local! {
    static CURRENT: RefCell<Option<Rc<ActiveComparison>>> = const { RefCell::new(None) };
}

/// Starts a comparison in place of the current one, and calls `on_change` at each change.
pub fn start(page: ReadPage, on_change: OnChange) {
    let active = Rc::new(ActiveComparison {
        comparison: RefCell::default(),
        page,
        on_change,
        last: RefCell::default(),
        interval: Cell::default(),
    });
    stop();
    CURRENT.set(Some(active.clone()));
    compare_now(&active);
    compare_account(&active);
    let polled = active.clone();
    active.interval.set(set_interval_with_handle(move || compare_now(&polled), POLL_INTERVAL).ok());
}

/// Requests the server's view again.
pub fn refresh() {
    if let Some(active) = current() {
        compare_account(&active);
    }
}

/// Opens a tab that watches the visitor.
pub async fn watch() -> Result<(), ApiProblem> {
    match current() {
        Some(active) => start_watching(&active).await,
        None => Ok(()),
    }
}

/// Adds an edit that was sent. The next result is passed on even if it is unchanged.
pub fn edited(sent: VisitorPatch) {
    let Some(active) = current() else { return };
    compare_now(&active);
    active.last.take();
    handle(&active, Event::Edited(sent));
}

fn current() -> Option<Rc<ActiveComparison>> {
    CURRENT.with_borrow(Option::clone)
}

/// Reads the account, which may have been connected since, and requests its visitor.
fn compare_account(active: &Rc<ActiveComparison>) {
    let active = active.clone();
    spawn_local(async move {
        let kind = |account: AccountView| account.mask.map(|_| account.kind).ok_or(ApiProblem::KeyGone);
        let connected = api::get_account().await.and_then(|account| account.map(kind).transpose());
        handle(&active, Event::Account(connected));
    });
}

/// Requests the visitor again, because watching needs a visitor who is online, and opens the URL.
async fn start_watching(active: &ActiveComparison) -> Result<(), ApiProblem> {
    let short_id = active.comparison.borrow().short_id().ok_or(ApiProblem::NotFound)?;
    let account = api::get_account().await?.ok_or(ApiProblem::NoAccount)?;
    if account.agent.name.is_empty() {
        return Err(ApiProblem::NoAgent);
    }
    match api::get_visitor(&short_id, &request_name(0)).await?.is_online {
        ServerValue::Value(false) => Err(ApiProblem::VisitorOffline),
        _ => open_watching(&short_id, &account).await,
    }
}

/// Stops the current comparison.
fn stop() {
    if let Some(active) = CURRENT.take()
        && let Some(interval) = active.interval.take()
    {
        interval.clear();
    }
}

/// Compares the last report while the page is visible.
fn compare_now(active: &Rc<ActiveComparison>) {
    if document().hidden() {
        return;
    }
    if let Some(report) = (active.page)() {
        handle(active, Event::Inspected(Date::now() as i64, Box::new(report)));
    }
}

fn handle(active: &Rc<ActiveComparison>, event: Event) {
    let effects = update(&mut active.comparison.borrow_mut(), event);
    for effect in effects {
        match effect {
            Effect::Cancel { request } => api::cancel(&request_name(request)),
            Effect::GetVisitor { request, short_id } => {
                let active = active.clone();
                spawn_local(async move {
                    let answer = api::get_visitor(&short_id, &request_name(request)).await;
                    handle(&active, Event::Answered(request, Box::new(answer)));
                });
            }
        }
    }
    notify(active);
}

/// Passes on a changed result, while this is the current comparison.
fn notify(active: &Rc<ActiveComparison>) {
    let server = Box::new(server(&active.comparison.borrow()));
    let is_current = current().is_some_and(|current| Rc::ptr_eq(&current, active));
    let is_new = active.last.borrow().as_ref() != Some(&server);
    if is_current && is_new {
        active.last.replace(Some(server.clone()));
        (active.on_change)(server);
    }
}

fn server(comparison: &Comparison) -> ServerView {
    let (lines, there) = (comparison.lines(), comparison.there());
    let state = comparison.state();
    ServerView {
        text: text_of(&state, &lines),
        state,
        facts: there.map(facts),
        short_id: there.map(|there| there.short_id.as_str().to_owned()),
        agrees: there.is_some() && agrees(&lines),
        asking: comparison.is_asking(),
        can_watch: comparison.can_watch(),
        lines: lines.iter().map(server_line).collect(),
    }
}

fn server_line(compared: &ComparisonLine) -> ServerLine {
    ServerLine { key: compared.key, text: line(compared), agreement: compared.agreement }
}

/// Further facts about the visitor from the server.
fn facts(there: &ServerVisitor) -> String {
    let presence = there.is_online.value().map(|online| if *online { FIND_ONLINE } else { FIND_OFFLINE }.text());
    let session = there.is_in_session.value().filter(|running| **running).map(|_| STATE_IN_SESSION.text());
    let seen = there.last_seen_at.value().map(|at| words::server_last_seen(&date_time(*at)));
    let (device, browser) = (there.device.value().cloned(), there.browser.value().cloned());
    let facts: Vec<String> = [presence, session, seen, device, browser].into_iter().flatten().collect();
    facts.join(" · ")
}

fn text_of(state: &State, lines: &[ComparisonLine]) -> String {
    let not_yet = lines.iter().any(|line| matches!(line.agreement, Agreement::NotYet(_)));
    match state {
        State::Asking => SERVER_ASKING.text(),
        State::NoAccount => problem(&ApiProblem::NoAccount),
        State::NoShortId => SERVER_NO_SHORT_ID.text(),
        State::Failed(why) => problem(why),
        State::Compared if agrees(lines) => SERVER_AGREES.text(),
        State::Compared if not_yet => SERVER_NOT_YET.text(),
        State::Compared => SERVER_DIFFERS.text(),
    }
}
