//! The queue of requests. An identical request is sent once for all callers, requests about one visitor run one after
//! the other, and a request without callers is aborted.

use crate::messages::ApiResponse;
use crate::retry;
use crate::webext::http::{self, Got, Lost, Sent};
use crate::webext::permissions;
use crate::webext::timer::{Timeout, TimeoutFuture};
use inspector_core::upscope_api::account::Account;
use inspector_core::upscope_api::problem::{Problem, retry_after};
use inspector_core::upscope_api::request::{Http, Method};
use inspector_core::upscope_api::visitor::MAX_ANSWER;
use js_sys::{Math, Promise};
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::AbortController;

/// How long one attempt may take, in milliseconds.
const TIMEOUT_MS: u32 = 10_000;

/// A request in progress.
struct PendingRequest {
    http: Http,
    /// Resolves when there is an outcome.
    done: Promise,
    outcome: Rc<OnceCell<Result<ApiResponse, Problem>>>,
    stop: Rc<Cancellation>,
    /// The request IDs of the callers.
    waiting: Vec<String>,
}

/// Cancels a request.
#[derive(Default)]
struct Cancellation {
    /// The controller of the current attempt. Each attempt has its own, because the time limit aborts it.
    abort: RefCell<Option<AbortController>>,
    cancelled: Cell<bool>,
}

thread_local! {
    static PENDING: RefCell<Vec<PendingRequest>> = const { RefCell::new(Vec::new()) };
}

/// Returns the server's response.
pub async fn fetch(account: Account, http: Http, id: String) -> Result<ApiResponse, Problem> {
    let (done, outcome) = PENDING.with_borrow_mut(|all| match all.iter_mut().find(|one| one.http == http) {
        Some(one) => {
            one.waiting.push(id);
            (one.done.clone(), one.outcome.clone())
        }
        None => enqueue(all, account, http, id),
    });
    let _ = JsFuture::from(done).await;
    outcome.get().cloned().unwrap_or(Err(Problem::Unreachable))
}

/// Cancels the request for the caller with this ID.
pub fn cancel(id: &str) {
    PENDING.with_borrow_mut(|all| {
        for one in all.iter_mut().filter(|one| one.waiting.iter().any(|waiting| waiting == id)) {
            one.waiting.retain(|waiting| waiting != id);
            if one.waiting.is_empty() {
                one.stop.cancel();
            }
        }
    });
}

/// Cancels all requests, because the account changed.
pub fn cancel_all() {
    PENDING.with_borrow(|all| all.iter().for_each(|one| one.stop.cancel()));
}

impl Cancellation {
    fn cancel(&self) {
        self.cancelled.set(true);
        if let Some(abort) = &*self.abort.borrow() {
            abort.abort();
        }
    }
}

type Begun = (Promise, Rc<OnceCell<Result<ApiResponse, Problem>>>);

fn enqueue(all: &mut Vec<PendingRequest>, account: Account, http: Http, id: String) -> Begun {
    let stop = Rc::new(Cancellation::default());
    let before = all.iter().rev().find(|one| one.http.lane == http.lane).map(|one| one.done.clone());
    let outcome = Rc::new(OnceCell::new());
    let (sent, stopped, result) = (http.clone(), stop.clone(), outcome.clone());
    let done = future_to_promise(async move {
        if let Some(before) = before {
            let _ = JsFuture::from(before).await;
        }
        let attempted = send_with_retries(&account, &sent, &stopped).await;
        PENDING.with_borrow_mut(|all| all.retain(|one| !Rc::ptr_eq(&one.stop, &stopped)));
        // It is the only one that sets it.
        let _ = result.set(attempted);
        Ok(JsValue::UNDEFINED)
    });
    all.push(PendingRequest { http, done: done.clone(), outcome: outcome.clone(), stop, waiting: vec![id] });
    (done, outcome)
}

async fn send_with_retries(account: &Account, http: &Http, stop: &Cancellation) -> Result<ApiResponse, Problem> {
    let mut attempt = 0;
    loop {
        if stop.cancelled.get() {
            return Err(Problem::Cancelled);
        }
        let outcome = attempt_once(account, http, stop).await;
        let problem = match &outcome {
            Ok(got) => problem_of(got),
            Err(problem) => Some(problem.clone()),
        };
        match problem.and_then(|problem| retry::wait(http.method, attempt, &problem, Math::random())) {
            Some(milliseconds) => TimeoutFuture::new(milliseconds).await,
            None => return outcome.map(|got| response(account, got)),
        }
        attempt += 1;
    }
}

/// The problem that an answer reports.
fn problem_of(got: &Got) -> Option<Problem> {
    Problem::of(got.status, seconds(got), &got.text)
}

fn seconds(got: &Got) -> Option<u32> {
    got.retry_after.as_deref().and_then(retry_after)
}

async fn attempt_once(account: &Account, http: &Http, stop: &Cancellation) -> Result<Got, Problem> {
    let late = Rc::new(Cell::new(false));
    let abort = AbortController::new().map_err(|_| Problem::Unreachable)?;
    stop.abort.replace(Some(abort.clone()));
    let (ends, limit) = (abort.clone(), late.clone());
    let _timeout = Timeout::new(TIMEOUT_MS, move || {
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

/// The browser reports a missing permission like a lost network. This distinguishes them.
async fn no_answer(account: &Account) -> Problem {
    match (permissions::has_origin(&account.base.pattern()).await, http::is_online()) {
        (false, _) => Problem::NoPermission,
        (true, false) => Problem::Offline,
        (true, true) => Problem::Unreachable,
    }
}

/// The answer for a page. The key is removed, even if the server sent it back.
fn response(account: &Account, got: Got) -> ApiResponse {
    ApiResponse { status: got.status, text: account.key.redact(&got.text), retry_after: seconds(&got) }
}
