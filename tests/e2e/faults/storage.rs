//! Storage that is corrupt, full, or that another version wrote. Every page of the extension works, and unreadable data
//! isn't overwritten.

use crate::in_both;
use crate::recorder::{Recorder, SITE};
use crate::support::{SOON, World};
use inspector_core::recording::entry::EntryData;
use inspector_core::recording::storage::{VERSION, chunk_key, index_key};
use serde_json::{Value, json};
use xtask::drive::Page;

in_both! {
    nonsense_in_storage_breaks_no_page;
    a_recording_begins_over_nonsense;
    a_recording_of_another_version_is_replaced;
    a_code_that_has_no_room_is_not_sent;
    an_edit_that_is_not_noted_is_made_and_told;
}

/// Values that the test stores under every key. The last one has a future version.
const NONSENSE: [&str; 8] = [
    "null",
    "'{\"v\":'",
    "'\\ud800\\u0000'",
    "1e300",
    "[[[[[]]]]]",
    "{ v: 1, __proto__: null, entries: 7, chunks: [null], documents: 'none', current: 1, aside: {}, sizes: -1 }",
    "{ v: 2, entries: [null, 7, { id: -1, at: 'now', target: null, edit: [], reply: {} }], chunks: { a: 1, '-1': null } }",
    "{ v: 1000, entries: ['of a later version'], presets: [{ name: 'later' }] }",
];

/// Stores `value` under all keys of both areas.
fn store(own: &Page, tab: i64, value: &str) {
    let js = format!(
        "const value = {value}; \
         const all = (keys) => Object.fromEntries(keys.map((key) => [key, value])); \
         await chrome.storage.local.set(all(['presets', 'lastUsed', 'apiAccount', 'recordedSites', 'preferences'])); \
         await chrome.storage.session.set(all(['drafts:{tab}', 'journal:{tab}', 'frame:{tab}', 'recording:{tab}', 'recording:{tab}:0', \
           'recordingSizes', 'pendingRecord', 'stoppingRecord', 'tabMoves', 'apiSecret'])); \
         localStorage.setItem('preferences', typeof value === 'string' ? value : JSON.stringify(value)); return 0"
    );
    own.eval(&js).unwrap();
}

fn stored(own: &Page) -> Value {
    own.eval("chrome.storage.local.get(['presets', 'lastUsed', 'apiAccount']).then(JSON.stringify)").unwrap()
}

fn nonsense_in_storage_breaks_no_page(world: &World) {
    world.browser.grant_host(SITE).unwrap();
    let page = world.open_connected("/connected");
    let tab = page.tab_id().unwrap();
    let own = world.browser.open_extension_page("find.html").unwrap();
    for (turn, nonsense) in NONSENSE.into_iter().enumerate() {
        store(&own, tab, nonsense);
        world.browser.stop_background().unwrap();
        let before = stored(&own);
        let popup = world.inspect_in_tab(&page);
        popup.wait_state("connected");
        popup.wait_value("uniqueId", &json!("cust-1042"));
        popup.close();
        let paths = ["options.html".to_owned(), format!("recorded.html?tab={tab}"), "find.html".to_owned()];
        let path = &paths[turn % paths.len()];
        let other = world.browser.open_extension_page(path).unwrap();
        assert_eq!(other.eval("!!document.querySelector('.broken')").unwrap(), json!(false), "{path}: {nonsense}");
        other.close().unwrap();
        assert_eq!(stored(&own), before, "{nonsense}");
        world.assert_no_error(&world.browser.extension_url(""), 0);
    }
}

fn a_recording_begins_over_nonsense(world: &World) {
    let own = world.browser.open_extension_page("find.html").unwrap();
    let nonsense = "['<all_urls>', 7, null, 'https://*', 'not a pattern']";
    own.eval(&format!(
        "chrome.storage.local.set({{ recordedSites: {nonsense} }}).then(() => chrome.storage.session.set({{ recordingSizes: 'none', tabMoves: [1, 'a'] }}))"
    ))
    .unwrap();
    // The recorder's page requests the permission, so the background checks the list.
    let recorder = Recorder::start(world);
    let page = world.open_connected("/connected");
    recorder.wait(&page, "its init", |timeline| !timeline.is_empty());
}

/// The indexes of a recording of one chunk, of earlier versions and of a later one.
fn other_indexes() -> [Value; 3] {
    let chunks = json!({ "0": { "entries": 1, "bytes": 9, "chars": 9, "of": null } });
    [
        json!({ "v": 1, "from": 0, "to": 1, "entries": 1, "sizes": [[1, 9]] }),
        json!({ "v": VERSION - 1, "to": 1, "entries": 1, "dropped": 0, "documents": {}, "chunks": chunks }),
        json!({ "v": VERSION + 1, "to": 1, "entries": 1, "dropped": 0, "documents": {}, "chunks": chunks }),
    ]
}

fn a_recording_of_another_version_is_replaced(world: &World) {
    const OTHER: &str = "of another version";
    let recorder = Recorder::start(world);
    for index in other_indexes() {
        let page = world.browser.open("about:blank").unwrap();
        let tab = page.tab_id().unwrap() as i32;
        let (index_key, chunk_key) = (index_key(tab), chunk_key(tab, "0"));
        let other =
            json!({ &index_key: index, &chunk_key: [["{}", [OTHER]]], "recordingSizes": { tab.to_string(): 9 } });
        recorder.0.eval(&format!("chrome.storage.session.set({other})")).unwrap();
        // It isn't shown. The offer to record is in its place.
        let recorded = world.browser.open_extension_page(&format!("recorded.html?tab={tab}")).unwrap();
        recorded.wait_for("the offer to record", "!!document.querySelector('[data-record]')", SOON).unwrap();
        recorded.close().unwrap();

        page.navigate(&world.site.url("/autoconnect-off")).unwrap();
        let is_init = |what: &EntryData| matches!(what, EntryData::Call(call) if call.name == "init");
        let timeline = recorder
            .wait(&page, "its init", |timeline| timeline.ordered().iter().any(|(_, entry)| is_init(&entry.what)));
        assert_eq!(timeline.losses().total(), 0, "{index}");
        let stored = recorder.stored();
        assert_eq!(stored[&index_key]["v"], json!(VERSION), "{index}");
        assert!(!stored[&chunk_key].to_string().contains(OTHER), "{index}: {}", stored[&chunk_key]);
        page.close().unwrap();
    }
    world.assert_no_error(&world.browser.extension_url(""), 0);
}

fn a_code_that_has_no_room_is_not_sent(world: &World) {
    let page = world.open_connected("/connected");
    let short_id = world.visitor_of(&page);
    let popup = world.inspect(&page);
    let fill = "localStorage.setItem('__upscope:lookupCode', '\"0482\"'); \
        let size = 8_000_000; for (let n = 0; size >= 1; n++) try { localStorage.setItem('filler' + n, 'x'.repeat(size)) } catch { size = Math.floor(size / 2) } \
        return localStorage.getItem('__upscope:lookupCode')";
    page.eval(fill).unwrap();
    popup.act("set-code");
    popup.type_into("#chosen-code", "0007");
    popup.act("confirm");
    popup.wait_for("[data-act=not-done][data-error=unstored]");
    // The stored code is unchanged, and the server received nothing.
    popup.wait_value("lookupCode", &json!("0482"));
    let kept = "[localStorage.getItem('__upscope:lookupCode'), localStorage.getItem('__upscope:lookupCodeSetAt')]";
    assert_eq!(page.eval(kept).unwrap(), json!(["\"0482\"", null]));
    assert_ne!(world.site.visitor(&short_id).unwrap().lookup_code, Some(json!("0007")));
    page.eval("for (const key of Object.keys(localStorage)) if (key.startsWith('filler')) localStorage.removeItem(key); return 0").unwrap();
    // The dialog is still open and contains the typed code.
    popup.wait_input("#chosen-code", "0007");
    popup.act("confirm");
    popup.wait_value("lookupCode", &json!("0007"));
    world.server_holds(&short_id, "the code", |visitor| visitor.lookup_code == Some(json!("0007")));
    page.wait_for("the page", "document.readyState === 'complete'", SOON).unwrap();
}

fn an_edit_that_is_not_noted_is_made_and_told(world: &World) {
    world.browser.grant_host(SITE).unwrap();
    let page = world.open_connected("/connected");
    let short_id = world.visitor_of(&page);
    let popup = world.inspect_in_tab(&page);
    popup.wait_state("connected");
    popup.add_item("tags", "#UNNOTED");
    // This comes last, because the browser could stop the background earlier, and a restarted one wouldn't have the
    // change.
    let refuse = "chrome.storage.session.set = () => Promise.reject(new Error('no room')); return true";
    world.browser.eval_background(refuse).unwrap();
    popup.act("apply");
    popup.wait_outcome("tags", "read-back");
    world.server_holds(&short_id, "the tag", |visitor| {
        visitor.tags.as_ref().is_some_and(|tags| tags.to_string().contains("UNNOTED"))
    });
    popup.wait_for("[data-unsaved=not-written]");
    assert!(popup.text().contains("no room"), "{}", popup.text());
}
