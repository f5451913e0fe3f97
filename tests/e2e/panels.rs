//! The popup with a recording: the Record button, the cause of each value, the edits that checks offer, and the toolbar
//! button.

use crate::in_both;
use crate::recorded::{replay, stored};
use crate::support::{Popup, SOON, World};
use serde_json::json;
use xtask::drive::Page;

in_both! {
    a_site_is_recorded_from_the_popup_and_each_value_has_its_origin;
    the_edit_of_a_check_is_reviewed_like_any_other;
    a_page_that_is_not_recorded_is_checked_as_it_is_now;
    a_part_that_was_not_loaded_is_tried_again;
    the_toolbar_button_shows_a_recorded_page;
    a_tab_that_is_gone_is_dressed_without_a_word;
    a_recording_can_be_opened_before_any_page_is_recorded;
}

/// A page of the site, recorded from its start, and the inspector for it in a separate tab. In Firefox, a reload ends
/// the popup's access.
fn recorded(world: &World, path: &str) -> (Page, Popup) {
    world.browser.grant_host("http://127.0.0.1/*").unwrap();
    let page = world.open_connected(path);
    let popup = world.inspect_in_tab(&page);
    popup.act("show-timeline");
    popup.wait_for("#recorded [data-action=record]");
    popup.act("record");
    popup.wait_for("#recorded [data-entry]");
    (page, popup)
}

/// Waits until `is` holds for the toolbar button's `badge` and `title`.
fn wait_button(popup: &Popup, page: &Page, what: &str, is: &str) {
    let of = format!("{{ tabId: {} }}", page.tab_id().unwrap());
    let read = format!("[await chrome.action.getBadgeText({of}), await chrome.action.getTitle({of})]");
    popup.wait(what, &format!("(async () => {{ const [badge, title] = {read}; return {is}; }})()"));
}

fn a_site_is_recorded_from_the_popup_and_each_value_has_its_origin(world: &World) {
    let (page, popup) = recorded(world, "/connected");
    popup.act("show-visitor");
    popup.wait_for("[data-field=uniqueId] [data-action=show-history][data-cause=call]");
    let origin = popup.0.eval("document.querySelector('[data-field=uniqueId] .origin').innerText").unwrap();
    assert!(origin.as_str().unwrap().starts_with("Last set: "), "{origin}");
    popup.wait_for("[data-field=shortId]");
    page.eval("(Upscope('updateConnection', { uniqueId: 'changed-by-page' }), true)").unwrap();
    popup.wait_value("uniqueId", &json!("changed-by-page"));
    popup.act_on("uniqueId", "show-history");
    popup.wait_for("#recorded [data-view=history]");
    popup.wait("both values", "document.querySelector('#recorded').innerText.includes('changed-by-page')");
    popup.act("show-visitor");
    // The cause shows that the inspector made the edit.
    popup.add_item("tags", "#MINE");
    popup.act("apply");
    popup.wait_outcome("tags", "read-back");
    popup.wait_for("[data-field=tags] [data-cause=own-edit]");
}

fn the_edit_of_a_check_is_reviewed_like_any_other(world: &World) {
    let (_page, popup) = recorded(world, "/malformed");
    popup.act("show-checks");
    popup.wait_for("[data-check=tag-pattern] [data-action=review-edit]");
    popup.wait_for("[data-action=show-checks] .count");
    popup.0.click("[data-check=tag-pattern] [data-action=review-edit]").unwrap();
    popup.wait("an edit to review", "!!document.querySelector('#tags-0')?.offsetParent");
    popup.wait_input("#tags-0", "#VIP");
    assert!(popup.exists("[data-action=apply]"));
}

fn a_page_that_is_not_recorded_is_checked_as_it_is_now(world: &World) {
    let page = world.open_connected("/malformed");
    let popup = world.inspect(&page);
    popup.act("show-checks");
    popup.wait_for("[data-check=tag-pattern] [data-action=review-edit]");
    assert!(popup.text().contains("Only the current page was checked"));
    popup.0.click("[data-check=tag-pattern] [data-action=review-edit]").unwrap();
    popup.wait("an edit to review", "!!document.querySelector('#tags-0')?.offsetParent");
}

fn a_part_that_was_not_loaded_is_tried_again(world: &World) {
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    let fail_once = "(() => {
        const { fetch } = globalThis;
        globalThis.fetch = (url, ...rest) => {
            if (!String(url).includes('split_recording')) return fetch(url, ...rest);
            globalThis.fetch = fetch;
            return Promise.reject(new TypeError('not now'));
        };
        return true;
    })()";
    popup.0.eval(fail_once).unwrap();
    popup.act("show-timeline");
    popup.wait_for(".panel > .error[role=alert]");
    assert!(!popup.exists("#recorded > *"));
    popup.act("show-checks");
    popup.wait_for("#recorded [data-view=checks]");
    assert!(!popup.exists(".panel > .error"));
}

fn the_toolbar_button_shows_a_recorded_page(world: &World) {
    let (page, popup) = recorded(world, "/malformed");
    wait_button(&popup, &page, "problems on the button", "Number(badge) > 3 && title.includes('Connected')");
    popup.act("show-visitor");
    popup.act_on("uniqueId", "edit");
    popup.type_into("#uniqueId-0", "mine");
    popup.wait_for("[data-action=apply]:not(:disabled)");
    popup.act("apply");
    popup.wait_outcome("uniqueId", "read-back");
    wait_button(
        &popup,
        &page,
        "the change on the button",
        "badge.endsWith('✎') && title.includes('You changed this visitor')",
    );
    page.eval("(Upscope('reset'), true)").unwrap();
    wait_button(&popup, &page, "the change to be forgotten", "!badge.endsWith('✎')");
}

fn a_tab_that_is_gone_is_dressed_without_a_word(world: &World) {
    world.keep(&stored(4242, &[replay("connected")]));
    let page = world.open_recorded("");
    // The background does the same if the tab closes at that moment. The browser answers the later `setIcon` after it.
    let judged = "import('./wasm/background/background.js').then(async (background) => {
        await background.default();
        await background.badge(4242);
        const path = { 16: '/icons/nothing-16.png', 32: '/icons/nothing-32.png' };
        return new Promise((done) => chrome.action.setIcon({ tabId: 4243, path }, () => done(chrome.runtime.lastError.message)));
    })";
    let said = page.0.eval(judged).unwrap();
    assert!(said.as_str().unwrap().contains("4243"), "{said}");
    let console = world.browser.console().unwrap();
    assert!(!console.iter().any(|line| line.contains("4242")), "{console:#?}");
}

fn a_recording_can_be_opened_before_any_page_is_recorded(world: &World) {
    world.browser.grant_host("http://127.0.0.1/*").unwrap();
    let popup = world.inspect_in_tab(&world.open_connected("/connected"));
    popup.act("show-timeline");
    popup.wait_for("#recorded [data-action=record]");
    popup.act("open-file");
    let file = Popup(world.browser.wait_for_page("recorded.html", SOON).unwrap());
    file.wait_for("[data-action=choose-file]");
}
