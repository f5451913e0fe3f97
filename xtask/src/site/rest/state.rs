//! How the API answers: properly, or with the fault that a test wants.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use serde::Deserialize;

/// The key that the API takes until it is revoked.
pub const REST_KEY: &str = "stand-in-secret-4T9Z";

/// What the API answers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum RestAnswer {
    /// As documented.
    Normal,
    /// One of the documented errors, or any other, by status and name.
    Error { status: u16, error: String },
    /// 429, with `Retry-After` in seconds or without.
    RateLimited { retry_after: Option<u32> },
    /// Nothing, until the answer is another one; then that.
    EditRestriction,
    /// The right answer's first half, and then the end of the connection.
    CutOff,
    /// More than anybody can want to read.
    Huge,
    /// JSON of other types than the documented ones.
    Malformed,
    /// A page, as a proxy's sign-in gives one.
    NotJson,
    /// The way to another host.
    Redirect,
    /// 402 where a watch address is asked for, the plan's limit being reached; all else as documented.
    WatchLimit,
}

/// What one request gets.
pub(in crate::site) enum Turn {
    Answer,
    CutOff,
    Fault(RestAnswer),
    /// The server ends while the request waits.
    Gone,
}

struct State {
    revoked: bool,
    answer: RestAnswer,
    /// How many requests still get it before all is normal again; `None`: every one.
    times: Option<u32>,
    ending: bool,
}

/// How the API is set to answer.
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

    /// From now on, or for so many requests.
    pub(in crate::site) fn set(&self, answer: RestAnswer, times: Option<u32>) {
        self.change(|state| (state.answer, state.times) = (answer, times));
    }

    /// From now on: whether no key is good any more.
    pub(in crate::site) fn revoke(&self, revoked: bool) {
        self.change(|state| state.revoked = revoked);
    }

    /// Lets go of every request that waits.
    pub(in crate::site) fn end(&self) {
        self.change(|state| state.ending = true);
    }

    /// Whether a request with this key is served.
    pub(super) fn takes(&self, key: Option<&str>) -> bool {
        !self.lock().revoked && key == Some(REST_KEY)
    }

    /// What the next request gets; waits while requests are held.
    pub(super) fn turn(&self) -> Turn {
        let held = |state: &mut State| state.answer == RestAnswer::EditRestriction && !state.ending;
        let mut state = self.changed.wait_while(self.lock(), held).unwrap_or_else(PoisonError::into_inner);
        if state.ending {
            return Turn::Gone;
        }
        if state.times == Some(0) {
            (state.answer, state.times) = (RestAnswer::Normal, None);
        }
        state.times = state.times.map(|left| left - 1);
        match &state.answer {
            RestAnswer::Normal => Turn::Answer,
            RestAnswer::CutOff => Turn::CutOff,
            fault => Turn::Fault(fault.clone()),
        }
    }
}
