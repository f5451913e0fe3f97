//! The page is hostile: it cannot break the popup, nor make it do anything.

use crate::in_both;
use crate::support::World;
use serde_json::json;

in_both! {
    no_getter_of_a_page_runs;
    a_huge_page_is_cut_and_told;
    text_of_a_page_is_only_text;
    a_page_that_replaced_the_built_ins_cannot_break_the_popup;
}

fn no_getter_of_a_page_runs(world: &World) {
    let page = world.open("/hostile");
    let popup = world.inspect(&page);
    popup.wait("an answer", "document.querySelector('[data-state]').dataset.state !== 'loading'");
    let calls = page.eval("JSON.stringify([window.__calls ?? 0])").unwrap();
    assert_eq!(calls, json!("[0]"), "looking called nothing");
}

fn a_huge_page_is_cut_and_told(world: &World) {
    let page = world.open("/hostile-huge");
    let popup = world.inspect(&page);
    popup.wait("an answer", "document.querySelector('[data-state]').dataset.state !== 'loading'");
    let size = popup.0.eval("document.documentElement.outerHTML.length").unwrap();
    assert!(size.as_u64().unwrap() < 600_000, "{size}");
}

fn text_of_a_page_is_only_text(world: &World) {
    let page = world.open("/hostile-text");
    let popup = world.inspect(&page);
    popup.wait("an answer", "document.querySelector('[data-state]').dataset.state !== 'loading'");
    assert!(!popup.exists("script:not([src])") && !popup.exists("img[src=x]") && !popup.exists("[onerror]"));
    assert!(!popup.exists("a[href^='javascript:']"));
}

fn a_page_that_replaced_the_built_ins_cannot_break_the_popup(world: &World) {
    let page = world.open("/hostile-natives");
    let popup = world.inspect(&page);
    popup.wait("an answer", "document.querySelector('[data-state]').dataset.state !== 'loading'");
    assert!(!popup.text().is_empty());
    popup.close();
    let page = world.open_connected("/connected");
    world.inspect(&page).wait_state("connected");
}
