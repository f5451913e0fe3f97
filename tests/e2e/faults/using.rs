//! Changes while the popup is in use: permissions, the document, the clock, another popup, an update of the extension.

use super::acts::edit;
use crate::beside::{open_panel, panel};
use crate::in_both;
use crate::recorder::{Recorder, SITE};
use crate::support::{Popup, SOON, World};
use serde_json::{Value, json};
use std::time::Instant;
use xtask::drive::Page;

in_both! {
    a_permission_revoked_in_use_is_shown_and_costs_no_draft;
    a_permission_revoked_during_an_inspection_is_shown;
    two_popups_edit_one_visitor;
    two_popups_keep_the_draft_of_each_other;
    a_document_that_leaves_before_the_act_is_not_edited;
    a_clock_that_jumps_costs_no_edit;
    an_update_of_the_extension_costs_no_site_and_breaks_no_page;
    an_update_of_the_extension_with_a_panel_breaks_neither_panel_nor_page;
}

fn a_permission_revoked_in_use_is_shown_and_costs_no_draft(world: &World) {
    world.browser.grant_host(SITE).unwrap();
    let page = world.open_connected("/connected");
    let short_id = world.visitor_of(&page);
    let popup = world.inspect_in_tab(&page);
    popup.wait_state("connected");
    popup.add_item("tags", "#TYPED");
    popup.0.eval(&format!("chrome.permissions.remove({{ origins: ['{SITE}'] }})")).unwrap();
    popup.wait_state("needs-access");
    popup.wait_for("[data-action=give-access]");
    assert!(!page.eval("JSON.stringify(Upscope._config.tags)").unwrap().to_string().contains("TYPED"));
    popup.close();
    world.browser.grant_host(SITE).unwrap();
    let popup = world.inspect_in_tab(&page);
    popup.wait_state("connected");
    // Without access, the popup can't know whether the document is still the draft's document.
    popup.act("bring-back");
    popup.wait(
        "what was typed",
        "[...document.querySelectorAll('[id^=tags-]')].some((input) => input.value === '#TYPED')",
    );
    popup.act("apply");
    popup.wait_outcome("tags", "read-back");
    world.server_holds(&short_id, "the tag", |visitor| {
        visitor.tags.as_ref().is_some_and(|tags| tags.to_string().contains("TYPED"))
    });
}

fn a_permission_revoked_during_an_inspection_is_shown(world: &World) {
    world.browser.grant_host(SITE).unwrap();
    let page = world.open_connected("/connected");
    let popup = world.inspect_in_tab(&page);
    popup.wait_state("connected");
    let revoke_before_the_probe = format!(
        "const {{ scripting }} = chrome, {{ executeScript }} = scripting;
        scripting.executeScript = async (...injection) => {{
            await chrome.permissions.remove({{ origins: ['{SITE}'] }});
            return executeScript.apply(scripting, injection);
        }};
        return true"
    );
    world.browser.eval_background(&revoke_before_the_probe).unwrap();
    popup.wait_state("needs-access");
}

fn two_popups_edit_one_visitor(world: &World) {
    world.browser.grant_host(SITE).unwrap();
    let page = world.open_connected("/connected");
    let short_id = world.visitor_of(&page);
    let (one, other) = (world.inspect_in_tab(&page), world.inspect_in_tab(&page));
    other.act_on("uniqueId", "edit");
    other.type_into("#uniqueId-0", "other");
    one.0.activate().unwrap();
    one.add_item("tags", "#ONE");
    one.act("apply");
    one.wait_outcome("tags", "read-back");
    other.0.activate().unwrap();
    other.wait_input("#uniqueId-0", "other");
    other.act("apply");
    other.wait_outcome("uniqueId", "read-back");
    world.server_holds(&short_id, "both edits", |visitor| {
        visitor.unique_id == Some(json!("other"))
            && visitor.tags.as_ref().is_some_and(|tags| tags.to_string().contains("#ONE"))
    });
    // Undo in the first popup reverts only the field that it changed.
    one.0.activate().unwrap();
    one.wait_value("uniqueId", &json!("other"));
    one.act("undo");
    one.wait_value("tags", &json!(["#VIP", "#EARLY-ADOPTER"]));
    world.server_holds(&short_id, "one edit", |visitor| {
        visitor.unique_id == Some(json!("other")) && visitor.tags == Some(json!(["#VIP", "#EARLY-ADOPTER"]))
    });
}

fn two_popups_keep_the_draft_of_each_other(world: &World) {
    world.browser.grant_host(SITE).unwrap();
    let page = world.open_connected("/connected");
    let (one, other) = (world.inspect_in_tab(&page), world.inspect_in_tab(&page));
    let stored = |popup: &Popup, text: &str| {
        let key = format!("drafts:{}", page.tab_id().unwrap());
        let js = format!("chrome.storage.session.get('{key}').then((all) => all['{key}']?.includes('{text}'))");
        popup.wait(&format!("{text} to be stored"), &js);
    };
    one.0.activate().unwrap();
    one.act_on("uniqueId", "edit");
    one.type_into("#uniqueId-0", "typed-first");
    stored(&one, "typed-first");
    other.0.activate().unwrap();
    other.wait_state("connected");
    other.add_item("tags", "#SECOND");
    stored(&other, "#SECOND");
    one.close();
    other.close();
    let popup = world.inspect_in_tab(&page);
    popup.wait(
        "what was typed last",
        "[...document.querySelectorAll('[id^=tags-]')].some((input) => input.value === '#SECOND')",
    );
    popup.act("bring-back");
    popup.wait_input("#uniqueId-0", "typed-first");
}

/// Sends an edit and returns whether it was applied, and the reason if not.
fn made(own: &Page, request: &Value) -> (bool, String) {
    let reply = own.eval(&format!("chrome.runtime.sendMessage({request})")).unwrap();
    let text = reply["performed"]["text"].as_str().unwrap_or_default();
    let act: Value = serde_json::from_str::<Value>(text).map(|report| report["act"].clone()).unwrap_or_default();
    let is_made = act["name"] == "update" && act["refused"].is_null();
    (is_made, if is_made { String::new() } else { format!("{}{}", reply["refused"], act["refused"]) })
}

/// Makes the background navigate the tab to another page after the page has reported its time, immediately before it
/// injects the act.
fn leave_before_the_act(world: &World, tab: i64, url: &str) {
    let patch = format!(
        "const {{ scripting }} = chrome, {{ executeScript }} = scripting; \
         scripting.executeScript = async (injection) => {{ \
           if (String(injection.args?.[0]).startsWith('{{')) {{ \
             const left = new Promise((done) => chrome.tabs.onUpdated.addListener(function on(id, {{ status }}) {{ \
               if (id === {tab} && status === 'complete') (chrome.tabs.onUpdated.removeListener(on), done()); }})); \
             await chrome.tabs.update({tab}, {{ url: {} }}); await left; \
           }} \
           return executeScript.call(scripting, injection); \
         }}; return true",
        json!(url)
    );
    world.browser.eval_background(&patch).unwrap();
}

fn a_document_that_leaves_before_the_act_is_not_edited(world: &World) {
    world.browser.grant_host(SITE).unwrap();
    let own = world.browser.open_extension_page("find.html").unwrap();
    let page = world.open("/autoconnect-off");
    let tab = page.tab_id().unwrap();
    page.wait_for("the SDK", "Upscope._config", SOON).unwrap();
    page.eval("window.stayed = true").unwrap();
    let request = edit(&own, tab, "LATE");

    page.navigate(&world.site.url("/connected")).unwrap();
    world.visitor_of(&page);
    let (is_made, why) = made(&own, &request);
    assert!(!is_made && !why.is_empty(), "{why}");

    // A document from the back/forward cache is the same document, a reloaded one isn't.
    page.back().unwrap();
    page.wait_for("the SDK", "Upscope._config", SOON).unwrap();
    let is_same = page.eval("window.stayed === true").unwrap() == json!(true);
    let (is_made, why) = made(&own, &request);
    assert_eq!(is_made, is_same, "{why}");

    let request = edit(&own, tab, "LATER");
    leave_before_the_act(world, tab, &world.site.url("/anonymous"));
    let (is_made, why) = made(&own, &request);
    assert!(!is_made && !why.is_empty(), "{why}");
    assert_eq!(page.url().unwrap(), world.site.url("/anonymous"));
    world.browser.stop_background().unwrap();

    let request = edit(&own, tab, "LAST");
    page.close().unwrap();
    let (is_made, why) = made(&own, &request);
    assert!(!is_made && !why.is_empty(), "{why}");
    let held: Vec<_> = world.site.visitors().into_iter().filter_map(|visitor| visitor.unique_id).collect();
    assert!(!held.iter().any(|id| ["LATER", "LAST"].map(Value::from).contains(id)), "{held:?}");
}

fn a_clock_that_jumps_costs_no_edit(world: &World) {
    world.browser.grant_host(SITE).unwrap();
    let page = world.open_connected("/connected");
    let short_id = world.visitor_of(&page);
    let popup = world.inspect_in_tab(&page);
    for (days, tag) in [(2, "#AHEAD"), (-4, "#BACK")] {
        popup.add_item("tags", tag);
        let jump = format!("const now = Date.now; Date.now = () => now() + {days} * 86_400_000; return true");
        popup.0.eval(&jump).unwrap();
        world.browser.eval_background(&jump).unwrap();
        popup.act("apply");
        popup.wait_outcome("tags", "read-back");
        world.server_holds(&short_id, "the tag", |visitor| {
            visitor.tags.as_ref().is_some_and(|tags| tags.to_string().contains(tag))
        });
        popup.act("dismiss");
    }
}

/// A page of the extension, once the extension is updated and lists its site. While it reloads, its pages don't exist.
fn updated(world: &World) -> Recorder {
    let wanted = json!({ "recordedSites": { "sites": [SITE] } });
    let end = Instant::now() + SOON;
    loop {
        let page = world.browser.open_extension_page("popup.html?tab=0").unwrap();
        let answer = page.eval("chrome.runtime.sendMessage({ listRecordedSites: {} })");
        if answer.as_ref().is_ok_and(|answer| *answer == wanted) {
            return Recorder(page);
        }
        assert!(Instant::now() < end, "the sites after the update: {answer:?}");
        page.close().unwrap();
    }
}

fn an_update_of_the_extension_costs_no_site_and_breaks_no_page(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open_connected("/connected");
    let short_id = world.visitor_of(&page);
    recorder.wait(&page, "its init", |timeline| !timeline.is_empty());
    let popup = world.inspect_in_tab(&page);
    // The recording's data arrives later and moves the buttons.
    popup.wait_for("[data-field=tags] [data-action=show-history]");
    popup.add_item("tags", "#TYPED");
    let origin = world.browser.extension_url("");
    let before = world.browser.console().unwrap().len();
    world.browser.update_extension().unwrap();
    popup.0.wait_until_closed(SOON).unwrap();
    // The page and its SDK continue. The extension ignores the messages of the old recorder.
    page.eval("Upscope('updateConnection', { uniqueId: 'after' })").unwrap();
    world.server_holds(&short_id, "the page's call", |visitor| visitor.unique_id == Some(json!("after")));
    let after = updated(world);
    page.reload().unwrap();
    world.visitor_of(&page);
    after.wait(&page, "the page to be recorded again", |timeline| !timeline.is_empty());
    let popup = world.inspect_in_tab(&page);
    popup.wait_state("connected");
    world.assert_no_error(&origin, before);
}

fn an_update_of_the_extension_with_a_panel_breaks_neither_panel_nor_page(world: &World) {
    world.browser.grant_host(SITE).unwrap();
    let page = world.open_connected("/connected");
    let short_id = world.visitor_of(&page);
    let shows = |ours: &Page| {
        page.activate().unwrap();
        let is_shown = panel("inner.querySelector('[data-state=connected]')");
        ours.wait_for("the connected page in the panel", &is_shown, SOON).unwrap();
    };
    let ours = open_panel(world);
    shows(&ours);
    let before = world.browser.console().unwrap().len();
    world.browser.update_extension().unwrap();
    ours.wait_until_closed(SOON).unwrap();
    page.eval("Upscope('updateConnection', { uniqueId: 'after' })").unwrap();
    world.server_holds(&short_id, "the page's call", |visitor| visitor.unique_id == Some(json!("after")));
    shows(&open_panel(world));
    let mut errors = world.errors_of(&world.browser.extension_url(""), before);
    // Requests that the old panel had not finished fail after the update.
    errors.retain(|line| !line.contains("NetworkError when attempting to fetch resource"));
    assert!(errors.is_empty(), "{errors:#?}");
}
