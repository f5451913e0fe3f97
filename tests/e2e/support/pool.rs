//! Browsers that have passed a test and are ready for the next one.
//!
//! A start takes 2.4 s of processor time in Chromium and 6 s in Firefox (measured with two cores), more than the rest
//! of most tests. A reset takes less than a second by the clock.

use super::extension;
use std::sync::Mutex;
use xtask::drive::{Browser, Kind, Options};

/// How many tests use one browser. It limits what a browser can accumulate.
const MOST_TESTS: u32 = 40;

struct Used {
    browser: Browser,
    /// The number of tests that have used it.
    tests: u32,
}

static WAITING: Mutex<Vec<Used>> = Mutex::new(Vec::new());

/// Runs `test` with a browser in the state after a launch. A browser whose test panics ends with it.
pub fn with_browser(kind: Kind, test: impl FnOnce(Browser) -> Browser) {
    let Used { browser, tests } = waiting(kind).and_then(reset).unwrap_or_else(|| launch(kind));
    let used = Used { browser: test(browser), tests: tests + 1 };
    if used.tests < MOST_TESTS {
        WAITING.lock().expect("no holder of the browsers panics").push(used);
    }
}

fn waiting(kind: Kind) -> Option<Used> {
    let mut waiting = WAITING.lock().expect("no holder of the browsers panics");
    let place = waiting.iter().position(|used| used.browser.kind() == kind)?;
    Some(waiting.swap_remove(place))
}

/// `None` for a browser that can't be reset after a test.
fn reset(mut used: Used) -> Option<Used> {
    let reset = used.browser.reset(&options());
    reset.inspect_err(|error| eprintln!("{} is started again: {error:#}", used.browser.kind())).ok()?;
    Some(used)
}

fn launch(kind: Kind) -> Used {
    Used { browser: Browser::launch(kind, &options()).expect("the browser starts"), tests: 0 }
}

fn options() -> Options {
    Options::new(extension())
}
