//! The first-run page: it opens once, each step of the practice is checked after the person has really done it, and the
//! practice has no effect outside the page.

use crate::in_both;
use crate::support::{SOON, World, extension, run_with};
use serde_json::{Value, json};
use std::time::Instant;
use xtask::drive::{Kind, Options, Page};

in_both! {
    a_person_does_every_step_and_each_ticks;
    the_keyboard_does_as_well;
    codes_and_another_visitor_can_be_practised_too;
    the_practice_leaves_nothing_behind_and_asks_nobody;
    who_skips_it_comes_to_what_is_next_and_can_close_it;
}

mod installing_opens_it_once {
    use super::*;

    #[test]
    fn chromium() {
        opens_once(Kind::Chromium);
    }

    #[test]
    fn firefox() {
        opens_once(Kind::Firefox);
    }
}

/// The inspector of the practice.
pub const FRAME: &str = "#practice";

fn opens_once(kind: Kind) {
    run_with(kind, &Options { welcome: true, ..Options::new(extension()) }, |world| {
        let page = world.browser.wait_for_page("/welcome.html", SOON).unwrap();
        begun(&page);
        assert_eq!(page.eval("document.visibilityState").unwrap(), json!("visible"));
        assert_eq!(page.eval(OPEN).unwrap(), json!(1));
        page.close().unwrap();
        let options = updated(world);
        assert_eq!(options.eval(OPEN).unwrap(), json!(0));
        options.click("[data-action=welcome]").unwrap();
        options.wait_for("the page again", "location.pathname === '/welcome.html'", SOON).unwrap();
    });
}

/// How many first-run pages are open.
const OPEN: &str = "chrome.extension.getViews().filter(({ location }) => location.pathname === '/welcome.html').length";

/// Updates the extension and waits until it has created its menus again. Returns the options page.
fn updated(world: &World) -> Page {
    world.browser.eval_background("chrome.contextMenus.removeAll().then(() => true)").unwrap();
    world.browser.update_extension().unwrap();
    let end = Instant::now() + SOON;
    loop {
        // While the extension reloads, the page doesn't exist.
        let options = world.browser.open_extension_page("options.html").unwrap();
        let menu = "chrome.contextMenus.update('tab', { enabled: true }).then(() => true)";
        if options.eval(menu).is_ok_and(|there| there == json!(true)) {
            return options;
        }
        assert!(Instant::now() < end, "the menus did not come again: {:?}", options.eval(menu));
        options.close().unwrap();
    }
}

pub fn open(world: &World) -> Page {
    let page = world.browser.open_extension_page("welcome.html").unwrap();
    begun(&page);
    page
}

/// Waits until the inspector shows the practice visitor.
fn begun(page: &Page) {
    wait_in_frame(page, "the visitor", "document.querySelector('[data-state=connected]') !== null");
}

fn wait_in_frame(page: &Page, what: &str, js: &str) {
    let inner = format!(
        "(({{ contentDocument: document }}) => !!document && ({js}))(document.querySelector('{FRAME}') ?? {{}})"
    );
    page.wait_for(what, &inner, SOON).unwrap();
}

fn press(page: &Page, css: &str) {
    page.click_in_frame(FRAME, css).unwrap();
}

/// Types with the keyboard into the focused element.
fn type_keys(page: &Page, text: &str) {
    for key in text.chars() {
        page.press(&key.to_string()).unwrap();
    }
}

/// Waits until exactly these steps are ticked.
pub fn ticked(page: &Page, steps: &[&str]) {
    let js = format!(
        "JSON.stringify([...document.querySelectorAll('[data-step][data-done=true]')].map((step) => step.dataset.step)) === {}",
        json!(json!(steps).to_string())
    );
    page.wait_for(&format!("{steps:?}"), &js, SOON).unwrap();
}

fn add_tag(page: &Page) {
    press(page, "[data-field=tags] [data-action=edit]");
    press(page, "#tags-1");
    type_keys(page, "#VIP");
    wait_in_frame(page, "the call", "document.querySelector('#preview')?.textContent.includes('#VIP')");
}

fn a_person_does_every_step_and_each_ticks(world: &World) {
    let page = open(world);
    ticked(&page, &[]);
    let code = page.eval("document.querySelector('[data-code]').textContent").unwrap();
    wait_in_frame(&page, "the same code", &format!("document.querySelector('.big').textContent === {code}"));
    press(&page, "[data-action=copy-code]");
    ticked(&page, &["code"]);
    // The frame is so low that the call is out of view until the person scrolls to it.
    page.eval(&format!("document.querySelector('{FRAME}').style.height = '400px'")).unwrap();
    add_tag(&page);
    ticked(&page, &["code"]);
    press(&page, "[data-action=show-preview]");
    ticked(&page, &["code", "edit"]);
    press(&page, "[data-action=apply]");
    ticked(&page, &["code", "edit", "apply"]);
    let heard = "document.querySelector('.shop ol').textContent.includes('#VIP')";
    page.wait_for("the shop to have heard of it", heard, SOON).unwrap();
    press(&page, "[data-action=undo]");
    ticked(&page, &["code", "edit", "apply", "undo"]);
    press(&page, "[data-action=mask]");
    ticked(&page, &["code", "edit", "apply", "undo", "mask"]);
    press(&page, "[data-action=log-out]");
    press(&page, "[data-action=confirm]");
    ticked(&page, &["code", "edit", "apply", "undo", "mask", "log-out"]);
    page.wait_for("the end", "document.querySelector('[data-practice=done]') !== null", SOON).unwrap();
    // A new visitor with a new code.
    let other = format!("![{code}, '····'].includes(document.querySelector('[data-code]').textContent)");
    page.wait_for("another code", &other, SOON).unwrap();
    let words = page.eval("document.querySelector('.sr-only[role=status]').textContent").unwrap();
    assert!(words.as_str().is_some_and(|words| !words.is_empty()), "{words}");
}

fn the_keyboard_does_as_well(world: &World) {
    let page = open(world);
    // A script sets the focus, because the way there with Tab is long. The keys are real.
    let focus = |css: &str| {
        wait_in_frame(&page, css, &format!("document.querySelector('{css}') !== null"));
        let js = format!("document.querySelector('{css}').focus(), true");
        page.eval_in_frame(FRAME, &js).unwrap();
    };
    page.eval(&format!("document.querySelector('{FRAME}').focus(), true")).unwrap();
    focus("[data-action=copy-code]");
    page.press("Enter").unwrap();
    ticked(&page, &["code"]);
    focus("[data-field=tags] [data-action=edit]");
    page.press("Enter").unwrap();
    focus("#tags-1");
    type_keys(&page, "#VIP");
    wait_in_frame(&page, "an edit", "document.querySelector('[data-action=apply]:enabled') !== null");
    page.press("Control+Enter").unwrap();
    ticked(&page, &["code", "edit", "apply"]);
}

fn codes_and_another_visitor_can_be_practised_too(world: &World) {
    let page = open(world);
    let done = || wait_in_frame(&page, "it done", "document.querySelector('[data-act=done]') !== null");
    press(&page, "[data-action=ask-code]");
    press(&page, "[data-action=confirm]");
    done();
    press(&page, "[data-action=dismiss]");
    press(&page, "[data-action=set-code]");
    press(&page, "#chosen-code");
    type_keys(&page, "1234");
    press(&page, "[data-action=confirm]");
    done();
    wait_in_frame(&page, "the chosen code", "document.querySelector('.big').textContent === '1234'");
    press(&page, "[data-action=switch]");
    // The notice moves the fields.
    wait_in_frame(&page, "the new visitor's draft", "document.querySelector('[data-action=discard]') !== null");
    press(&page, "[data-field=uniqueId] [data-action=edit]");
    press(&page, "#uniqueId-0");
    type_keys(&page, "grace");
    press(&page, "[data-action=apply]");
    let read_back = "document.querySelector('[data-outcome=read-back][data-outcome-field=uniqueId]') !== null";
    wait_in_frame(&page, "the new visitor", read_back);
    let other = "document.querySelector('[data-field=shortId]').dataset.value === '\"PRACTICE2\"'";
    wait_in_frame(&page, "another short ID", other);
}

fn the_practice_leaves_nothing_behind_and_asks_nobody(world: &World) {
    // The practice replaces its own page's storage, so another page reads the browser's.
    let other = world.browser.open_extension_page("options.html").unwrap();
    other.wait_for("the options", "document.querySelector('form') !== null", SOON).unwrap();
    let begun = "(async () => 'recordingSizes' in await chrome.storage.session.get())()";
    other.wait_for("what the background keeps of a tab that is closed", begun, SOON).unwrap();
    let kept = || other.eval(KEPT).unwrap();
    let before = kept();
    let page = open(world);
    add_tag(&page);
    press(&page, "[data-action=apply]");
    ticked(&page, &["edit", "apply"]);
    press(&page, "[data-action=mask]");
    ticked(&page, &["edit", "apply", "mask"]);
    press(&page, "[data-action=show-timeline]");
    press(&page, "[data-action=record]");
    let refused = "document.querySelector('[data-refused]') !== null";
    page.wait_for("the word that it is only practice", refused, SOON).unwrap();
    wait_in_frame(&page, "the same in the inspector", "document.querySelector('#recorded [role=status]') !== null");
    press(&page, "[data-action=show-visitor]");
    press(&page, "[data-field=watchLink] a");
    page.wait_for("the same of a link", "document.querySelector('[data-refused=\"2\"]') !== null", SOON).unwrap();
    assert_eq!(kept(), before);
    for document in [page.eval(LOADED).unwrap(), page.eval_in_frame(FRAME, LOADED).unwrap()] {
        let own = world.browser.extension_url("");
        let from = document.as_array().unwrap().iter().filter_map(Value::as_str);
        let foreign: Vec<_> = from.filter(|url| !url.starts_with(&own)).collect();
        assert!(foreign.is_empty(), "{foreign:?}");
    }
}

/// All data that outlives an extension page.
const KEPT: &str = "[await chrome.storage.session.get(null), await chrome.storage.local.get(null), { ...localStorage }, \
     document.cookie, await chrome.permissions.getAll()]";

/// The URLs of all resources that a document loaded.
const LOADED: &str = "performance.getEntriesByType('resource').map(({ name }) => name)";

fn who_skips_it_comes_to_what_is_next_and_can_close_it(world: &World) {
    // Opened alone, the practice page redirects to the first-run page.
    let alone = world.browser.open_extension_page("practice.html?tab=1").unwrap();
    alone.wait_for("the page around it", "location.pathname === '/welcome.html'", SOON).unwrap();
    let page = open(world);
    page.press("Tab").unwrap();
    let first = page.eval("document.activeElement.dataset.action").unwrap();
    assert_eq!(first, json!("skip"));
    page.press("Enter").unwrap();
    page.wait_for("what is next", "document.activeElement.id === 'next'", SOON).unwrap();
    page.wait_for("the keys", "document.querySelector('#next').innerText.includes('Shift')", SOON).unwrap();
    page.click("[data-action=close]").unwrap();
    page.wait_until_closed(SOON).unwrap();
}
