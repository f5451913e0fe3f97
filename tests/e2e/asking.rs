//! The browser's own permission prompt for a site, driven in Chromium with real keys. The prompt closes the popup, so
//! the background completes the request. All other recording tests start with the permission granted.

use crate::recorder::SITE;
use crate::support::{Popup, SOON, World, run_on_screen};
use serde_json::json;
use std::time::{Duration, Instant};
use xtask::drive::{Kind, Page};

#[test]
fn a_site_is_recorded_after_a_yes_to_the_question() {
    run_on_screen(Kind::Chromium, yes);
}

#[test]
fn a_no_to_the_question_leaves_nothing_recorded() {
    run_on_screen(Kind::Chromium, no);
}

/// The time after the prompt appears, and between two keys, in which Chromium ignores keys.
const GUARD: Duration = Duration::from_millis(1000);

const GRANTED: &str = "chrome.permissions.getAll().then((all) => all.origins)";
const SITES: &str = "chrome.storage.local.get('recordedSites').then((kept) => kept.recordedSites ?? [])";

/// Whether the browser has dimmed the page, as it does while its prompt is open. No protocol reports a prompt.
fn is_asked(world: &World) -> bool {
    world.browser.screen().unwrap().colour(300, 850).unwrap() != [255; 3]
}

/// Presses "Record this site" in the real popup. The prompt closes the popup and stays open.
fn ask(world: &World) -> Page {
    let page = world.open_with_keys("/connected");
    wait_until("a page that is not dimmed", || !is_asked(world));
    let popup = world.inspect(&page);
    popup.act("show-timeline");
    popup.act("record");
    popup.0.wait_until_closed(SOON).unwrap();
    wait_until("the question", || is_asked(world));
    // The browser ignores keys at first, so that no one answers a prompt by accident.
    std::thread::sleep(GUARD);
    page
}

fn yes(world: &World) {
    let page = ask(world);
    let before = page.eval("performance.timeOrigin").unwrap();
    world.browser.press_keys("Tab").unwrap();
    std::thread::sleep(GUARD);
    world.browser.press_keys("Return").unwrap();
    wait_until("the permission", || world.browser.eval_background(GRANTED).unwrap() == json!([SITE]));
    let again = format!("performance.timeOrigin !== {before} && document.readyState === 'complete'");
    page.wait_for("the page to be loaded again", &again, SOON).unwrap();
    let popup = world.inspect(&page);
    popup.act("show-timeline");
    popup.wait_for("#recorded [data-entry]");
    assert_eq!(world.browser.eval_background(SITES).unwrap(), json!([SITE]));
}

fn no(world: &World) {
    let page = ask(world);
    let before = page.eval("performance.timeOrigin").unwrap();
    world.browser.press_keys("Escape").unwrap();
    wait_until("the end of the question", || !is_asked(world));
    assert_eq!(world.browser.eval_background(GRANTED).unwrap(), json!([]));
    assert_eq!(world.browser.eval_background(SITES).unwrap(), json!([]));
    assert_eq!(page.eval("performance.timeOrigin").unwrap(), before);
    let popup: Popup = world.inspect(&page);
    popup.act("show-timeline");
    popup.wait_for("#recorded [data-action=record]");
    assert!(!popup.exists("#recorded [data-entry]"));
}

fn wait_until(what: &str, is: impl Fn() -> bool) {
    let end = Instant::now() + SOON;
    while !is() {
        assert!(Instant::now() < end, "{what} never came");
        std::thread::sleep(Duration::from_millis(100));
    }
}
