//! Each cause of an unreadable page has a message with the next step, and no act runs after it was reported as not
//! done.

use crate::contract::probe;
use crate::in_both;
use crate::recorder::Recorder;
use crate::support::{Popup, SOON, World, extension, run_with};
use inspector_core::checks::{Facts, check};
use serde_json::{Value, json};
use xtask::drive::{Kind, Options, Page};

in_both! {
    the_shop_is_found_behind_many_frames;
    frames_beyond_the_limit_are_counted;
    frames_that_are_shut_off_are_of_no_other_site;
    a_page_that_did_not_load_is_explained;
    an_unresponsive_page_is_shown;
    a_page_that_always_answers_late_is_shown;
    an_act_on_a_busy_page_never_comes_late;
    an_act_past_its_time_does_nothing;
    an_unloaded_tab_is_shown_and_followed;
    a_snippet_waits_for_consent;
    a_recorded_snippet_waits_for_consent;
    a_snippet_in_a_consent_category_is_shown;
    a_snippet_held_back_for_speed_waits_for_no_consent;
    an_example_of_the_snippet_waits_for_nothing;
}

/// A browser in which the administrator's policy, or the browser's own list, blocks extensions on 127.0.0.1.
mod a_closed_site_is_explained_with_whom_to_ask {
    use super::*;

    const CLOSED: &[&str] = &["127.0.0.1"];

    #[test]
    fn chromium() {
        let options = Options { closed_hosts: CLOSED, ..Options::new(extension()) };
        run_with(Kind::Chromium, &options, |world| closed(world, "policy", "Ask your administrator"));
    }

    #[test]
    fn firefox() {
        let options = Options { closed_hosts: CLOSED, ..Options::new(extension()) };
        run_with(Kind::Firefox, &options, |world| closed(world, "closed-site", "contact your administrator"));
    }

    #[test]
    fn quarantined_in_firefox() {
        let firefox_prefs = r#"user_pref("extensions.quarantinedDomains.enabled", true);
            user_pref("extensions.quarantinedDomains.list", "127.0.0.1");"#;
        let options = Options { firefox_prefs, ..Options::new(extension()) };
        run_with(Kind::Firefox, &options, |world| closed(world, "closed-site", "Run on sites with restrictions"));
    }

    fn closed(world: &World, why: &str, next: &str) {
        let page = world.open("/connected");
        let popup = world.inspect(&page);
        popup.wait_for(&format!("[data-why={why}]"));
        let text = popup.text();
        assert!(text.contains(next) && !text.contains("Upscope doesn't run"), "{text}");
        assert!(!popup.exists("[data-action=give-access]"));
        popup.close();
        // The same server is accessible under another host name.
        let page = world.browser.open(&world.site.url_on("localhost", "/connected")).unwrap();
        world.inspect(&page).wait_state("connected");
    }
}

/// Only Chromium freezes a tab without discarding it.
mod a_sleeping_tab_is_shown_and_nothing_waits_for_it {
    use super::*;

    #[test]
    fn chromium() {
        run_with(Kind::Chromium, &Options::new(extension()), |world| {
            let (page, popup) = in_a_tab(world, "/connected");
            popup.add_item("tags", "#LATE");
            page.set_frozen(true).unwrap();
            // The page's process reports the freeze to the browser later.
            let tab = "Number(new URLSearchParams(location.search).get('tab'))";
            popup.wait("the tab asleep", &format!("chrome.tabs.get({tab}).then((tab) => tab.frozen)"));
            popup.act("apply");
            popup.wait_for("[data-act=not-done][data-error=frozen]");
            assert!(popup.text().contains("The browser has put this tab to sleep"), "{}", popup.text());
            popup.wait_for("[data-stale=frozen]");

            // An inspector that opens now has no earlier report.
            let other = another(world, &popup);
            other.wait_for("[data-why=frozen]");
            assert!(other.text().contains("The browser has put this tab to sleep"), "{}", other.text());
            other.close();

            page.set_frozen(false).unwrap();
            popup.0.activate().unwrap();
            popup.wait("the page awake", "!document.querySelector('[data-stale]')");
            assert!(!tags(&page).contains("LATE"), "nothing was left hanging");
            // The SDK may lose its connection while the tab is frozen, and an edit of a page without one needs a
            // confirmation.
            world
                .site
                .wait_for("a connection", SOON, |record| record.visitors.first().filter(|one| one.is_online).map(drop))
                .unwrap();
            popup.act("apply");
            popup.wait_outcome("tags", "read-back");
        });
    }

    /// Another inspector of the same tab. Reading the ID from the page itself would wake the tab.
    fn another(world: &World, popup: &Popup) -> Popup {
        let query = popup.0.eval("location.search").unwrap();
        let path = format!("popup.html{}", query.as_str().unwrap());
        Popup(world.browser.open_extension_page(&path).unwrap())
    }
}

/// A connected page, and the inspector for it in a tab in front of it.
fn in_a_tab(world: &World, path: &str) -> (Page, Popup) {
    world.browser.grant_host("http://127.0.0.1/*").unwrap();
    let page = world.open_connected(path);
    let popup = world.inspect_in_tab(&page);
    popup.wait_state("connected");
    (page, popup)
}

fn tags(page: &Page) -> String {
    page.eval("JSON.stringify([Upscope._config.tags, Upscope.q.length])").unwrap().to_string()
}

/// Blocks the page's main thread for some seconds, from its next task on.
fn busy(page: &Page, seconds: u32) {
    let work = format!(
        "(setTimeout(() => {{ const end = performance.now() + {seconds}000; while (performance.now() < end); window.rested = true; }}, 50), 0)"
    );
    page.eval(&work).unwrap();
}

fn frames_note(popup: &Popup, name: &str) -> Option<String> {
    let js = format!("document.querySelector('[data-frames={name}]')?.innerText ?? null");
    popup.0.eval(&js).unwrap().as_str().map(str::to_owned)
}

fn shop_is_there(world: &World, page: &Page, frames: usize) {
    page.wait_for("every frame", &format!("window.length === {frames}"), SOON).unwrap();
    world.site.wait_for("the visitor", SOON, |record| (record.visitors.len() == 1).then_some(())).unwrap();
}

fn the_shop_is_found_behind_many_frames(world: &World) {
    let page = world.open("/many-frames");
    shop_is_there(world, &page, 61);
    let popup = world.inspect(&page);
    popup.wait_state("connected");
    assert_eq!((frames_note(&popup, "hidden"), frames_note(&popup, "left-out")), (None, None));
}

fn frames_beyond_the_limit_are_counted(world: &World) {
    let page = world.open("/frames-hundreds");
    shop_is_there(world, &page, 301);
    let popup = world.inspect(&page);
    popup.wait_state("connected");
    assert!(frames_note(&popup, "left-out").is_some_and(|note| note.contains(": 102.")), "{}", popup.text());
    assert_eq!(frames_note(&popup, "hidden"), None);
}

fn frames_that_are_shut_off_are_of_no_other_site(world: &World) {
    let page = world.open("/frames-sandboxed");
    let popup = world.inspect(&page);
    popup.wait_state("no-upscope");
    let note = frames_note(&popup, "hidden").expect("at least the one that did not load cannot be looked at");
    assert!(note.contains("sandboxed, or not loaded"), "{note}");
}

fn a_page_that_did_not_load_is_explained(world: &World) {
    let page = world.browser.open("http://127.0.0.1:1/").unwrap();
    let popup = world.inspect(&page);
    popup.wait_for("[data-why=error-page]");
    popup.wait_for("[data-action=show-tab]");
}

fn an_unresponsive_page_is_shown(world: &World) {
    let (page, popup) = in_a_tab(world, "/connected");
    busy(&page, 9);
    popup.wait_for("[data-stale=busy]");
    page.wait_for("the page at rest", "window.rested", SOON).unwrap();
    popup.wait("an answer", "!document.querySelector('[data-stale]')");
}

fn a_page_that_always_answers_late_is_shown(world: &World) {
    let page = world.open_connected("/connected");
    world.browser.eval_background(LATE_ANSWERS).unwrap();
    let popup = world.inspect(&page);
    popup.wait_state("connected");
    popup.wait_value("uniqueId", &json!("cust-1042"));
}

/// Delays each response of a page beyond the time limit of an inspection.
const LATE_ANSWERS: &str = "
    const { scripting } = chrome, { executeScript } = scripting;
    scripting.executeScript = async (...injection) => {
        const results = await executeScript.apply(scripting, injection);
        await new Promise((resolve) => setTimeout(resolve, 4000));
        return results;
    };
    return true";

fn an_act_on_a_busy_page_never_comes_late(world: &World) {
    let (page, popup) = in_a_tab(world, "/connected");
    popup.add_item("tags", "#LATE");
    // The page blocks only after the edit is entered. The popup itself then clicks "Apply changes", because a click by
    // the test could come too late on a slow machine.
    popup.0.eval(APPLY_WHEN_STALE).unwrap();
    busy(&page, 20);
    popup.wait_for("[data-act=not-done][data-error=late]");
    page.wait_for("the page at rest", "window.rested", SOON).unwrap();
    popup.wait("an answer", "!document.querySelector('[data-stale]')");
    assert!(!tags(&page).contains("LATE"));
    popup.act("apply");
    popup.wait_outcome("tags", "read-back");
}

/// Clicks "Apply changes" as soon as the popup shows that the page doesn't respond.
const APPLY_WHEN_STALE: &str = "
    new MutationObserver((_, observer) => {
        if (!document.querySelector('[data-stale]')) return;
        observer.disconnect();
        document.querySelector('[data-action=apply]').click();
    }).observe(document.body, { attributes: true, childList: true, subtree: true });
    return true";

fn an_act_past_its_time_does_nothing(world: &World) {
    let page = world.open_connected("/connected");
    let probe = probe();
    let ask = |by: &str| {
        let ask =
            "JSON.stringify({ act: 'update', document: String(performance.timeOrigin), update: { tags: ['#LATE'] } })";
        let text = page.eval(&format!("({probe})({ask}, {by})")).unwrap();
        serde_json::from_str::<Value>(text.as_str().unwrap()).unwrap()["act"].clone()
    };
    assert_eq!(ask("1"), json!({ "name": "update", "refused": "late" }));
    assert!(!tags(&page).contains("LATE"));
    assert_eq!(ask(&format!("({probe})('time') + 5000"))["refused"], Value::Null);
    page.wait_for("the call", "Upscope._config.tags.includes('#LATE')", SOON).unwrap();
}

fn an_unloaded_tab_is_shown_and_followed(world: &World) {
    let (page, popup) = in_a_tab(world, "/connected");
    popup.add_item("tags", "#KEPT");
    let tab = popup.0.eval("Number(new URLSearchParams(location.search).get('tab'))").unwrap();
    popup.0.eval("window.isBefore = true").unwrap();
    let discard = format!("chrome.tabs.discard({tab}).then((tab) => tab?.id ?? {tab})");
    let now = world.browser.eval_background(&discard).unwrap();
    drop(page);
    // If the tab gets another ID, the popup loads a new document for it, and a click on the old document has no effect.
    let followed = if now == tab { "true" } else { "!window.isBefore" };
    popup.wait(
        "the reason",
        &format!("{followed} && !!document.querySelector('[data-why=discarded]') && document.body.innerText.includes('unloaded this tab to save memory')"),
    );
    popup.act("show-tab");
    let page = world.browser.wait_for_page("/connected", SOON).unwrap();
    page.wait_for("the page again", "!!window.Upscope?._config", SOON).unwrap();
    popup.0.activate().unwrap();
    popup.wait_state("connected");
    popup.wait_for("[data-action=bring-back]");
}

fn a_snippet_waits_for_consent(world: &World) {
    let page = world.open("/consent-pending");
    let popup = world.inspect(&page);
    popup.wait_state("snippet-parked");
    let text = popup.text();
    for words in ["Upscope is waiting for consent", "No SDK calls have been made", "“text/plain”", "“functional”"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    popup.close();
    page.click("#accept").unwrap();
    world.inspect(&page).wait_state("connected");
}

fn a_recorded_snippet_waits_for_consent(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open("/consent-pending");
    let story = recorder.wait_story(&page, "the load", |story| story.documents[0].marks.load.is_some());
    assert!(story.documents[0].calls.is_empty());
    assert_eq!(check(&Facts::new(&story, None)), [], "without a look at the page");
    for (path, missing) in
        [("/consent-onetrust", false), ("/delayed-snippet", false), ("/consent-foreign", true), ("/no-upscope", true)]
    {
        let page = world.open(path);
        let story = recorder.wait_story(&page, "the load", |story| story.documents[0].marks.load.is_some());
        let found: Vec<_> = check(&Facts::new(&story, None)).into_iter().map(|finding| finding.check).collect();
        assert_eq!(found.contains(&"snippet-missing"), missing, "{path}: {found:?}");
        page.close().unwrap();
    }
    let popup = world.inspect(&page);
    popup.wait_state("snippet-parked");
    let text = popup.text();
    assert!(text.contains("Upscope is waiting for consent"), "{text}");
}

fn a_snippet_in_a_consent_category_is_shown(world: &World) {
    let popup = world.inspect(&world.open("/consent-onetrust"));
    popup.wait_state("snippet-parked");
    let text = popup.text();
    assert!(text.contains("Upscope is waiting for consent") && text.contains("“C0002”"), "{text}");
}

fn a_snippet_held_back_for_speed_waits_for_no_consent(world: &World) {
    let popup = world.inspect(&world.open("/delayed-snippet"));
    popup.wait_state("snippet-parked");
    let text = popup.text();
    assert!(text.contains("first action") && !text.contains("consent"), "{text}");
}

fn an_example_of_the_snippet_waits_for_nothing(world: &World) {
    let popup = world.inspect(&world.open("/snippet-example"));
    popup.wait_state("no-upscope");
}
