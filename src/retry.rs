//! When a request is repeated: only a read, only if another attempt may succeed, and not for long.

use inspector_core::upscope_api::problem::ApiProblem;
use inspector_core::upscope_api::request::Method;

/// The maximum number of repetitions.
pub const MAX: u32 = 2;

/// The shortest first wait, in milliseconds. Each wait is twice as long as the one before.
const FIRST_WAIT: u32 = 300;

/// The longest wait that a server may request, in seconds. A longer one is shown as an error.
const MAX_WAIT: u32 = 5;

/// How long to wait before the next attempt, in milliseconds; `None` if there is none. `attempt` counts from 0.
/// `jitter`, from 0 to 1, spreads the requests of many browsers.
pub fn wait(method: Method, attempt: u32, problem: &ApiProblem, jitter: f64) -> Option<u32> {
    if method != Method::Get || attempt >= MAX {
        return None;
    }
    let backoff = FIRST_WAIT << attempt;
    let spread = (f64::from(backoff) * jitter.clamp(0.0, 1.0) / 2.0) as u32;
    match problem {
        ApiProblem::RateLimited(Some(seconds)) if *seconds <= MAX_WAIT => Some(seconds * 1000 + spread),
        ApiProblem::RateLimited(None) | ApiProblem::ServerFailed(_) | ApiProblem::Unreachable | ApiProblem::CutOff => {
            Some(backoff + spread)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_temporary_failures_are_repeated() {
        for again in
            [ApiProblem::RateLimited(None), ApiProblem::ServerFailed(503), ApiProblem::Unreachable, ApiProblem::CutOff]
        {
            assert_eq!(wait(Method::Get, 0, &again, 0.0), Some(FIRST_WAIT), "{again:?}");
            assert_eq!(wait(Method::Post, 0, &again, 0.0), None, "{again:?}");
        }
        for never in [
            ApiProblem::InvalidKey,
            ApiProblem::OverLimit,
            ApiProblem::NotFound,
            ApiProblem::TimedOut,
            ApiProblem::TooLarge,
            ApiProblem::NotJson,
            ApiProblem::Redirected,
            ApiProblem::Cancelled,
            ApiProblem::Offline,
        ] {
            assert_eq!(wait(Method::Get, 0, &never, 0.0), None, "{never:?}");
        }
    }

    #[test]
    fn waits_double_until_the_limit() {
        let waits: Vec<_> = (0..4).map(|attempt| wait(Method::Get, attempt, &ApiProblem::Unreachable, 1.0)).collect();
        assert_eq!(waits, [Some(450), Some(900), None, None]);
    }

    #[test]
    fn a_requested_wait_is_respected_up_to_the_limit() {
        assert_eq!(wait(Method::Get, 0, &ApiProblem::RateLimited(Some(2)), 0.0), Some(2000));
        assert_eq!(wait(Method::Get, 0, &ApiProblem::RateLimited(Some(60)), 0.0), None);
    }
}
