//! Finding a visitor without the page, showing the details, and starting to watch.

use crate::hostile::LEAKS;
use crate::in_both;
use crate::server::connect;
use crate::support::{SOON, World};
use serde_json::{Value, json};
use xtask::drive::Page;
use xtask::site::{Command, RestAnswer, Site};

in_both! {
    each_kind_of_search_finds_the_visitor;
    a_search_by_hand_is_the_form_s_in_other_words;
    a_visitor_is_shown_and_their_tab_found;
    watching_opens_the_address_with_the_agent_s_name;
    watching_is_refused_clearly;
    without_an_account_the_way_to_the_options_is_shown;
    text_of_the_server_is_only_text;
}

/// Marks that change the direction of the text after them, and markup.
const ODD: &str =
    "§\u{202e}\u{2067}<img src=x onerror=pwned(1)><script>pwned(2)</script><a href=javascript:pwned(3)>a</a>";

/// The search page, with an account.
pub fn find(world: &World) -> Page {
    find_at(world, &world.site)
}

/// The same, with another site's API.
pub fn find_at(world: &World, site: &Site) -> Page {
    connect(world, site);
    let page = world.browser.open_extension_page("find.html").unwrap();
    page.wait_for("the form", "document.querySelector('[data-action=search]')?.disabled === false", SOON).unwrap();
    page
}

/// Searches with the form, and waits for the result.
pub fn search(page: &Page, kind: &str, typed: &str) {
    choose(page, kind);
    page.type_text("#typed", typed).unwrap();
    page.click("[data-action=search]").unwrap();
}

pub fn choose(page: &Page, kind: &str) {
    let js = format!(
        "const kinds = document.querySelector('#kind'); kinds.value = '{kind}'; \
         kinds.dispatchEvent(new Event('change', {{ bubbles: true }})); return kinds.value"
    );
    assert_eq!(page.eval(&js).unwrap(), json!(kind));
}

pub fn wait_results(page: &Page, results: &str) {
    let js = format!("document.querySelector('main').dataset.results === '{results}'");
    page.wait_for(&format!("results {results}"), &js, SOON).unwrap();
}

fn wait_found(page: &Page, ids: &[&str]) {
    let js = format!(
        "document.querySelector('main').dataset.results === 'found' && JSON.stringify([...document.querySelectorAll('[data-visitor]')].map((row) => row.dataset.visitor)) === JSON.stringify({})",
        json!(ids)
    );
    page.wait_for(&format!("{ids:?} found"), &js, SOON).unwrap();
}

pub fn open(page: &Page, id: &str) {
    page.click(&format!("[data-visitor=\"{id}\"]")).unwrap();
    let js = format!("document.querySelector('[data-open=\"{id}\"] dl') !== null");
    page.wait_for("the visitor", &js, SOON).unwrap();
}

pub fn wait_watch(page: &Page, state: &str) {
    let js = format!("document.querySelector('[data-open]')?.dataset.watch === '{state}'");
    page.wait_for(&format!("watching {state}"), &js, SOON).unwrap();
}

fn each_kind_of_search_finds_the_visitor(world: &World) {
    let shown = world.open_connected("/connected");
    let id = world.visitor_of(&shown);
    let page = find(world);
    for (kind, typed) in [
        ("unique-id", "cust-1042"),
        ("email", "ada@acme.example"),
        ("tag", "VIP"),
        ("integration-id", "acmechat:88213"),
        ("ip", "127.0.0.1"),
        ("text", "marsh"),
        ("lookup-code", ""),
    ] {
        search(&page, kind, typed);
        wait_found(&page, &[&id]);
        search(&page, "text", "nobody-of-this-name");
        wait_found(&page, &[]);
    }
    choose(&page, "lookup-code");
    page.type_text("#typed", "12").unwrap();
    page.wait_for("no search for half a code", "document.querySelector('[data-action=search]').disabled", SOON)
        .unwrap();
    let searched = world.site.requests();
    assert!(searched.iter().any(|request| request.path.contains("search=integration_id%3Aacmechat%3A88213")));
}

fn a_search_by_hand_is_the_form_s_in_other_words(world: &World) {
    let shown = world.open_connected("/connected");
    let id = world.visitor_of(&shown);
    let page = find(world);
    choose(&page, "tag");
    page.type_text("#typed", "VIP").unwrap();
    page.click("label:has(> [data-action=online])").unwrap();
    page.click("[data-action=by-hand]").unwrap();
    page.wait_for("the text", "document.querySelector('#by-hand')?.value === '#VIP online'", SOON).unwrap();
    page.type_text("#by-hand", "-online #VIP").unwrap();
    page.click("[data-action=search]").unwrap();
    wait_found(&page, &[]);
    page.type_text("#by-hand", "online id:cust-1042").unwrap();
    page.click("[data-action=search]").unwrap();
    wait_found(&page, &[&id]);
    page.click("[data-action=by-hand]").unwrap();
    let form = "document.querySelector('#typed')?.value === 'cust-1042' && document.querySelector('#kind').value === 'unique-id'";
    page.wait_for("the form", form, SOON).unwrap();
}

fn a_visitor_is_shown_and_their_tab_found(world: &World) {
    let shown = world.open_connected("/connected");
    let (id, tab) = (world.visitor_of(&shown), shown.tab_id().unwrap());
    let page = find(world);
    world.site.command(Command::Rest { answer: RestAnswer::NoResponse, times: None });
    search(&page, "tag", "VIP");
    page.eval("document.querySelector('[data-action=cancel]').focus()").unwrap();
    world.site.command(Command::Rest { answer: RestAnswer::Normal, times: None });
    wait_found(&page, &[&id]);
    let has_focus = "document.activeElement.matches('[data-visitor]')";
    page.wait_for("the result in place of the button", has_focus, SOON).unwrap();
    open(&page, &id);
    let text = page.eval("document.querySelector('[data-open]').innerText").unwrap().to_string();
    for expected in [&id, "cust-1042", "Ada Marsh", "#VIP", "Lisbon, Portugal"] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    // The view has no inputs.
    let fields = page.eval("document.querySelector('[data-open]').querySelectorAll('input, textarea, select').length");
    assert_eq!(fields.unwrap(), json!(0));
    page.click("[data-action=jump]").unwrap();
    let active = format!("chrome.tabs.get({tab}).then((tab) => tab.active)");
    page.wait_for("their tab in front", &active, SOON).unwrap();
}

fn watching_opens_the_address_with_the_agent_s_name(world: &World) {
    let shown = world.open_connected("/connected");
    let id = world.visitor_of(&shown);
    let page = find(world);
    search(&page, "tag", "VIP");
    wait_found(&page, &[&id]);
    open(&page, &id);
    page.click("[data-action=watch]").unwrap();
    wait_watch(&page, "started");
    world.browser.wait_for_page(&format!("watching.html?visitor={id}"), SOON).unwrap();
    let asked = world.site.wait_for("the request", SOON, |record| record.watch_requests.first().cloned()).unwrap();
    assert_eq!((asked.short_id, &asked.body["agent"]["name"]), (id, &json!("Grace")));
}

fn watching_is_refused_clearly(world: &World) {
    let shown = world.open_connected("/connected");
    let id = world.visitor_of(&shown);
    let page = find(world);
    search(&page, "tag", "VIP");
    wait_found(&page, &[&id]);
    open(&page, &id);
    world.site.command(Command::Rest { answer: RestAnswer::WatchLimit, times: None });
    page.click("[data-action=watch]").unwrap();
    wait_watch(&page, "over-limit");
    world.site.command(Command::Rest { answer: RestAnswer::Normal, times: None });
    shown.close().unwrap();
    world.server_holds(&id, "the visitor gone", |visitor| !visitor.is_online);
    page.click("[data-action=watch]").unwrap();
    wait_watch(&page, "visitor-offline");
    let asked = world.site.requests().iter().filter(|request| request.method == "POST").count();
    assert_eq!(asked, 1, "for one who is gone nothing is asked");
}

fn without_an_account_the_way_to_the_options_is_shown(world: &World) {
    let page = world.browser.open_extension_page("find.html").unwrap();
    page.wait_for("the way", "document.querySelector('[data-action=options]') !== null", SOON).unwrap();
    let disabled: Value = page.eval("document.querySelector('[data-action=search]').disabled").unwrap();
    assert_eq!(disabled, json!(true));
    assert!(world.site.requests().is_empty());
}

fn text_of_the_server_is_only_text(world: &World) {
    let shown = world.open_connected("/connected");
    let id = world.visitor_of(&shown);
    let update =
        json!({ "uniqueId": ODD, "identities": [ODD, format!("{ODD}@acme.example")], "tags": [format!("#{ODD}")] });
    shown.eval(&format!("Upscope('updateConnection', {update}); return 0")).unwrap();
    world.server_holds(&id, "the texts", |visitor| visitor.unique_id == Some(json!(ODD)));
    let page = find(world);
    search(&page, "ip", "127.0.0.1");
    wait_found(&page, &[&id]);
    assert_is_only_text(&page, 1);
    open(&page, &id);
    // The unique ID, both identities, the email and the tag.
    assert_is_only_text(&page, 5);
}

/// The page shows the odd text at least `count` times, and nothing came of its markup and marks.
fn assert_is_only_text(page: &Page, count: u64) {
    let shown = page.eval("document.body.textContent.split('§').length - 1").unwrap();
    assert!(shown.as_u64().unwrap() >= count, "{shown} texts are shown");
    assert_eq!(page.eval(LEAKS).unwrap(), json!([]));
}
