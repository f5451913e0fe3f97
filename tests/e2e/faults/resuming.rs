//! How the next background continues after one that stopped, failed or was updated, in addition to the flows that stop
//! after each effect.

use super::stop::stop_after;
use crate::in_both;
use crate::support::{SOON, World};
use serde_json::json;
use std::time::Instant;
use xtask::drive::Kind;

in_both! {
    a_move_that_fails_again_keeps_no_other;
    the_menus_are_there_wherever_the_background_stops;
    an_update_waits_while_the_session_has_data;
}

fn wait(what: &str, is: impl Fn() -> bool) {
    let end = Instant::now() + SOON;
    while !is() {
        assert!(Instant::now() < end, "waited for {what}");
    }
}

/// A large draft doesn't fit in the storage under its new ID while the old copy is stored. The other draft is small.
fn a_move_that_fails_again_keeps_no_other(world: &World) {
    let own = world.browser.open_extension_page("find.html").unwrap();
    let fill = "const drafts = (text) => JSON.stringify({ v: 1, current: null, aside: [], text }); \
        await chrome.storage.session.set({ 'drafts:9000001': drafts('x'.repeat(2_000_000)), 'drafts:9000003': drafts('small') }); \
        await chrome.storage.session.set({ tabMoves: { 9000001: 9000002, 9000003: 9000004 } }); \
        let size = 4_000_000; \
        for (let n = 0; size > 100_000; n++) await chrome.storage.session.set({ [`filler${n}`]: 'x'.repeat(size) }).catch(() => (size /= 2)); \
        return 0";
    own.eval(fill).unwrap();
    world.browser.stop_background().unwrap();
    own.eval("chrome.runtime.sendMessage({ listRecordedSites: {} })").unwrap();
    let kept = "chrome.storage.session.get(null).then((kept) => kept['drafts:9000004'] && [!!kept['drafts:9000001'], !!kept['drafts:9000002']])";
    assert_eq!(own.wait_for("the small draft to be moved", kept, SOON).unwrap(), json!([true, false]));
    wait("the failure to be shown", || {
        let console = world.browser.console().unwrap();
        console.iter().any(|line| line.contains("not all that the last background left could be completed"))
    });
}

/// Whether both menus exist.
pub const HAS_MENUS: &str =
    "Promise.all(['beside', 'tab'].map((id) => chrome.contextMenus.update(id, {}))).then(() => true, () => false)";

/// Another language makes the background write the texts of the menus again. It has one effect for each menu. The
/// extension can't read the texts, so the test doesn't wait for the last one.
fn the_menus_are_there_wherever_the_background_stops(world: &World) {
    let own = world.browser.open_extension_page("find.html").unwrap();
    own.wait_for("the menus", HAS_MENUS, SOON).unwrap();
    for (most, language) in ["de", "fr", "ja"].into_iter().enumerate() {
        let choose = format!("chrome.storage.local.set({{ preferences: {{ language: '{language}' }} }})");
        let end = stop_after(world, &own, most, || drop(own.eval(&choose).unwrap()), "false");
        assert_eq!(own.eval(HAS_MENUS).unwrap(), json!(true), "after {}", end.effects);
    }
}

/// An update clears `storage.session`. Firefox also asks a background that isn't running.
fn an_update_waits_while_the_session_has_data(world: &World) {
    if world.browser.kind() == Kind::Chromium {
        eprintln!("NOT CHECKED: Chromium asks no extension with a service worker whether it may be updated");
        return;
    }
    let own = world.browser.open_extension_page("find.html").unwrap();
    own.eval("chrome.storage.session.set({ 'drafts:7': '{}', recordingSizes: {} })").unwrap();
    for stop in [false, true] {
        if stop {
            world.browser.stop_background().unwrap();
        }
        assert!(!world.browser.offer_update().unwrap(), "a draft is lost");
        // The background handles events in order, so this reply comes after it has handled them.
        own.eval("chrome.runtime.sendMessage({ listRecordedSites: {} })").unwrap();
    }
    assert!(!world.browser.offer_update().unwrap(), "a draft is lost");
    own.eval("chrome.runtime.sendMessage({ listRecordedSites: {} })").unwrap();
    own.eval("chrome.storage.session.remove('drafts:7')").unwrap();
    wait("the update", || world.browser.offer_update().unwrap());
}
