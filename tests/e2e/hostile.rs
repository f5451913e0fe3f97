//! Hostile pages can't break the popup or trigger an action.

pub mod survival;

use crate::in_both;
use crate::recorder::Recorder;
use crate::support::{Popup, SOON, World};
use inspector_core::recording::entry::EntryData;
use serde_json::json;
use survival::{Attack, HOST, LOOKS};
use xtask::drive::Page;

in_both! {
    no_getter_of_a_page_runs;
    a_huge_page_is_cut_and_marked;
    a_page_that_replaced_the_built_ins_cannot_break_the_popup;
    objects_that_act_when_they_are_read_are_read_by_their_descriptors;
    values_of_any_size_and_type_are_cut_and_marked;
    any_global_of_the_name_is_described;
    frozen_built_ins_are_survived;
    replaced_built_ins_are_survived;
    a_page_of_frozen_built_ins_is_edited;
    a_page_of_frozen_built_ins_is_recorded;
    storage_that_fails_or_lies_is_survived;
    a_page_whose_storage_is_full_is_edited;
    a_page_that_hangs_when_inspected_is_shown;
    an_edit_of_a_page_with_an_endless_queue_ends;
    an_edit_behind_thousands_of_waiting_calls_is_known_to_wait;
    a_policy_that_allows_nothing_is_kept;
    frames_of_every_kind_are_survived;
    pages_of_no_site_are_explained;
    text_of_a_page_is_only_text;
    no_page_makes_the_extension_act;
}

fn no_getter_of_a_page_runs(world: &World) {
    let page = world.open("/hostile");
    let popup = world.inspect(&page);
    popup.wait("an answer", "document.querySelector('[data-state]').dataset.state !== 'loading'");
    let ran = page.eval("[window.__calls, window.__getterHits]").unwrap();
    assert_eq!(ran, json!([0, {}]), "looking called nothing and read nothing through a getter");
}

fn a_huge_page_is_cut_and_marked(world: &World) {
    let page = world.open("/hostile-huge");
    let popup = world.inspect(&page);
    popup.wait("an answer", "document.querySelector('[data-state]').dataset.state !== 'loading'");
    let size = popup.0.eval("document.documentElement.outerHTML.length").unwrap();
    assert!(size.as_u64().unwrap() < 600_000, "{size}");
}

fn a_page_that_replaced_the_built_ins_cannot_break_the_popup(world: &World) {
    let page = world.open("/hostile-natives");
    page.wait_for("the built-ins to be replaced", "document.documentElement.dataset.hostile", SOON).unwrap();
    let popup = world.inspect(&page);
    popup.wait_state("connected");
    popup.wait_value("uniqueId", &json!("cust-1042"));
    popup.wait_value("tags", &json!(["#VIP", "#EARLY-ADOPTER"]));
    // The page's `getItem` returns wrong values.
    let short_id = page.eval("JSON.parse(localStorage['__upscope:shortId'])").unwrap();
    popup.wait_value("shortId", &short_id);
}

fn objects_that_act_when_they_are_read_are_read_by_their_descriptors(world: &World) {
    Attack::start(world, "/hostile/objects").survive(&LOOKS);
}

fn values_of_any_size_and_type_are_cut_and_marked(world: &World) {
    let popup = Attack::start(world, "/hostile/values").survive(&[]);
    assert_eq!(popup.0.eval("[({}).polluted ?? 0, ({}).uniqueId ?? 0]").unwrap(), json!([0, 0]));
}

fn any_global_of_the_name_is_described(world: &World) {
    Attack::start(world, "/hostile/globals").survive(&[]);
}

fn frozen_built_ins_are_survived(world: &World) {
    Attack::start(world, "/hostile/frozen").survive(&[]);
}

fn replaced_built_ins_are_survived(world: &World) {
    Attack::start(world, "/hostile/replaced").survive(&[]);
}

fn a_page_of_frozen_built_ins_is_edited(world: &World) {
    let page = world.open("/hostile/frozen?case=all");
    let popup = world.inspect(&page);
    edit(&popup, "edited");
    popup.wait_for("[data-act=done]");
    assert_eq!(page.eval("tell().calls").unwrap(), json!(["Upscope"]), "it was called once");
}

/// Freezes the browser's built-ins, but not the page's SDK.
const FREEZE: &str = "const isBuiltIn = (value) => typeof value === 'function' && /\\[native code\\]/.test(String(value)); \
    for (const name of Object.getOwnPropertyNames(window)) { \
      const { value } = Object.getOwnPropertyDescriptor(window, name); \
      if (isBuiltIn(value) && name !== 'Upscope') [value, value.prototype].forEach(Object.freeze); \
    } \
    return Object.isFrozen(Array.prototype) && Object.isFrozen(WebSocket.prototype)";

fn a_page_of_frozen_built_ins_is_recorded(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open_connected("/connected");
    let short_id = world.visitor_of(&page);
    assert_eq!(page.eval(FREEZE).unwrap(), json!(true));
    page.eval("Upscope('updateConnection', { uniqueId: 'frozen' }); return 0").unwrap();
    world.server_holds(&short_id, "the page's call", |visitor| visitor.unique_id == Some(json!("frozen")));
    let is_call = |what: &EntryData| matches!(what, EntryData::Call(call) if call.name == "updateConnection");
    let timeline =
        recorder.wait(&page, "its call", |timeline| timeline.ordered().iter().any(|(_, entry)| is_call(&entry.what)));
    assert_eq!(timeline.losses().total(), 0);
}

fn storage_that_fails_or_lies_is_survived(world: &World) {
    Attack::start(world, "/hostile/storage").survive(&[]);
}

/// Fills the page's storage, and returns whether it is full.
const FILL: &str = "let count = 0; \
    for (const size of [1e6, 1e4, 100, 1]) \
      try { for (;;) localStorage.setItem(`full ${++count}`, 'x'.repeat(size)) } catch {} \
    try { localStorage.setItem('full', 'more'); return false } catch { return true }";

fn a_page_whose_storage_is_full_is_edited(world: &World) {
    let page = world.open_connected("/connected");
    let short_id = world.visitor_of(&page);
    assert_eq!(page.eval(FILL).unwrap(), json!(true));
    let popup = world.inspect(&page);
    popup.wait_state("connected");
    popup.wait_value("shortId", &json!(short_id));
    popup.act_on("uniqueId", "edit");
    popup.type_into("#uniqueId-0", "edited");
    popup.act("apply");
    popup.wait_outcome("uniqueId", "read-back");
    world.server_holds(&short_id, "the edit", |visitor| visitor.unique_id == Some(json!("edited")));
}

fn a_page_that_hangs_when_inspected_is_shown(world: &World) {
    let attack = Attack::start(world, "/hostile/hangs");
    let popup = Popup(world.browser.click_toolbar(&attack.page).unwrap());
    popup.wait_for("[data-why=busy]");
    popup.wait_state("not-connected");
    popup.wait_value("uniqueId", &json!("cust-1042"));
    attack.assert_harmless(&[]);
    attack.assert_untouched();
}

/// Applies an edit of the unique ID.
fn edit(popup: &Popup, unique_id: &str) {
    popup.wait_state("not-connected");
    popup.act_on("uniqueId", "edit");
    popup.type_into("#uniqueId-0", unique_id);
    popup.act("apply");
}

fn an_edit_of_a_page_with_an_endless_queue_ends(world: &World) {
    let page = world.open("/hostile/values?case=queue-without-end");
    let popup = world.inspect(&page);
    edit(&popup, "edited");
    popup.wait_for("[data-act=done]");
    assert_eq!(page.eval("tell().calls").unwrap(), json!(["Upscope"]), "it was called once");
}

fn an_edit_behind_thousands_of_waiting_calls_is_known_to_wait(world: &World) {
    let page = world.open("/autoconnect-off");
    page.wait_for("the SDK", "Upscope._config", SOON).unwrap();
    page.eval("for (let i = 0; i < 3000; i++) Upscope('logEvent', String(i)); return 0").unwrap();
    let popup = world.inspect(&page);
    edit(&popup, "edited");
    popup.wait_outcome("uniqueId", "waiting");
    popup.wait_for("[data-act=waiting]");
}

fn a_policy_that_allows_nothing_is_kept(world: &World) {
    Attack::start(world, "/hostile/policy").survive(&[]);
}

fn frames_of_every_kind_are_survived(world: &World) {
    world.browser.grant_host(HOST).unwrap();
    let attack = Attack::start(world, "/hostile/frames");
    let popup = world.inspect(&attack.page);
    popup.wait_value("uniqueId", &json!("top"));
    popup.wait_state("not-connected");
    attack.assert_harmless(&[]);
    attack.assert_untouched();
}

/// An SDK without a socket, in one line.
const SDK: &str = "<script>window.Upscope = Object.assign(function () { document.title = 'called' }, \
    { _version: '2.2.119', q: [], c: function () {}, _config: { apiKey: 'demoAcme01' } })</script>";

fn pages_of_no_site_are_explained(world: &World) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.html");
    std::fs::write(&file, SDK).unwrap();
    for address in [format!("file://{}", file.display()), format!("data:text/html,{SDK}"), "about:blank".to_owned()] {
        let page = world.browser.open(&address).unwrap();
        assert_is_explained(world, &page);
    }
    let blob = blob(&world.open("/"));
    let page = world.browser.open(&blob).unwrap();
    assert_eq!(page.eval("location.protocol").unwrap(), json!("blob:"));
    assert_is_explained(world, &page);
}

/// The URL of a page that exists only in the memory of another one.
fn blob(of: &Page) -> String {
    let make = format!("URL.createObjectURL(new Blob([{}], {{ type: 'text/html' }}))", json!(SDK));
    of.eval(&make).unwrap().as_str().unwrap().to_owned()
}

/// Browsers and their versions differ in which of these pages an extension may access.
fn assert_is_explained(world: &World, page: &Page) {
    let popup = world.inspect(page);
    popup.wait(
        "an answer",
        "document.querySelector('[data-why=restricted]') || /no-upscope|not-connected/.test(document.querySelector('[data-state]').dataset.state)",
    );
    popup.close();
    assert_ne!(page.eval("document.title").unwrap(), json!("called"), "{:?}", page.url());
}

/// Elements that contain other text beside a text with direction marks, which would change the direction of the other
/// text, and elements created from the page's markup.
pub const LEAKS: &str = "const leaks = []; \
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); \
    while (walker.nextNode()) { \
      const { parentElement: of, data } = walker.currentNode; \
      if (!data.includes('\\u202e')) continue; \
      let at = of; \
      while (at !== document.body && !/isolate|plaintext/.test(getComputedStyle(at).unicodeBidi)) at = at.parentElement; \
      if (!at.matches('bdi') && at.textContent.trim() !== data.trim()) leaks.push(at.outerHTML.slice(0, 300)); \
    } \
    for (const css of ['script:not([src])', 'img[src=x]', '[onerror]', '[href^=javascript]']) \
      for (const found of document.querySelectorAll(css)) leaks.push(found.outerHTML.slice(0, 300)); \
    return leaks";

fn text_of_a_page_is_only_text(world: &World) {
    let attack = Attack::start(world, "/hostile/texts");
    let popup = world.inspect(&attack.page);
    popup.wait_state("in-session");
    popup.wait_for(".details dt");
    popup.0.eval("for (const part of document.querySelectorAll('details')) part.open = true").unwrap();
    let shown = popup.0.eval("document.body.textContent.split('§').length - 1").unwrap();
    assert!(shown.as_u64().unwrap() >= 12, "the popup shows {shown} of the page's texts");
    assert_eq!(popup.0.eval(LEAKS).unwrap(), json!([]));
    // No text overflows the page.
    let wide = popup.0.eval("document.documentElement.scrollWidth <= innerWidth").unwrap();
    assert_eq!(wide, json!(true));
    attack.assert_harmless(&[]);
    attack.assert_untouched();
}

fn no_page_makes_the_extension_act(world: &World) {
    world.browser.grant_host(HOST).unwrap();
    let attack = Attack::start(world, "/hostile/links");
    let own = world.browser.open_extension_page("find.html").unwrap();
    let origin = world.browser.extension_url("").trim_end_matches('/').to_owned();
    let tab = attack.page.tab_id().unwrap();
    let reached = attack.page.eval(&format!("attack({}, {tab})", json!(origin))).unwrap();
    assert_eq!(reached, json!([]));
    // Chromium opens a blocked page under another URL, Firefox opens none.
    let tabs = own.eval(&format!("chrome.tabs.query({{ url: '{origin}/*' }}).then((tabs) => tabs.length)")).unwrap();
    assert_eq!(tabs, json!(1), "only the test's own page");
    assert!(attack.page.eval_in_frame("popup.html", "location.href").is_err());
    assert_eq!(content_script_is_heard(world, tab), json!([]));
    attack.page.wait_for("the page", "document.readyState === 'complete'", SOON).unwrap();
    attack.assert_harmless(&[]);
    attack.assert_untouched();
}

/// The replies to messages from a content script, which a page might take over.
fn content_script_is_heard(world: &World, tab: i64) -> serde_json::Value {
    let send = format!(
        "const send = async () => {{ \
           const heard = []; \
           for (const message of [{{ inspect: {{ tab: null }} }}, {{ listRecordedSites: {{}} }}, {{ clearRecording: {{ tab: {tab} }} }}, \
             {{ startRecording: {{ pattern: '{HOST}', tab: {tab} }} }}, {{ api: {{ usage: {{}} }} }}, {{}}, null]) \
             await chrome.runtime.sendMessage(message).then((reply) => reply && heard.push(JSON.stringify(reply)), () => {{}}); \
           return heard; \
         }}; \
         const [{{ result }}] = await chrome.scripting.executeScript({{ target: {{ tabId: {tab} }}, world: 'ISOLATED', func: send }}); \
         return result"
    );
    world.browser.eval_background(&send).unwrap()
}
