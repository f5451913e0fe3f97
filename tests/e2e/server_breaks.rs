//! Each failure between the inspector and the server is shown, and the next request works.

use crate::in_both;
use crate::server_find::{find, find_at, search, wait_results};
use crate::support::{SOON, World};
use serde_json::json;
use xtask::drive::Page;
use xtask::site::{Command, RestAnswer, Site};

in_both! {
    the_server_stops_in_mid_request;
    the_background_stops_in_mid_request;
    a_key_is_revoked_while_in_use;
    a_silent_server_times_out;
    a_request_is_cancelled;
    a_request_like_a_cancelled_one_is_made;
    a_request_is_made_once_for_all_who_ask;
    a_limit_is_waited_out_as_long_as_the_server_says;
    odd_answers_are_shown_and_break_nothing;
    offline_is_shown;
    a_revoked_permission_is_shown;
}

fn rest(world: &World, answer: RestAnswer, times: Option<u32>) {
    world.site.command(Command::Rest { answer, times });
}

fn wait_listed(site: &Site, count: usize) {
    let seen = |record: &xtask::site::Record| {
        (record.requests.iter().filter(|request| request.path.starts_with("/v1.3/list")).count() >= count).then_some(())
    };
    site.wait_for("the request", SOON, seen).unwrap();
}

fn works(page: &Page) {
    search(page, "text", "");
    wait_results(page, "found");
}

fn the_server_stops_in_mid_request(world: &World) {
    let site = Site::start().unwrap();
    let page = find_at(world, &site);
    works(&page);
    site.command(Command::Rest { answer: RestAnswer::NoResponse, times: None });
    search(&page, "text", "ada");
    wait_listed(&site, 2);
    drop(site);
    wait_results(&page, "unreachable");
}

fn the_background_stops_in_mid_request(world: &World) {
    let page = find(world);
    rest(world, RestAnswer::NoResponse, None);
    search(&page, "text", "ada");
    wait_listed(&world.site, 1);
    world.browser.stop_background().unwrap();
    wait_results(&page, "no-background");
    rest(world, RestAnswer::Normal, None);
    works(&page);
}

fn a_key_is_revoked_while_in_use(world: &World) {
    let page = find(world);
    works(&page);
    world.site.command(Command::RevokeRestKey(true));
    search(&page, "text", "ada");
    wait_results(&page, "invalid-key");
    world.site.command(Command::RevokeRestKey(false));
    works(&page);
}

fn a_silent_server_times_out(world: &World) {
    let page = find(world);
    rest(world, RestAnswer::NoResponse, None);
    search(&page, "text", "ada");
    wait_results(&page, "timed-out");
    let asked = world.site.requests().iter().filter(|request| request.path.starts_with("/v1.3/list")).count();
    assert_eq!(asked, 1, "not asked again");
}

fn a_request_is_cancelled(world: &World) {
    let page = find(world);
    rest(world, RestAnswer::NoResponse, None);
    search(&page, "text", "ada");
    wait_listed(&world.site, 1);
    page.click("[data-action=cancel]").unwrap();
    wait_results(&page, "none");
    let is_told = "document.querySelector('[role=status]').innerText === 'Canceled.'";
    page.wait_for("the result", is_told, SOON).unwrap();
    let has_focus = "document.activeElement.id === 'typed'";
    page.wait_for("the input to have the focus", has_focus, SOON).unwrap();
    // The answer comes while the button has the focus.
    search(&page, "text", "ada");
    page.eval("document.querySelector('[data-action=cancel]').focus()").unwrap();
    rest(world, RestAnswer::Normal, None);
    wait_results(&page, "found");
    page.wait_for("the input to have the focus", has_focus, SOON).unwrap();
    works(&page);
}

fn a_request_like_a_cancelled_one_is_made(world: &World) {
    let page = find(world);
    rest(world, RestAnswer::RateLimited { retry_after: Some(1) }, Some(1));
    search(&page, "text", "ada");
    wait_listed(&world.site, 1);
    // The background pauses for a second before it repeats the request.
    page.click("[data-action=cancel]").unwrap();
    wait_results(&page, "none");
    search(&page, "text", "ada");
    wait_results(&page, "found");
}

fn a_request_is_made_once_for_all_who_ask(world: &World) {
    let shown = world.open_connected("/connected");
    let id = world.visitor_of(&shown);
    let page = find(world);
    rest(world, RestAnswer::NoResponse, None);
    let ask = |name: &str| {
        format!("chrome.runtime.sendMessage({{ api: {{ getVisitor: {{ shortId: '{id}', id: '{name}' }} }} }})")
    };
    let all = format!("globalThis.all = Promise.all([{}, {}, {}]); return 1", ask("a"), ask("b"), ask("c"));
    page.eval(&all).unwrap();
    // The background handles this request after the three before it. It reads the same storage, later.
    page.eval("chrome.runtime.sendMessage({ api: { getAccount: {} } })").unwrap();
    let asked = |record: &xtask::site::Record| {
        (record.requests.iter().filter(|request| request.path.contains(&id)).count() == 1).then_some(())
    };
    world.site.wait_for("one request", SOON, asked).unwrap();
    rest(world, RestAnswer::Normal, None);
    let statuses = page.eval("globalThis.all.then((all) => all.map((one) => one.apiResponse.status))").unwrap();
    assert_eq!(statuses, json!([200, 200, 200]));
    let count = world.site.requests().iter().filter(|request| request.path.contains(&id)).count();
    assert_eq!(count, 1);
}

fn a_limit_is_waited_out_as_long_as_the_server_says(world: &World) {
    let page = find(world);
    rest(world, RestAnswer::RateLimited { retry_after: Some(1) }, Some(1));
    works(&page);
    rest(world, RestAnswer::RateLimited { retry_after: Some(90) }, None);
    search(&page, "text", "ada");
    wait_results(&page, "rate-limited");
    let text = page.text().unwrap();
    assert!(text.contains("90 s"), "{text}");
}

fn odd_answers_are_shown_and_break_nothing(world: &World) {
    let page = find(world);
    for (answer, expected) in [
        (RestAnswer::Huge, "too-large"),
        (RestAnswer::NotJson, "not-json"),
        (RestAnswer::Malformed, "not-understood"),
        (RestAnswer::CutOff, "cut-off"),
        (RestAnswer::Error { status: 500, error: "<b>boom</b>".to_owned() }, "server-failed"),
        (RestAnswer::Error { status: 403, error: "<b>boom</b>".to_owned() }, "refused"),
    ] {
        rest(world, answer, None);
        search(&page, "text", "ada");
        wait_results(&page, expected);
    }
    assert_eq!(page.eval("document.querySelector('.found b')").unwrap(), json!(null), "shown as text");
    rest(world, RestAnswer::Normal, None);
    works(&page);
}

fn a_revoked_permission_is_shown(world: &World) {
    let page = find(world);
    page.eval("chrome.permissions.remove({ origins: ['http://127.0.0.1/*'] })").unwrap();
    search(&page, "text", "ada");
    wait_results(&page, "no-permission");
    let has_key =
        world.site.requests().iter().any(|request| request.method == "GET" && request.path.starts_with("/v1.3/list"));
    assert!(!has_key, "the key goes nowhere without permission");
}

fn offline_is_shown(world: &World) {
    let site = Site::start().unwrap();
    let page = find_at(world, &site);
    works(&page);
    drop(site);
    world
        .browser
        .eval_background("Object.defineProperty(navigator, 'onLine', { get: () => false }); return 1")
        .unwrap();
    search(&page, "text", "ada");
    wait_results(&page, "offline");
}
