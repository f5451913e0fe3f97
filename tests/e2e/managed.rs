//! Settings of an organization, in each browser's format for policy files.

use crate::last_used;
use crate::server::wait_status;
use crate::support::{SOON, World, extension, run_with};
use serde_json::{Value, json};
use xtask::drive::{Kind, Options, Page};

/// Defines a test for both browsers, each under a policy, from a function `fn(&World)`.
macro_rules! under {
    ($($(#[$doc:meta])* $name:ident: $policy:expr;)+) => {$(
        $(#[$doc])*
        mod $name {
            use super::*;
            #[test]
            fn chromium() {
                run_with(Kind::Chromium, &options(Kind::Chromium, $policy), super::$name);
            }
            #[test]
            fn firefox() {
                run_with(Kind::Firefox, &options(Kind::Firefox, $policy), super::$name);
            }
        }
    )+};
}

under! {
    looking_only_is_looking_only: |_| json!({ "readOnly": true, "language": "de" });
    other_sites_are_neither_changed_nor_recorded: |_| json!({
        "allowedOrigins": ["http://127.0.0.1/*"],
        "presets": r##"[{"name": "Persona", "values": {"uniqueId": "persona-1"}}, {"name": "Bad", "values": {"tags": "x"}}]"##,
    });
    /// Chromium ignores a value that doesn't match the schema, so its wrong value is within a list.
    an_unreadable_policy_restricts_and_is_shown: |kind| match kind {
        Kind::Chromium => json!({ "allowedOrigins": ["http://127.0.0.1/some/path/*"] }),
        Kind::Firefox => json!({ "readOnly": "no", "allowedOrigins": ["http://127.0.0.1/some/path/*"] }),
    };
    the_organizations_expectations_hold_and_stay: |_| json!({
        "expectations": r##"{"schema": "upscope-inspector/expectations@1", "expectations": [
            {"name": "Team", "pages": ["https://acme.test/*"], "expect": {"tags": {"includes": ["#PRO"]}}}]}"##,
    });
    a_file_of_expectations_with_an_error_is_shown: |_| json!({
        "expectations": "{\"schema\": \"upscope-inspector/expectations@1\",\n\"expectations\": [{\"name\": \"a\"}]}",
    });
    the_address_of_the_api_is_locked: |_| json!({
        "apiBase": "https://upscope.acme.test",
        "presets": r##"[{"name": "VIP", "values": {"tags": ["#VIP"]}}]"##,
    });
}

fn options(kind: Kind, policy: impl Fn(Kind) -> Value) -> Options {
    Options { policy: Some(policy(kind)), ..Options::new(extension()) }
}

/// The popup shows no control that changes anything.
const NO_CONTROLS: &str = "!document.querySelector('[data-action=edit], [data-action=switch], [data-action=log-out], [data-action=ask-code]')";

/// Sends the popup's request to change a tag in the shown page, from a page of the extension.
fn act(world: &World, page: &Page) -> Value {
    let origin = page.eval("String(performance.timeOrigin)").unwrap();
    let update = json!({ "tags": ["#FORCED"] }).to_string();
    let command = json!({ "document": origin, "mayWait": false, "action": { "update": { "update": update } } });
    let edit = json!({ "kind": "update", "noUndo": [], "losesMetadata": false });
    let target = json!({ "tab": page.tab_id().unwrap(), "frame": 0, "documentId": null, "document": origin });
    let message = json!({ "perform": { "target": target, "command": command, "edit": edit } });
    let own = world.browser.open_extension_page("find.html").unwrap();
    let answer = own.eval(&format!("chrome.runtime.sendMessage({message})")).unwrap();
    own.close().unwrap();
    answer
}

/// The page has sent nothing since its handshake.
fn nothing_arrived(world: &World, page: &Page) {
    let queue = page.eval("JSON.stringify(window.Upscope.q ?? [])").unwrap();
    assert!(!queue.to_string().contains("FORCED"), "{queue}");
    let id = world.visitor_of(page);
    let held = format!("{:?}", world.site.visitor(&id));
    assert!(!held.contains("FORCED"), "{held}");
}

fn looking_only_is_looking_only(world: &World) {
    last_used::keep(world, &json!({ "uniqueId": ["cust-9"] }));
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    // This comes first, because another language reloads the document.
    popup.wait("the organisation's language", "document.documentElement.lang === 'de'");
    popup.wait_for("[data-hold=read-only]");
    popup.wait("no way to change anything", NO_CONTROLS);
    popup.wait_for("[data-field=uniqueId] .val");
    // Enter opens no editor, so there are no suggestions.
    popup.0.eval("document.querySelector('[data-field=uniqueId] .val').focus()").unwrap();
    popup.0.press("Enter").unwrap();
    assert!(!popup.exists(".editing, .offers, [role=combobox]"));
    popup.wait("what can be copied", "!!document.querySelector('[data-action=copy-report]')");
    assert!(popup.text().contains("Ihre Organisation erlaubt nur das Ansehen."), "{}", popup.text());
    popup.close();
    let refused = act(world, &page);
    assert_eq!(refused, json!({ "refused": { "why": "readOnly" } }));
    nothing_arrived(world, &page);
    let options = managed(world);
    let locked =
        "document.querySelector('[data-action=language]')?.matches(':disabled') && document.documentElement.lang";
    assert_eq!(options.wait_for("the locked language", locked, SOON).unwrap(), "de");
    assert!(rule_text(&options, "language").ends_with(": de"), "{}", rule_text(&options, "language"));
}

fn other_sites_are_neither_changed_nor_recorded(world: &World) {
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    popup.wait_for("[data-action=edit]");
    popup.add_item("tags", "#GOOD");
    popup.act("apply");
    popup.wait_outcome("tags", "read-back");
    assert!(!popup.exists("[data-hold]"));
    // The organization's presets.
    popup.act("presets");
    popup.wait_for("[data-preset=Persona]");
    assert!(!popup.exists("[data-preset=Bad]"));
    popup.close();

    // The same server, under a host name that the policy doesn't allow.
    let page = world.browser.open(&world.site.url_on("localhost", "/connected")).unwrap();
    page.wait_for("the SDK", "!!window.Upscope?._version", SOON).unwrap();
    let popup = world.inspect(&page);
    popup.wait_for("[data-hold=not-here]");
    popup.wait("no way to change anything", NO_CONTROLS);
    popup.act("show-timeline");
    popup.wait_for(".panel [data-hold=not-here]");
    assert!(!popup.exists("[data-action=record]"));
    popup.close();
    assert_eq!(act(world, &page), json!({ "refused": { "why": "notHere" } }));
    // The browser's permission makes no difference.
    world.browser.grant_host("http://localhost/*").unwrap();
    let own = world.browser.open_extension_page("find.html").unwrap();
    let record = json!({ "startRecording": { "pattern": "http://localhost/*", "tab": page.tab_id().unwrap() } });
    let answer = own.eval(&format!("chrome.runtime.sendMessage({record})")).unwrap();
    assert_eq!(answer, json!({ "recordingFailed": { "why": "restricted" } }));
    assert_eq!(
        own.eval("chrome.runtime.sendMessage({ listRecordedSites: {} })").unwrap(),
        json!({ "recordedSites": { "sites": [] } })
    );
    assert!(!page.eval("JSON.stringify(window.Upscope.q ?? [])").unwrap().to_string().contains("FORCED"));
}

fn an_unreadable_policy_restricts_and_is_shown(world: &World) {
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    popup.wait_for("[data-hold]");
    popup.wait("no way to change anything", NO_CONTROLS);
    popup.close();
    assert!(act(world, &page)["refused"]["why"].is_string());
    nothing_arrived(world, &page);
    let options = managed(world);
    let problem = |key: &str| {
        let text = options.eval(&format!("document.querySelector('[data-problem={key}]').innerText")).unwrap();
        text.as_str().unwrap().to_owned()
    };
    assert!(problem("allowedOrigins").contains("“http://127.0.0.1/some/path/*”"), "{}", problem("allowedOrigins"));
    if world.browser.kind() == Kind::Firefox {
        assert!(problem("readOnly").contains("wrong type"), "{}", problem("readOnly"));
    }
}

fn the_address_of_the_api_is_locked(world: &World) {
    let options = managed(world);
    wait_status(&options, &["idle"]);
    assert_eq!(rule_text(&options, "apiBase"), "API URL: https://upscope.acme.test/api");
    assert_eq!(rule_text(&options, "presets"), "Presets: 1");
    let field = "const base = document.querySelector('#base'); return [base.value, base.readOnly]";
    assert_eq!(options.eval(field).unwrap(), json!(["https://upscope.acme.test/api", true]));
    assert_eq!(options.eval("!document.querySelector('[data-action=cloud]')").unwrap(), json!(true));
    let wish = json!({ "api": { "connect": {
        "kind": "cloud", "base": world.site.url("/v1.3"), "key": "stand-in-secret-4T9Z", "disk": false, "agent": { "id": "", "name": "" }
    } } });
    let answer = options.eval(&format!("chrome.runtime.sendMessage({wish})")).unwrap();
    assert_eq!(answer, json!({ "apiFailed": "managed" }));
}

fn the_organizations_expectations_hold_and_stay(world: &World) {
    let page = world.recorded("connected");
    page.act("show-expectations");
    page.wait_for("[data-managed][data-expectation=Team][data-verdict=not-met]");
    assert!(!page.exists("[data-action=edit-expectation], [data-action=delete-expectation]"));
    assert!(page.exists("[data-action=copy-ticket]"));
    assert_eq!(rule_text(&managed(world), "expectations"), "Expectations: 1");
}

fn a_file_of_expectations_with_an_error_is_shown(world: &World) {
    let page = world.recorded("connected");
    page.act("show-expectations");
    page.wait_for("[data-error=managed]");
    let text = page.0.eval("document.querySelector('[data-error=managed]').innerText").unwrap();
    assert!(text.as_str().unwrap().starts_with("Line 2, column"), "{text}");
    assert!(!page.exists("[data-expectation]"));
}

/// The options page, once it shows the managed settings.
fn managed(world: &World) -> Page {
    let page = world.browser.open_extension_page("options.html").unwrap();
    page.wait_for("what is managed", "!!document.querySelector('[data-managed]')", SOON).unwrap();
    page
}

fn rule_text(page: &Page, key: &str) -> String {
    let text = page.eval(&format!("document.querySelector('[data-managed={key}]').innerText")).unwrap();
    text.as_str().unwrap().to_owned()
}
