//! Waiting for a condition.

use std::time::{Duration, Instant};

use anyhow::Result;

/// The minimum and maximum pause between two evaluations of a condition. An evaluation takes 5 ms of processor time in
/// Firefox, so the pauses grow.
const PAUSES: [Duration; 2] = [Duration::from_millis(15), Duration::from_millis(200)];

/// Calls `look` until it returns something. The inner result is `Err(())` after the time limit.
///
/// # Errors
/// The error of `look`, at once.
pub fn wait<T>(limit: Duration, mut look: impl FnMut() -> Result<Option<T>>) -> Result<Result<T, ()>> {
    let end = Instant::now() + limit;
    let [mut pause, longest] = PAUSES;
    loop {
        if let Some(found) = look()? {
            return Ok(Ok(found));
        }
        if Instant::now() >= end {
            return Ok(Err(()));
        }
        std::thread::sleep(pause);
        pause = longest.min(pause * 3 / 2);
    }
}
