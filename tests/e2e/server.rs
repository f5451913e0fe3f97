//! The organization's Upscope account: adding it, the message for each failure, and removing it.

use crate::in_both;
use crate::support::{SOON, World};
use serde_json::{Value, json};
use xtask::drive::{Kind, Page};
use xtask::site::{Command, REST_KEY, RestAnswer, Site};

in_both! {
    an_account_is_connected_and_taken_away;
    the_key_is_kept_for_the_session_or_on_the_disk_and_nowhere_else;
    each_documented_error_is_shown_and_nothing_is_kept;
    a_failing_server_is_asked_again_before_the_error_is_shown;
    an_address_is_checked_before_anything_is_sent;
    a_recorded_site_keeps_its_permission;
    a_site_no_longer_recorded_leaves_the_account_its_permission;
    an_own_server_takes_the_key_in_its_own_header;
    the_key_does_not_follow_a_redirect;
}

/// The site's host, as a pattern for permissions.
pub const HOST: &str = "http://127.0.0.1/*";

/// The loaded options page.
pub fn options(world: &World) -> Page {
    let page = world.browser.open_extension_page("options.html").unwrap();
    wait_status(&page, &["idle", "kept"]);
    page
}

/// Enters an account and saves it.
pub fn save(world: &World, page: &Page, base: &str, key: &str) {
    enter(world, page, base, key);
    page.click("[data-action=save]").unwrap();
}

/// Enters an account, ready to be saved. The click that saves requests the permission. Here Firefox grants it without a
/// prompt, and Chromium if it was granted before.
pub fn enter(world: &World, page: &Page, base: &str, key: &str) {
    if world.browser.kind() == Kind::Chromium {
        world.browser.grant_host(HOST).unwrap();
    }
    page.type_text("#base", base).unwrap();
    page.type_text("#key", key).unwrap();
}

/// Adds the account of the site's own API, with an agent's name.
pub fn connect(world: &World, site: &Site) -> Page {
    let page = options(world);
    page.type_text("#agent-name", "Grace").unwrap();
    save(world, &page, &site.url("/v1.3"), REST_KEY);
    wait_status(&page, &["connected"]);
    page
}

pub fn wait_status(page: &Page, any: &[&str]) {
    let js = format!("{}.includes(document.querySelector('main')?.dataset.status)", json!(any));
    page.wait_for(&format!("status {any:?}"), &js, SOON).unwrap_or_else(|error| {
        panic!("{error:#}; status {:?}", page.eval("document.querySelector('main')?.dataset.status"))
    });
}

/// Waits until the options list these sites as granted.
fn wait_granted(page: &Page, sites: &[&str]) {
    let js = format!(
        "JSON.stringify([...document.querySelectorAll('.permissions li')].map((site) => site.textContent)) === {}",
        json!(json!(sites).to_string())
    );
    page.wait_for(&format!("the granted sites {sites:?}"), &js, SOON).unwrap();
}

fn may_reach(page: &Page) -> Value {
    page.eval(&format!("chrome.permissions.contains({{ origins: ['{HOST}'] }})")).unwrap()
}

/// All data in a storage area, as one text.
fn kept(page: &Page, area: &str) -> String {
    page.eval(&format!("chrome.storage.{area}.get(null).then(JSON.stringify)")).unwrap().as_str().unwrap().to_owned()
}

const VAULT: &str = "return new Promise((done) => { const open = indexedDB.open('vault', 1); \
    open.onupgradeneeded = () => open.result.createObjectStore('vault'); \
    open.onsuccess = () => { const get = open.result.transaction('vault').objectStore('vault').getAll(); \
    get.onsuccess = () => { open.result.close(); done(JSON.stringify(get.result)); }; }; })";

fn vault(page: &Page) -> String {
    page.eval(VAULT).unwrap().as_str().unwrap().to_owned()
}

fn an_account_is_connected_and_taken_away(world: &World) {
    let page = connect(world, &world.site);
    let text = page.text().unwrap();
    assert!(!page.eval("document.documentElement.outerHTML").unwrap().to_string().contains(REST_KEY));
    assert!(text.contains("accepted the key"), "{text}");
    wait_granted(&page, &[HOST]);
    page.reload().unwrap();
    wait_status(&page, &["kept"]);
    let text = page.text().unwrap();
    assert!(text.contains("…4T9Z") && !text.contains(REST_KEY), "{text}");
    assert_eq!(page.eval("document.querySelector('#key').value").unwrap(), json!(""));
    page.click("[data-action=remove]").unwrap();
    wait_status(&page, &["removed"]);
    assert_eq!(may_reach(&page), json!(false));
    wait_granted(&page, &[]);
    for area in ["local", "session"] {
        assert!(!kept(&page, area).contains(REST_KEY));
    }
}

fn the_key_is_kept_for_the_session_or_on_the_disk_and_nowhere_else(world: &World) {
    let page = connect(world, &world.site);
    assert!(kept(&page, "session").contains(REST_KEY));
    assert!(!kept(&page, "local").contains(REST_KEY) && !vault(&page).contains(REST_KEY));
    page.click("[data-action=disk]").unwrap();
    // With an empty field, the stored key is used, but only for the URL that it was entered for.
    page.click("[data-action=save]").unwrap();
    page.wait_for(
        "the key on the disk",
        &VAULT.replace("JSON.stringify(get.result)", &format!("JSON.stringify(get.result).includes('{REST_KEY}')")),
        SOON,
    )
    .unwrap();
    wait_status(&page, &["connected"]);
    assert!(!kept(&page, "local").contains(REST_KEY) && !kept(&page, "session").contains(REST_KEY));
    page.type_text("#base", &world.site.url_on("localhost", "/v1.3")).unwrap();
    page.click("[data-action=save]").unwrap();
    page.wait_for("the key to be asked for", "!!document.querySelector('[data-error=key]')", SOON).unwrap();
}

fn each_documented_error_is_shown_and_nothing_is_kept(world: &World) {
    let page = options(world);
    for (status, error, expected) in [
        (401, "invalid_api_key", "invalid-key"),
        (401, "no_subscription", "no-subscription"),
        (401, "subscription_expired", "no-subscription"),
        (401, "api_not_enabled", "not-enabled"),
        (401, "please_contact_team", "contact-team"),
        (402, "over_limit", "over-limit"),
        (404, "not_found", "not-found"),
        (418, "teapot", "refused"),
    ] {
        let answer = RestAnswer::Error { status, error: error.to_owned() };
        world.site.command(Command::Rest { answer, times: None });
        save(world, &page, &world.site.url("/v1.3"), REST_KEY);
        wait_status(&page, &[expected]);
        assert_eq!(may_reach(&page), json!(false), "given back after {error}");
    }
    for (answer, expected) in [
        (RestAnswer::RateLimited { retry_after: Some(60) }, "rate-limited"),
        (RestAnswer::NotJson, "not-json"),
        (RestAnswer::Huge, "too-large"),
        (RestAnswer::CutOff, "cut-off"),
    ] {
        world.site.command(Command::Rest { answer, times: None });
        save(world, &page, &world.site.url("/v1.3"), REST_KEY);
        wait_status(&page, &[expected]);
    }
    assert!(!kept(&page, "session").contains(REST_KEY) && !vault(&page).contains(REST_KEY));
}

fn a_failing_server_is_asked_again_before_the_error_is_shown(world: &World) {
    let page = options(world);
    let failing = RestAnswer::Error { status: 503, error: "busy".to_owned() };
    world.site.command(Command::Rest { answer: failing.clone(), times: Some(2) });
    save(world, &page, &world.site.url("/v1.3"), REST_KEY);
    wait_status(&page, &["connected"]);
    let asked = || world.site.requests().iter().filter(|request| request.path.starts_with("/v1.3/usage")).count();
    assert_eq!(asked(), 3);
    world.site.command(Command::Rest { answer: failing, times: None });
    page.click("[data-action=save]").unwrap();
    wait_status(&page, &["server-failed"]);
    assert_eq!(asked(), 6, "twice more, and then the error is shown");
    assert_eq!(may_reach(&page), json!(true), "the account that is kept still needs it");
}

fn an_address_is_checked_before_anything_is_sent(world: &World) {
    let page = options(world);
    for (base, error) in [
        ("http://api.example.com/v1.3", "not-encrypted"),
        ("https://api.example.com", "no-version"),
        ("https://me:secret@api.example.com/v1.3", "not-an-address"),
        ("", "empty"),
    ] {
        page.type_text("#base", base).unwrap();
        page.click("[data-action=save]").unwrap();
        page.wait_for(error, &format!("!!document.querySelector('[data-error={error}]')"), SOON).unwrap();
    }
    assert!(world.site.requests().is_empty());
}

fn a_recorded_site_keeps_its_permission(world: &World) {
    let page = connect(world, &world.site);
    page.eval(&format!("chrome.storage.local.set({{ recordedSites: ['{HOST}'] }})")).unwrap();
    page.click("[data-action=remove]").unwrap();
    wait_status(&page, &["removed"]);
    assert_eq!(may_reach(&page), json!(true));
}

fn a_site_no_longer_recorded_leaves_the_account_its_permission(world: &World) {
    let page = connect(world, &world.site);
    let stop = format!("chrome.runtime.sendMessage({{ stopRecording: {{ pattern: '{HOST}' }} }})");
    let stored = page.eval(&stop).unwrap();
    assert!(stored["recordedSites"].is_object(), "{stored}");
    assert_eq!(may_reach(&page), json!(true));
}

fn an_own_server_takes_the_key_in_its_own_header(world: &World) {
    let page = options(world);
    page.click("label:has(> [data-action=on-premise])").unwrap();
    save(world, &page, &world.site.url(""), REST_KEY);
    wait_status(&page, &["connected"]);
    assert!(page.eval("document.querySelector('[data-warning=plain]') !== null").unwrap() == json!(true));
    let asked = world.site.requests().iter().any(|request| request.path == "/api/visitors/list/latest");
    assert!(asked, "{:?}", world.site.requests());
}

fn the_key_does_not_follow_a_redirect(world: &World) {
    let page = options(world);
    world.site.command(Command::Rest { answer: RestAnswer::Redirect, times: None });
    save(world, &page, &world.site.url("/v1.3"), REST_KEY);
    wait_status(&page, &["redirected"]);
    assert!(!world.site.requests().iter().any(|request| request.path == "/elsewhere"));
}
