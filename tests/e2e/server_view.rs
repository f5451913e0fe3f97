//! The server's data beside the page's, in the inspector.

use crate::in_both;
use crate::server::connect;
use crate::server_find::wait_watch;
use crate::support::{Popup, SOON, World};
use serde_json::json;
use xtask::site::{Command, HttpRequest, RestAnswer};

in_both! {
    both_sides_are_compared_field_by_field;
    an_account_that_is_added_or_removed_is_noticed;
    a_session_that_begins_and_ends_is_asked_about;
    an_edit_is_confirmed_by_the_server;
    what_the_server_does_not_have_is_a_difference_with_its_reason;
    a_visitor_the_server_does_not_know_is_shown;
    without_an_account_nothing_is_asked_or_loaded;
    watching_starts_from_the_page_s_visitor;
    everything_the_server_knows_is_one_click_away;
}

fn wait_line(popup: &Popup, key: &str, agreement: &str, reason: &str) {
    popup.wait_for(&format!(
        "[data-field={key}] [data-server-line={key}][data-agreement={agreement}][data-reason='{reason}']"
    ));
}

fn line(popup: &Popup, key: &str) -> String {
    let words = popup.0.eval(&format!("document.querySelector('[data-server-line={key}]').innerText")).unwrap();
    words.as_str().unwrap_or_default().to_owned()
}

fn wait_facts(popup: &Popup, words: &str) {
    popup.wait(words, &format!("!!document.querySelector('[data-facts]')?.innerText.includes('{words}')"));
}

fn asked(world: &World) -> usize {
    of_visitors(&world.site.requests())
}

fn of_visitors(requests: &[HttpRequest]) -> usize {
    requests.iter().filter(|request| request.path.starts_with("/v1.3/visitors/")).count()
}

fn both_sides_are_compared_field_by_field(world: &World) {
    connect(world, &world.site);
    let shown = world.open_connected("/connected");
    let popup = world.inspect(&shown);
    popup.wait_for("[data-server=connected][data-agrees=true]");
    for key in ["uniqueId", "identities", "tags", "shortId"] {
        wait_line(&popup, key, "same", "");
    }
    wait_line(&popup, "metadata", "unknown", "there");
    for words in ["Online", "last seen", "desktop"] {
        wait_facts(&popup, words);
    }
    // For an unchanged page, only the person's request asks the server again.
    let before = asked(world);
    popup.0.eval("document.querySelector('[data-action=ask-server]').focus()").unwrap();
    popup.0.press("Enter").unwrap();
    world.site.wait_for("a request", SOON, |record| (of_visitors(&record.requests) > before).then_some(())).unwrap();
    popup.wait_for("[data-action=ask-server]:not([aria-disabled])");
    assert_eq!(asked(world), before + 1);
    // A disabled button would have lost the focus.
    assert_eq!(popup.0.eval("document.activeElement.dataset.action").unwrap(), json!("ask-server"));
}

fn an_account_that_is_added_or_removed_is_noticed(world: &World) {
    let shown = world.open_connected("/connected");
    // The click grants access to the tab, also to the inspector in a separate tab.
    world.inspect(&shown);
    let popup = world.inspect_in_tab(&shown);
    let options = connect(world, &world.site);
    // A hidden inspector compares nothing.
    popup.0.activate().unwrap();
    popup.wait_for("[data-server=connected][data-agrees=true]");
    options.activate().unwrap();
    options.click("[data-action=remove]").unwrap();
    popup.wait_for("[data-server=no-account]");
}

fn a_session_that_begins_and_ends_is_asked_about(world: &World) {
    connect(world, &world.site);
    let shown = world.open_connected("/connected");
    let id = world.visitor_of(&shown);
    let popup = world.inspect(&shown);
    popup.wait_for("[data-server=connected][data-agrees=true]");
    wait_facts(&popup, "Online");
    world.site.command_for(&id, Command::BeginSession { observer: "Ada".to_owned() });
    popup.wait_state("in-session");
    wait_facts(&popup, "In a session");
    world.site.command_for(&id, Command::EndSession);
    popup.wait_state("connected");
    popup.wait("the end", "!document.querySelector('[data-facts]').innerText.includes('In a session')");
}

fn an_edit_is_confirmed_by_the_server(world: &World) {
    connect(world, &world.site);
    let shown = world.open_connected("/connected");
    let popup = world.inspect_in_tab(&shown);
    wait_line(&popup, "tags", "same", "");
    // The first response after the edit fails, and the inspector repeats the request.
    world
        .site
        .command(Command::Rest { answer: RestAnswer::Error { status: 503, error: String::new() }, times: Some(1) });
    popup.add_item("tags", "#NEWER");
    popup.act("apply");
    popup.wait_outcome("tags", "confirmed");
    wait_line(&popup, "tags", "same", "");
    // The same after Undo.
    popup.act("undo");
    popup.wait("the undo", "document.querySelector('[data-field=tags]').dataset.value.includes('NEWER') === false");
    popup.wait_outcome("tags", "confirmed");
}

fn what_the_server_does_not_have_is_a_difference_with_its_reason(world: &World) {
    connect(world, &world.site);
    let shown = world.open_connected("/connected");
    shown.eval("Upscope._config.tags = ['#LOCAL']; return 1").unwrap();
    let popup = world.inspect_in_tab(&shown);
    popup.wait_for("[data-server=connected][data-agrees=false]");
    wait_line(&popup, "tags", "differs", "changed-elsewhere");
    assert!(line(&popup, "tags").contains("#VIP"), "{}", line(&popup, "tags"));
    wait_line(&popup, "uniqueId", "same", "");
}

fn a_visitor_the_server_does_not_know_is_shown(world: &World) {
    connect(world, &world.site);
    let shown = world.open_connected("/connected");
    shown.eval("localStorage.setItem('__upscope:shortId', JSON.stringify('NOBODY1')); return 1").unwrap();
    let popup = world.inspect_in_tab(&shown);
    popup.wait_for("[data-server=error][data-problem=not-found]");
    assert!(!popup.exists("[data-server-line]"));
}

fn without_an_account_nothing_is_asked_or_loaded(world: &World) {
    let shown = world.open_connected("/connected");
    let popup = world.inspect(&shown);
    // The popup sent the same request earlier, so it has its reply by now.
    popup.wait("no account", "chrome.storage.local.get('apiAccount').then((kept) => !kept.apiAccount)");
    assert!(!popup.exists("[data-server]") && !popup.exists("[data-action=find]"));
    let loaded = popup.0.eval("performance.getEntriesByType('resource').map((entry) => entry.name)").unwrap();
    assert!(!loaded.to_string().contains("recorded"), "{loaded}");
    assert_eq!(asked(world), 0);
    popup.act("options");
    world.browser.wait_for_page("options.html", SOON).unwrap();
}

fn watching_starts_from_the_page_s_visitor(world: &World) {
    connect(world, &world.site);
    let shown = world.open_connected("/connected");
    let id = world.visitor_of(&shown);
    let popup = world.inspect_in_tab(&shown);
    world.site.command(Command::Rest { answer: RestAnswer::WatchLimit, times: None });
    popup.act("watch");
    popup.wait("the limit", "!!document.querySelector('[data-server] [role=alert]')?.innerText.includes('limit')");
    world.site.command(Command::Rest { answer: RestAnswer::Normal, times: None });
    popup.act("watch");
    world.browser.wait_for_page(&format!("watching.html?visitor={id}"), SOON).unwrap();
}

fn everything_the_server_knows_is_one_click_away(world: &World) {
    connect(world, &world.site);
    let shown = world.open_connected("/connected");
    let id = world.visitor_of(&shown);
    let popup = world.inspect_in_tab(&shown);
    popup.act("show-all");
    let found = world.browser.wait_for_page(&format!("find.html#{id}"), SOON).unwrap();
    found
        .wait_for("the visitor", &format!("document.querySelector('[data-open=\"{id}\"] dl') !== null"), SOON)
        .unwrap();
    wait_watch(&found, "idle");
}
