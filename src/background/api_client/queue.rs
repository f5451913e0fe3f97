//! The queue of requests. An identical request is sent once for all callers, requests about one visitor run one after
//! the other, and a request without callers is aborted.

use crate::messages::ApiResponse;
use crate::retry;
use crate::webext::http::{self, FetchError, FetchRequest, FetchResponse};
use crate::webext::permissions;
use crate::webext::timer::{Timeout, TimeoutFuture};
use inspector_core::upscope_api::account::Account;
use inspector_core::upscope_api::problem::{ApiProblem, retry_after};
use inspector_core::upscope_api::request::{EndpointRequest, Method};
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
    http: EndpointRequest,
    /// Resolves when there is an outcome.
    done: Promise,
    outcome: Rc<OnceCell<Result<ApiResponse, ApiProblem>>>,
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

impl PendingRequest {
    /// Whether its response is also that of a new request. A canceled one can still be in its lane or between two
    /// attempts, and has none.
    fn answers(&self, http: &EndpointRequest) -> bool {
        self.http == *http && !self.stop.cancelled.get()
    }
}

thread_local! {
    static PENDING: RefCell<Vec<PendingRequest>> = const { RefCell::new(Vec::new()) };
}

/// Returns the server's response.
pub async fn fetch(account: Account, http: EndpointRequest, id: String) -> Result<ApiResponse, ApiProblem> {
    let (done, outcome) = PENDING.with_borrow_mut(|all| match all.iter_mut().find(|one| one.answers(&http)) {
        Some(one) => {
            one.waiting.push(id);
            (one.done.clone(), one.outcome.clone())
        }
        None => enqueue(all, account, http, id),
    });
    let _ = JsFuture::from(done).await;
    outcome.get().cloned().unwrap_or(Err(ApiProblem::Unreachable))
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

type QueuedRequest = (Promise, Rc<OnceCell<Result<ApiResponse, ApiProblem>>>);

fn enqueue(all: &mut Vec<PendingRequest>, account: Account, http: EndpointRequest, id: String) -> QueuedRequest {
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
        // Nothing else sets the outcome.
        let _ = result.set(attempted);
        Ok(JsValue::UNDEFINED)
    });
    all.push(PendingRequest { http, done: done.clone(), outcome: outcome.clone(), stop, waiting: vec![id] });
    (done, outcome)
}

async fn send_with_retries(
    account: &Account,
    http: &EndpointRequest,
    stop: &Cancellation,
) -> Result<ApiResponse, ApiProblem> {
    let mut attempt = 0;
    loop {
        if stop.cancelled.get() {
            return Err(ApiProblem::Cancelled);
        }
        let outcome = attempt_once(account, http, stop).await;
        let problem = match &outcome {
            Ok(response) => problem_of(response),
            Err(problem) => Some(problem.clone()),
        };
        match problem.and_then(|problem| retry::wait(http.method, attempt, &problem, Math::random())) {
            Some(milliseconds) => TimeoutFuture::new(milliseconds).await,
            None => return outcome.map(|response| to_reply(account, response)),
        }
        attempt += 1;
    }
}

/// The problem that an answer reports.
fn problem_of(response: &FetchResponse) -> Option<ApiProblem> {
    ApiProblem::from_response(response.status, seconds(response), &response.text)
}

fn seconds(response: &FetchResponse) -> Option<u32> {
    response.retry_after.as_deref().and_then(retry_after)
}

async fn attempt_once(
    account: &Account,
    http: &EndpointRequest,
    stop: &Cancellation,
) -> Result<FetchResponse, ApiProblem> {
    let late = Rc::new(Cell::new(false));
    let abort = AbortController::new().map_err(|_| ApiProblem::Unreachable)?;
    stop.abort.replace(Some(abort.clone()));
    let (ends, limit) = (abort.clone(), late.clone());
    let _timeout = Timeout::new(TIMEOUT_MS, move || {
        limit.set(true);
        ends.abort();
    });
    let request = FetchRequest {
        body: http.body.as_deref().filter(|_| http.method == Method::Post),
        url: &http.address,
        query: &http.query,
        header: (account.base.kind().key_header(), account.key.secret()),
        max_bytes: MAX_ANSWER,
    };
    match http::fetch(request, &abort).await {
        Ok(response) => Ok(response),
        Err(_) if stop.cancelled.get() => Err(ApiProblem::Cancelled),
        Err(_) if late.get() => Err(ApiProblem::TimedOut),
        Err(FetchError::TooLarge) => Err(ApiProblem::TooLarge),
        Err(FetchError::Redirected) => Err(ApiProblem::Redirected),
        Err(FetchError::CutOff) => Err(ApiProblem::CutOff),
        Err(FetchError::NoResponse) => Err(no_answer(account).await),
    }
}

/// The browser reports a missing permission like a lost network. This distinguishes them.
async fn no_answer(account: &Account) -> ApiProblem {
    match (permissions::has_origin(&account.base.pattern()).await, http::is_online()) {
        (false, _) => ApiProblem::NoPermission,
        (true, false) => ApiProblem::Offline,
        (true, true) => ApiProblem::Unreachable,
    }
}

/// The answer for a page. The key is removed, even if the server sent it back.
fn to_reply(account: &Account, response: FetchResponse) -> ApiResponse {
    ApiResponse { status: response.status, text: account.key.redact(&response.text), retry_after: seconds(&response) }
}
