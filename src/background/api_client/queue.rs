//! What is under way: the same request is made once for all who ask, requests about one visitor go one after the other,
//! and one that nobody waits for any more is aborted.

use crate::retry;
use crate::webext::http::{self, Got, Lost, Sent};
use crate::webext::timer::{Alarm, sleep};
use crate::webext::{object, permissions};
use inspector_core::upscope_api::account::Account;
use inspector_core::upscope_api::problem::{Problem, retry_after};
use inspector_core::upscope_api::request::{Http, Method};
use inspector_core::upscope_api::visitor::MAX_ANSWER;
use js_sys::{Math, Promise};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::AbortController;

/// How long one attempt may take, in milliseconds.
const PATIENCE: u32 = 10_000;

/// One request under way.
struct UnderWay {
    http: Http,
    /// Settled with an answer or a problem's name, never rejected.
    outcome: Promise,
    stop: Rc<Stop>,
    /// What those who wait call it.
    waiting: Vec<String>,
}

/// How a request is stopped from outside.
#[derive(Default)]
struct Stop {
    /// Of the attempt under way; each has its own, since its time limit uses it up.
    abort: RefCell<Option<AbortController>>,
    cancelled: Cell<bool>,
}

thread_local! {
    static UNDER_WAY: RefCell<Vec<UnderWay>> = const { RefCell::new(Vec::new()) };
}

/// The server's answer, `{answer: {status, text, retryAfter}}`.
pub async fn fetch(account: Account, http: Http, id: String) -> Result<JsValue, Problem> {
    let outcome = UNDER_WAY.with_borrow_mut(|all| match all.iter_mut().find(|one| one.http == http) {
        Some(one) => {
            one.waiting.push(id);
            one.outcome.clone()
        }
        None => begin(all, account, http, id),
    });
    let outcome = JsFuture::from(outcome).await.unwrap_or_default();
    match outcome.as_string() {
        Some(name) => Err(Problem::from_name(&name).unwrap_or(Problem::Unreachable)),
        None => Ok(outcome),
    }
}

/// Whoever calls a request so does not wait for it any more.
pub fn cancel(id: &str) {
    UNDER_WAY.with_borrow_mut(|all| {
        for one in all.iter_mut().filter(|one| one.waiting.iter().any(|waiting| waiting == id)) {
            one.waiting.retain(|waiting| waiting != id);
            if one.waiting.is_empty() {
                one.stop.cancel();
            }
        }
    });
}

/// Stops everything: the account is another one.
pub fn cancel_all() {
    UNDER_WAY.with_borrow(|all| all.iter().for_each(|one| one.stop.cancel()));
}

impl Stop {
    fn cancel(&self) {
        self.cancelled.set(true);
        if let Some(abort) = &*self.abort.borrow() {
            abort.abort();
        }
    }
}

fn begin(all: &mut Vec<UnderWay>, account: Account, http: Http, id: String) -> Promise {
    let stop = Rc::new(Stop::default());
    let before = all.iter().rev().find(|one| one.http.lane == http.lane).map(|one| one.outcome.clone());
    let (sent, stopped) = (http.clone(), stop.clone());
    let outcome = future_to_promise(async move {
        if let Some(before) = before {
            let _ = JsFuture::from(before).await;
        }
        let outcome = attempts(&account, &sent, &stopped).await;
        UNDER_WAY.with_borrow_mut(|all| all.retain(|one| !Rc::ptr_eq(&one.stop, &stopped)));
        Ok(outcome.unwrap_or_else(|problem| problem.name().into()))
    });
    all.push(UnderWay { http, outcome: outcome.clone(), stop, waiting: vec![id] });
    outcome
}

async fn attempts(account: &Account, http: &Http, stop: &Stop) -> Result<JsValue, Problem> {
    let mut attempt = 0;
    loop {
        if stop.cancelled.get() {
            return Err(Problem::Cancelled);
        }
        let outcome = once(account, http, stop).await;
        let problem = match &outcome {
            Ok(got) => of(got),
            Err(problem) => Some(problem.clone()),
        };
        match problem.and_then(|problem| retry::wait(http.method, attempt, &problem, Math::random())) {
            Some(milliseconds) => sleep(milliseconds).await,
            None => return outcome.map(|got| told(account, got)),
        }
        attempt += 1;
    }
}

/// What the answer itself says is wrong.
fn of(got: &Got) -> Option<Problem> {
    Problem::of(got.status, seconds(got), &got.text)
}

fn seconds(got: &Got) -> Option<u32> {
    got.retry_after.as_deref().and_then(retry_after)
}

async fn once(account: &Account, http: &Http, stop: &Stop) -> Result<Got, Problem> {
    let late = Rc::new(Cell::new(false));
    let abort = AbortController::new().map_err(|_| Problem::Unreachable)?;
    stop.abort.replace(Some(abort.clone()));
    let (ends, limit) = (abort.clone(), late.clone());
    let _alarm = Alarm::new(PATIENCE, move || {
        limit.set(true);
        ends.abort();
    });
    let sent = Sent {
        body: http.body.as_deref().filter(|_| http.method == Method::Post),
        address: &http.address,
        query: &http.query,
        header: (account.base.kind().key_header(), account.key.secret()),
        most: MAX_ANSWER,
    };
    match http::exchange(sent, &abort).await {
        Ok(got) => Ok(got),
        Err(_) if stop.cancelled.get() => Err(Problem::Cancelled),
        Err(_) if late.get() => Err(Problem::TimedOut),
        Err(Lost::TooLarge) => Err(Problem::TooLarge),
        Err(Lost::Redirected) => Err(Problem::Redirected),
        Err(Lost::Broke) => Err(Problem::CutOff),
        Err(Lost::NoAnswer) => Err(no_answer(account).await),
    }
}

/// A refusal of the browser looks like a lost network: tell them apart.
async fn no_answer(account: &Account) -> Problem {
    match (permissions::has_origin(&account.base.pattern()).await, http::is_online()) {
        (false, _) => Problem::NoPermission,
        (true, false) => Problem::Offline,
        (true, true) => Problem::Unreachable,
    }
}

/// What goes to a page of ours: never the key, even if the server sent it back.
fn told(account: &Account, got: Got) -> JsValue {
    let retry_after = seconds(&got).map_or(JsValue::NULL, JsValue::from);
    let text = account.key.redact(&got.text);
    object([("answer", object([("status", got.status.into()), ("text", text.into()), ("retryAfter", retry_after)]))])
}
