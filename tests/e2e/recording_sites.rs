//! Recorded sites: how they are requested, listed and removed.

use crate::in_both;
use crate::recorder::{Recorder, SITE};
use crate::support::{SOON, World};
use serde_json::{Value, json};

in_both! {
    a_site_is_recorded_listed_and_given_back;
    a_site_without_permission_is_refused;
    the_background_goes_on_when_the_asking_page_is_gone;
    a_permission_taken_back_in_the_browser_ends_the_recording;
    an_answered_question_loads_the_page_once;
    a_policy_that_cannot_be_read_takes_no_site_from_the_list;
    a_list_that_was_deleted_is_not_written_anew;
}

const SCRIPTS: &str = "chrome.scripting.getRegisteredContentScripts().then(all => all.map(one => one.id).sort())";

fn a_site_is_recorded_listed_and_given_back(world: &World) {
    let recorder = Recorder::start(world);
    assert_eq!(recorder.ask(&json!({ "listRecordedSites": {} })), json!({ "recordedSites": { "sites": [SITE] } }));
    assert_eq!(recorder.0.eval(SCRIPTS).unwrap(), json!(["recorder", "relay"]));
    let page = world.open_connected("/connected");
    let stopped = recorder.ask(&json!({ "stopRecording": { "pattern": SITE } }));
    assert_eq!(stopped, json!({ "recordedSites": { "sites": [] } }));
    assert_eq!(recorder.0.eval(SCRIPTS).unwrap(), json!([]));
    assert_eq!(recorder.0.eval(&granted()).unwrap(), json!(false));
    // The open page is unrecorded at once.
    let before = recorder.timeline(&page).len();
    page.eval("Upscope('logEvent', 'after')").unwrap();
    page.reload().unwrap();
    assert_eq!(page.eval("Object.getOwnPropertyDescriptor(Upscope, 'c').value.name").unwrap(), json!(""));
    let calls =
        recorder.timeline(&page).ordered().iter().skip(before).filter(|(_, e)| e.what.kind().name() == "call").count();
    assert_eq!(calls, 0);
}

fn granted() -> String {
    format!("chrome.permissions.contains({{ origins: ['{SITE}'] }})")
}

fn a_site_without_permission_is_refused(world: &World) {
    let page = world.browser.open_extension_page("popup.html?tab=0").unwrap();
    let recorder = Recorder(page);
    let answer = recorder.ask(&json!({ "startRecording": { "pattern": "https://nobody.test/*", "tab": 1 } }));
    assert!(answer["recordingFailed"]["why"].is_string(), "{answer}");
    assert_eq!(recorder.ask(&json!({ "listRecordedSites": {} })), json!({ "recordedSites": { "sites": [] } }));
}

/// Leaves a pending request, as a page does that the browser's permission prompt closes.
fn leave_question(world: &World, page: &Recorder, tab: i64, age_ms: u64) {
    let question = format!(
        "chrome.storage.session.set({{ pendingRecord: {{ pattern: '{SITE}', tab: {tab}, at: Date.now() - {age_ms} }} }})"
    );
    page.0.eval(&question).unwrap();
    world.browser.grant_host(SITE).unwrap();
}

fn sites(recorder: &Recorder) -> Value {
    recorder.0.eval("chrome.storage.local.get('recordedSites').then(kept => kept.recordedSites ?? [])").unwrap()
}

fn the_background_goes_on_when_the_asking_page_is_gone(world: &World) {
    let page = world.open("/no-upscope");
    let recorder = Recorder(world.browser.open_extension_page("popup.html?tab=0").unwrap());
    leave_question(world, &recorder, page.tab_id().unwrap(), 0);
    page.wait_for("the page to be loaded again, recorded", "'Upscope' in window", SOON).unwrap();
    assert_eq!(sites(&recorder), json!([SITE]));
    // The request is pending until everything is done, including the load.
    let answered = "chrome.storage.session.get('pendingRecord').then(kept => !('pendingRecord' in kept))";
    recorder.0.wait_for("the question to be answered", answered, SOON).unwrap();
}

fn an_answered_question_loads_the_page_once(world: &World) {
    let page = world.open("/no-upscope");
    let tab = page.tab_id().unwrap();
    let recorder = Recorder(world.browser.open_extension_page("popup.html?tab=0").unwrap());
    leave_question(world, &recorder, tab, 0);
    page.wait_for(
        "the page to be loaded again, recorded",
        "'Upscope' in window && document.readyState === 'complete'",
        SOON,
    )
    .unwrap();
    let loaded = page.eval("performance.timeOrigin").unwrap();
    // The requesting page, which was not closed, sends its own request second.
    let answer = recorder.ask(&json!({ "startRecording": { "pattern": SITE, "tab": tab } }));
    assert_eq!(answer, json!({ "recordedSites": { "sites": [SITE] } }));
    assert_eq!(page.eval("performance.timeOrigin").unwrap(), loaded);
}

fn a_permission_taken_back_in_the_browser_ends_the_recording(world: &World) {
    let recorder = Recorder::start(world);
    recorder.0.eval(&format!("chrome.permissions.remove({{ origins: ['{SITE}'] }})")).unwrap();
    let empty = "chrome.storage.local.get('recordedSites').then(kept => kept.recordedSites.length === 0)";
    recorder.0.wait_for("the site to leave the list", empty, SOON).unwrap();
    // The background removes the scripts after it writes the list.
    recorder.0.wait_for("the scripts to be taken back", &format!("{SCRIPTS}.then(all => !all.length)"), SOON).unwrap();
}

/// The permission for another site is revoked, which makes the background check all sites.
fn a_policy_that_cannot_be_read_takes_no_site_from_the_list(world: &World) {
    let recorder = Recorder::start(world);
    let other = "http://localhost/*";
    world.browser.grant_host(other).unwrap();
    let unreadable = "chrome.storage.managed.get = () => Promise.reject(new Error('unreadable')); return true";
    world.browser.eval_background(unreadable).unwrap();
    recorder.0.eval(&format!("chrome.permissions.remove({{ origins: ['{other}'] }})")).unwrap();
    recorder.0.wait_for("the scripts to be taken back", &format!("{SCRIPTS}.then(all => !all.length)"), SOON).unwrap();
    assert_eq!(sites(&recorder), json!([SITE]));
}

fn a_list_that_was_deleted_is_not_written_anew(world: &World) {
    let recorder = Recorder::start(world);
    let delete =
        format!("chrome.storage.local.clear().then(() => chrome.permissions.remove({{ origins: ['{SITE}'] }}))");
    assert_eq!(recorder.0.eval(&delete).unwrap(), json!(true));
    // The revoked permission makes the background remove the scripts. It would have written the list before.
    let gone = "chrome.scripting.getRegisteredContentScripts().then(all => !all.length)";
    recorder.0.wait_for("the scripts to be taken back", gone, SOON).unwrap();
    assert_eq!(recorder.0.eval("chrome.storage.local.get('recordedSites')").unwrap(), json!({}));
}
