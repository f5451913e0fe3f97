//! When a request is sent again. Only one that reads, only where the next attempt may fare better, and not for long.

use inspector_core::upscope_api::problem::Problem;
use inspector_core::upscope_api::request::Method;

/// How often a request is sent again.
pub const MAX: u32 = 2;

/// How long the first wait is at least, in milliseconds; each next is twice as long.
const FIRST: u32 = 300;

/// A server that asks for more patience than this, in seconds, is told to the person instead.
const PATIENCE: u32 = 5;

/// How long to wait, in milliseconds, before a request is sent once more; `None`: it is not. `attempt` counts from 0.
/// `jitter`, from 0 to 1, keeps many browsers from coming back all at once.
pub fn wait(method: Method, attempt: u32, problem: &Problem, jitter: f64) -> Option<u32> {
    if method != Method::Get || attempt >= MAX {
        return None;
    }
    let backoff = FIRST << attempt;
    let spread = (f64::from(backoff) * jitter.clamp(0.0, 1.0) / 2.0) as u32;
    match problem {
        Problem::RateLimited(Some(seconds)) if *seconds <= PATIENCE => Some(seconds * 1000 + spread),
        Problem::RateLimited(None) | Problem::ServerFailed(_) | Problem::Unreachable | Problem::CutOff => {
            Some(backoff + spread)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_fare_better_is_sent_again() {
        for again in [Problem::RateLimited(None), Problem::ServerFailed(503), Problem::Unreachable, Problem::CutOff] {
            assert_eq!(wait(Method::Get, 0, &again, 0.0), Some(FIRST), "{again:?}");
            assert_eq!(wait(Method::Post, 0, &again, 0.0), None, "{again:?}");
        }
        for never in [
            Problem::InvalidKey,
            Problem::OverLimit,
            Problem::NotFound,
            Problem::TimedOut,
            Problem::TooLarge,
            Problem::NotJson,
            Problem::Redirected,
            Problem::Cancelled,
            Problem::Offline,
        ] {
            assert_eq!(wait(Method::Get, 0, &never, 0.0), None, "{never:?}");
        }
    }

    #[test]
    fn waits_grow_and_end() {
        let waits: Vec<_> = (0..4).map(|attempt| wait(Method::Get, attempt, &Problem::Unreachable, 1.0)).collect();
        assert_eq!(waits, [Some(450), Some(900), None, None]);
    }

    #[test]
    fn the_server_is_waited_for_as_long_as_it_says_and_no_longer_than_a_person_would() {
        assert_eq!(wait(Method::Get, 0, &Problem::RateLimited(Some(2)), 0.0), Some(2000));
        assert_eq!(wait(Method::Get, 0, &Problem::RateLimited(Some(60)), 0.0), None);
    }
}
