//! How the API responds: normally, or with an error for a test.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use serde::Deserialize;

/// The key that the API accepts until it is revoked.
pub const REST_KEY: &str = "stand-in-secret-4T9Z";

/// A kind of response.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum RestAnswer {
    /// As documented.
    Normal,
    /// An error with this status and name, documented or not.
    Error { status: u16, error: String },
    /// 429, optionally with `Retry-After` in seconds.
    RateLimited { retry_after: Option<u32> },
    /// No response until the kind changes.
    NoResponse,
    /// The first half of the response, and then the end of the connection.
    CutOff,
    /// A response that is too large.
    Huge,
    /// JSON with undocumented types.
    Malformed,
    /// An HTML page, like a proxy's sign-in.
    NotJson,
    /// A redirect to another host.
    Redirect,
    /// 402 for watch URLs, as if the plan's limit was reached; otherwise as documented.
    WatchLimit,
}

/// How one request is answered.
pub(in crate::site) enum Treatment {
    Answer,
    CutOff,
    Fault(RestAnswer),
    /// The server stops while the request waits.
    Gone,
}

struct State {
    revoked: bool,
    answer: RestAnswer,
    /// The number of requests before the API is normal again; `None` for all.
    times: Option<u32>,
    ending: bool,
}

/// The configured responses of the API.
pub(in crate::site) struct Rest {
    state: Mutex<State>,
    changed: Condvar,
}

impl Rest {
    pub(in crate::site) fn new() -> Rest {
        let state = State { revoked: false, answer: RestAnswer::Normal, times: None, ending: false };
        Rest { state: Mutex::new(state), changed: Condvar::new() }
    }

    fn change(&self, act: impl FnOnce(&mut State)) {
        act(&mut self.lock());
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Always, or for a number of requests.
    pub(in crate::site) fn set(&self, answer: RestAnswer, times: Option<u32>) {
        self.change(|state| (state.answer, state.times) = (answer, times));
    }

    /// Makes every key invalid, or the key valid again.
    pub(in crate::site) fn revoke(&self, revoked: bool) {
        self.change(|state| state.revoked = revoked);
    }

    /// Releases all waiting requests.
    pub(in crate::site) fn end(&self) {
        self.change(|state| state.ending = true);
    }

    /// Whether a request with this key is accepted.
    pub(super) fn takes(&self, key: Option<&str>) -> bool {
        !self.lock().revoked && key == Some(REST_KEY)
    }

    /// The treatment of the next request. Blocks while there is none.
    pub(super) fn next(&self) -> Treatment {
        let is_withheld = |state: &mut State| state.answer == RestAnswer::NoResponse && !state.ending;
        let mut state = self.changed.wait_while(self.lock(), is_withheld).unwrap_or_else(PoisonError::into_inner);
        if state.ending {
            return Treatment::Gone;
        }
        if state.times == Some(0) {
            (state.answer, state.times) = (RestAnswer::Normal, None);
        }
        state.times = state.times.map(|left| left - 1);
        match &state.answer {
            RestAnswer::Normal => Treatment::Answer,
            RestAnswer::CutOff => Treatment::CutOff,
            fault => Treatment::Fault(fault.clone()),
        }
    }
}
