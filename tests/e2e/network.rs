//! Nothing leaves the browser but requests to the person's account: on a tour of every feature, a proxy records the
//! requests of the whole browser.
//!
//! It sees HTTP and WebSocket. The linter forbids WebRTC and WebTransport, which it doesn't see
//! (`xtask/src/lint/package.rs`).

use crate::in_both;
use crate::presets;
use crate::recorder::Recorder;
use crate::server_find::{find, open, search, wait_results, wait_watch};
use crate::support::{SOON, World};
use crate::welcome::{self, FRAME};
use inspector_launch::wait;
use serde_json::json;
use xtask::drive::{Kind, Page};
use xtask::site::{HttpRequest, Proxy};

in_both! { run_behind_proxy =>
    on_a_tour_only_the_page_and_the_account_are_asked;
}

in_both! {
    markup_in_a_page_of_the_extension_loads_nothing_from_elsewhere;
}

/// Domains that Chromium itself asks, which no flag prevents: for the accounts that are signed in to the browser, and for
/// updates of its components. Which hosts and when depends on its version.
const ASKED_BY_CHROMIUM: [&str; 2] = [".google.com", ".googleapis.com"];

/// Elements that would load something from a host, each with the directive of the manifest's policy that refuses it.
const LOADERS: [(&str, &str); 6] = [
    ("img", "img-src"),
    ("iframe", "frame-src"),
    ("video", "media-src"),
    ("embed", "object-src"),
    ("link", "style-src-elem"),
    ("script", "script-src-elem"),
];

/// No such host exists, and the proxy refuses it.
const ELSEWHERE: &str = "elsewhere.example";

fn on_a_tour_only_the_page_and_the_account_are_asked(world: &World, proxy: &Proxy) {
    practice(world);
    let page = record_and_edit(world);
    views(world, &page);
    search_and_watch(world);
    options_and_presets(world);
    assert_all_parts_are_seen(world, proxy);
    assert_eq!(elsewhere(world, proxy), [], "requests to other hosts");
    assert_a_request_elsewhere_is_seen(world, proxy);
}

/// Does the first step of the first-run page.
fn practice(world: &World) {
    let page = world.browser.wait_for_page("/welcome.html", SOON).unwrap();
    page.wait_for("the practice", &format!("!!document.querySelector('{FRAME}')"), SOON).unwrap();
    page.click_in_frame(FRAME, "[data-state=connected] [data-action=copy-code]").unwrap();
    welcome::ticked(&page, &["code"]);
    page.close().unwrap();
}

/// Adds the account, and records a page on which it inspects, edits, saves a preset, and logs out.
fn record_and_edit(world: &World) -> Page {
    Recorder::start(world).0.close().unwrap();
    find(world).close().unwrap();
    let page = world.open_connected("/connected");
    let short_id = world.visitor_of(&page);
    let popup = world.inspect(&page);
    popup.wait_for("[data-server=connected][data-agrees=true]");
    popup.add_item("tags", "#TOUR");
    popup.act("apply");
    popup.wait_outcome("tags", "confirmed");
    popup.open_presets();
    popup.act("save-visitor");
    popup.type_into("#preset-name", "Tour");
    popup.act("keep-preset");
    popup.wait_for("[data-preset=Tour]");
    popup.close();
    let popup = world.inspect_in_tab(&page);
    popup.wait_value("shortId", &json!(short_id));
    popup.act("log-out");
    popup.act("confirm");
    let new = format!(
        "![undefined, 'null', '\"{short_id}\"'].includes(document.querySelector('[data-field=shortId]').dataset.value)"
    );
    popup.wait("a new short ID", &new);
    popup.close();
    page
}

/// Opens every view of the page's recording, saves an expectation, and exports a file.
fn views(world: &World, page: &Page) {
    let views = world.open_recorded(&format!("?tab={}", page.tab_id().unwrap()));
    views.wait_for("[data-view=timeline] [data-kind=call]");
    views.act("show-checks");
    views.wait_for("[data-view=checks]");
    views.act("show-history");
    views.wait_for("[data-view=history]");
    views.act("show-sites");
    views.wait_for("[data-view=sites] [data-site]");
    views.act("show-expectations");
    views.act("expect-seen");
    views.wait_for("#expectation-text");
    views.act("save-expectation");
    views.wait_for("[data-expectations='1']");
    views.act("show-timeline");
    assert!(views.export("export-masked").contains("\"schema\""));
    views.close();
}

fn search_and_watch(world: &World) {
    let shown = world.open_connected("/connected");
    let id = world.visitor_of(&shown);
    let page = world.browser.open_extension_page("find.html").unwrap();
    search(&page, "tag", "VIP");
    wait_results(&page, "found");
    open(&page, &id);
    page.click("[data-action=watch]").unwrap();
    wait_watch(&page, "started");
    world.browser.wait_for_page("watching.html", SOON).unwrap();
}

/// Imports a preset, chooses another appearance, and deletes everything, with the account.
fn options_and_presets(world: &World) {
    let page = presets::manager(world);
    let other = json!({ "name": "Other", "values": { "uniqueId": "a" } });
    let file = json!({ "schema": "upscope-inspector/presets@1", "presets": [other] });
    presets::import(&page, &file.to_string());
    page.wait_for("the preset", "!!document.querySelector('[data-import] [data-action=take-import]')", SOON).unwrap();
    page.click("[data-action=take-import]").unwrap();
    page.wait_for("both presets", "document.querySelectorAll('[data-preset]').length === 2", SOON).unwrap();
    page.click("label:has(> [data-action=dark])").unwrap();
    page.wait_for("the appearance", "document.documentElement.dataset.theme === 'dark'", SOON).unwrap();
    page.click("[data-action=clear-all]").unwrap();
    page.click("[data-action=clear-all-now]").unwrap();
    page.wait_for("no preset", "!document.querySelector('[data-preset]')", SOON).unwrap();
}

/// The requests to any host but the site's, which is that of the page and of the account.
fn elsewhere(world: &World, proxy: &Proxy) -> Vec<HttpRequest> {
    let own = format!("127.0.0.1:{}", world.site.port());
    let is_chromium = world.browser.kind() == Kind::Chromium;
    let is_known = |host: &str| {
        let name = host.split(':').next().unwrap_or_default();
        host == own || is_chromium && ASKED_BY_CHROMIUM.iter().any(|domain| name.ends_with(domain))
    };
    proxy.requests().into_iter().filter(|request| !is_known(&request.host)).collect()
}

/// The proxy has seen the requests of pages, the background's, and WebSocket.
fn assert_all_parts_are_seen(world: &World, proxy: &Proxy) {
    let asked = proxy.requests();
    let url = |path: &str| asked.iter().any(|request| request.path.starts_with(&world.site.url(path)));
    assert!(url("/connected") && url("/v1.3/visitors/"), "{asked:?}");
    assert!(asked.iter().any(|request| request.method == "CONNECT"), "{asked:?}");
}

/// A request of a page of the extension, and one of its background, don't escape the proxy.
fn assert_a_request_elsewhere_is_seen(world: &World, proxy: &Proxy) {
    let request = |scheme: &str| format!("fetch('{scheme}://{ELSEWHERE}/').then(() => true, () => false)");
    let page = world.browser.open_extension_page("options.html").unwrap();
    page.eval(&request("http")).unwrap();
    world.browser.eval_background(&request("https")).unwrap();
    let is_seen = |host: &str| elsewhere(world, proxy).iter().any(|request| request.host == host);
    let both = || Ok((is_seen(ELSEWHERE) && is_seen(&format!("{ELSEWHERE}:443"))).then_some(()));
    wait(SOON, both).unwrap().unwrap_or_else(|()| panic!("{:?}", proxy.requests()));
}

/// The policy refuses what the linter and the views never write. A form is sent last, because it would leave the page.
fn markup_in_a_page_of_the_extension_loads_nothing_from_elsewhere(world: &World) {
    let page = world.browser.open_extension_page("options.html").unwrap();
    page.eval(
        "(globalThis.refused = [], addEventListener('securitypolicyviolation', (event) => \
         refused.push(event.effectiveDirective)), true)",
    )
    .unwrap();
    let refused = |directive: &str| {
        page.wait_for(directive, &format!("refused.includes('{directive}')"), SOON).unwrap();
    };
    let url = format!("http://{ELSEWHERE}/");
    for (name, directive) in LOADERS {
        let load = format!(
            "(document.body.append(Object.assign(document.createElement('{name}'), \
             {{ src: '{url}', href: '{url}', rel: 'stylesheet' }})), true)"
        );
        page.eval(&load).unwrap();
        refused(directive);
    }
    // In Firefox, the call throws.
    let send = format!(
        "const form = Object.assign(document.createElement('form'), {{ action: '{url}' }}); document.body.append(form); \
         try {{ form.submit() }} catch {{}} return true"
    );
    page.eval(&send).unwrap();
    refused("form-action");
}
