//! Proves every verb of the browser drivers in both browsers, with a tiny extension and a tiny server.

mod fixture;

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use fixture::{extension, serve};
use serde_json::{Value, json};
use tempfile::TempDir;
use xtask::drive::{Browser, Kind, LIMIT, Options, Page};

/// The popup of a page. Its script has run.
fn open_popup(browser: &Browser, page: &Page) -> Result<Page> {
    let popup = browser.click_toolbar(page)?;
    popup.wait_for("the popup's script", "typeof readTitle === 'function'", LIMIT)?;
    Ok(popup)
}

/// Runs `test` in each browser at the same time, which also proves that browsers do not disturb each other.
fn both(change: impl Fn(&mut Options) + Sync, test: impl Fn(&Browser, &str) -> Result<()> + Sync) {
    let folder = extension();
    let site = format!("http://127.0.0.1:{}", serve());
    std::thread::scope(|scope| {
        let run = |kind| {
            let mut options = Options::new(folder.path());
            change(&mut options);
            test(&Browser::launch(kind, &options)?, &site)
        };
        let runs = Kind::ALL.map(|kind| (kind, scope.spawn(move || run(kind))));
        for (kind, outcome) in runs.map(|(kind, thread)| (kind, thread.join())) {
            let outcome = outcome.unwrap_or_else(|_| panic!("in {kind}, see above"));
            outcome.unwrap_or_else(|error| panic!("in {kind}: {error:?}"));
        }
    });
}

#[test]
fn the_toolbar_button_opens_the_popup_and_grants_the_tab() {
    both(
        |_| {},
        |browser, site| {
            let page = browser.open(&format!("{site}/one"))?;
            browser.open(&format!("{site}/two"))?;
            let popup = open_popup(browser, &page)?;
            assert_eq!(popup.url()?, browser.extension_url("popup.html"));
            assert_eq!(popup.eval("readTitle()")?, "page /one its own world");
            let active = "(await chrome.tabs.query({ active: true, currentWindow: true }))[0].url";
            assert_eq!(popup.eval(active)?, format!("{site}/one"));
            popup.close()?;
            assert!(page.is_open());
            Ok(())
        },
    );
}

#[test]
fn without_a_grant_nothing_is_read_and_with_one_it_is() {
    both(
        |_| {},
        |browser, site| {
            let page = browser.open(&format!("{site}/one"))?;
            let tab = page.tab_id()?;
            let own = browser.open_extension_page(&format!("popup.html?tab={tab}"))?;
            let refused = own.eval(&format!("readTitle({tab})")).expect_err("nothing was granted").to_string();
            assert!(refused.contains("ermission"), "{refused}");
            browser.grant_host("http://127.0.0.1/*")?;
            assert_eq!(own.eval("chrome.permissions.contains({ origins: ['http://127.0.0.1/*'] })")?, true);
            assert_eq!(own.eval(&format!("readTitle({tab})"))?, "page /one its own world");
            assert!(page.is_open() && own.is_open());
            Ok(())
        },
    );
}

#[test]
fn a_stopped_background_starts_again_with_the_next_message() {
    both(
        |_| {},
        |browser, site| {
            browser.open(&format!("{site}/one"))?;
            let own = browser.open_extension_page("popup.html")?;
            let ask = "(await chrome.runtime.sendMessage('ping')).started";
            let first = own.eval(ask)?;
            assert_eq!(own.eval(ask)?, first);
            assert!(browser.background_running()?);
            browser.stop_background()?;
            assert!(!browser.background_running()?);
            let second = own.eval(ask)?;
            assert_ne!(second, first, "the background did not start anew");
            browser.stop_background()?;
            assert_eq!(
                browser.eval_background("chrome.runtime.id")?,
                browser.eval_background("return chrome.runtime.id")?
            );
            assert!(browser.background_running()?);
            browser.eval_background("chrome.storage.local.set({ kept: [1, 'two'] })")?;
            assert_eq!(browser.eval_background("(await chrome.storage.local.get('kept')).kept")?, json!([1, "two"]));
            assert!(browser.eval_background("chrome.storage.local.nonsense()").is_err());
            Ok(())
        },
    );
}

fn mouse_and_keys(page: &Page) -> Result<()> {
    page.click("#count")?;
    page.click("#count")?;
    page.wait_for("two clicks", "document.querySelector('#count').textContent === '2'", LIMIT)?;
    page.type_text("#name", "Ada \"L\" ü")?;
    page.type_text("#notes", "two\nlines")?;
    page.type_text("#name", "Grace")?;
    let typed = page.eval("['#name', '#notes'].map((css) => document.querySelector(css).value)")?;
    assert_eq!(typed, json!(["Grace", "two\nlines"]));
    page.press("Enter")?;
    assert_eq!(page.eval("document.title")?, "entered");
    let focus = "document.activeElement.id";
    page.press("Tab")?;
    assert_eq!(page.eval(focus)?, "notes");
    page.press("Shift+Tab")?;
    assert_eq!(page.eval(focus)?, "name");
    page.press("End")?;
    page.press("/")?;
    assert_eq!(page.eval("document.activeElement.value")?, "Grace/");
    page.press("Control+Enter")?;
    page.type_text("#name", "")?;
    assert_eq!(page.eval("document.activeElement.value")?, "");
    let made_up = page.eval("events.filter(([, , trusted]) => !trusted)")?;
    assert_eq!(made_up, json!([]), "events that no person makes");
    let changed = page.eval("events.filter(([type]) => type === 'change').map(([, id]) => id)")?;
    assert_eq!(changed[0], "name", "{changed}");
    assert_eq!(changed[1], "notes", "{changed}");
    Ok(())
}

#[test]
fn clicks_typing_and_keys_reach_popup_and_page() {
    both(
        |_| {},
        |browser, site| {
            let page = browser.open(&format!("{site}/one"))?;
            let popup = open_popup(browser, &page)?;
            mouse_and_keys(&popup)?;
            assert_eq!(browser.console()?, Vec::<String>::new());
            popup.press("Escape")?;
            popup.wait_until_closed(LIMIT)?;
            mouse_and_keys(&browser.open_extension_page("popup.html")?)?;
            let popup = open_popup(browser, &page)?;
            popup.click("#away")?;
            let other = browser.wait_for_page("other.html", LIMIT)?;
            other.wait_for("its title", "document.title === 'other'", LIMIT)?;
            Ok(())
        },
    );
}

#[test]
fn pages_are_evaluated_in_their_own_world_frames_too() {
    both(
        |_| {},
        |browser, site| {
            let page = browser.open(&format!("{site}/one"))?;
            assert_eq!(page.eval("fromThePage")?, "its own world");
            page.eval("globalThis.left = [1]")?;
            assert_eq!(page.eval("const { left } = window; return left.constructor === Array")?, true);
            assert_eq!(page.eval("undefined")?, Value::Null);
            let thrown = page.eval("null.property").expect_err("it throws").to_string();
            assert!(thrown.starts_with("TypeError: "), "{thrown}");
            let rejected = page.eval("Promise.reject(new Error('no'))").expect_err("it rejects").to_string();
            assert_eq!(rejected, "Error: no");
            let unread = page.eval("this is no JavaScript").expect_err("it does not parse").to_string();
            assert!(unread.contains("SyntaxError"), "{unread}");
            let waited = page.wait_for("the impossible", "location.nothing", Duration::from_millis(50));
            assert!(waited.expect_err("it never comes").to_string().contains("the impossible"));

            page.navigate(&format!("{site}/strict"))?;
            assert_eq!(page.eval("document.title")?, "strict");
            page.back()?;
            assert_eq!(page.eval("document.title")?, "page /one");
            page.eval("globalThis.left = [2]")?;
            page.reload()?;
            assert_eq!(page.eval("typeof left")?, "undefined");

            page.navigate(&format!("{site}/frames"))?;
            assert_eq!(page.eval_in_frame("#same", "inner")?, "127.0.0.1");
            assert_eq!(page.eval_in_frame("#cross", "inner")?, "localhost");
            assert_eq!(page.eval_in_frame("inner?cross", "return inner")?, "localhost");
            page.close()
        },
    );
}

#[test]
fn pictures_sizes_colours_and_languages() {
    let change = |options: &mut Options| {
        options.dark = true;
        options.lang = Some("de".into());
    };
    both(change, |browser, site| {
        let folder = TempDir::new()?;
        let page = browser.open(&format!("{site}/one"))?;
        let dark = "matchMedia('(prefers-color-scheme: dark)').matches";
        assert_eq!(page.eval(dark)?, true);
        let popup = open_popup(browser, &page)?;
        assert_eq!(popup.eval(dark)?, true);
        assert_eq!(popup.eval("chrome.i18n.getMessage('hello')")?, "hallo");
        browser.set_dark(false)?;
        popup.wait_for("light", &format!("!{dark}"), LIMIT)?;
        picture(&popup, &folder.path().join("popup.png"))?;
        popup.close()?;
        page.wait_for("light", &format!("!{dark}"), LIMIT)?;
        picture(&page, &folder.path().join("page.png"))?;
        let own = browser.open_extension_page("popup.html")?;
        own.set_viewport(360, 500)?;
        picture(&own, &folder.path().join("own.png"))
    });
}

fn picture(page: &Page, path: &Path) -> Result<()> {
    page.screenshot(path)?;
    let bytes = std::fs::read(path)?;
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    let expected = page.eval("[innerWidth * devicePixelRatio, innerHeight * devicePixelRatio]")?;
    assert_eq!(json!([number(16), number(20)]), expected, "{}", path.display());
    Ok(())
}

#[test]
fn errors_of_pages_and_background_are_collected() {
    both(
        |_| {},
        |browser, site| {
            let page = browser.open(&format!("{site}/noisy"))?;
            browser.eval_background("console.error('a background word')")?;
            for word in ["a loud word", "a thrown word", "a background word"] {
                let end = Instant::now() + LIMIT;
                while !browser.console()?.iter().any(|line| line.contains(word)) {
                    assert!(Instant::now() < end, "{word} is not in {:?}", browser.console()?);
                    page.eval("new Promise((go) => setTimeout(go, 10))")?;
                }
            }
            Ok(())
        },
    );
}

#[test]
fn a_reset_browser_is_as_after_its_launch() {
    let folder = extension();
    let options = Options::new(folder.path());
    let site = format!("http://127.0.0.1:{}", serve());
    for kind in Kind::ALL {
        let mut browser = Browser::launch(kind, &options).unwrap();
        let before = browser.open(&format!("{site}/noisy")).unwrap();
        before.eval("document.cookie = 'visitor=before'").unwrap();
        browser.grant_host("http://127.0.0.1/*").unwrap();
        browser.eval_background("chrome.storage.local.set({ visitor: 'before' })").unwrap();
        browser.set_dark(true).unwrap();
        browser.click_toolbar(&before).unwrap();

        browser.reset(&options).unwrap();

        assert!(!before.is_open(), "{kind}");
        let page = browser.open(&format!("{site}/one")).unwrap();
        assert_eq!(page.eval("document.cookie").unwrap(), "", "{kind}");
        assert_eq!(page.eval("matchMedia('(prefers-color-scheme: dark)').matches").unwrap(), false, "{kind}");
        assert_eq!(browser.eval_background("chrome.storage.local.get()").unwrap(), json!({}), "{kind}");
        let origins = browser.eval_background("chrome.permissions.getAll().then((all) => all.origins)").unwrap();
        assert_eq!(origins, json!([]), "{kind}");
        assert_eq!(browser.console().unwrap(), Vec::<String>::new(), "{kind}");
        let popup = open_popup(&browser, &page).unwrap();
        assert_eq!(popup.eval("readTitle()").unwrap(), "page /one its own world", "{kind}");
    }
}

#[test]
fn a_dropped_browser_leaves_nothing_behind() {
    let folder = extension();
    for kind in Kind::ALL {
        let browser = Browser::launch(kind, &Options::new(folder.path())).unwrap();
        let profile = browser.profile();
        let mark = profile.to_str().unwrap().to_owned();
        assert!(!processes_naming(&mark).is_empty());
        let page = browser.open("about:blank").unwrap();
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(move || {
            let _held = browser;
            panic!("as a failing test does");
        }));
        assert!(panicked.is_err());
        page.wait_until_closed(LIMIT).unwrap();
        assert_eq!(processes_naming(&mark), Vec::<String>::new(), "{kind}");
        assert!(!profile.exists(), "{kind}");
    }
}

/// The command lines of the running processes that name `mark`.
fn processes_naming(mark: &str) -> Vec<String> {
    let all = std::fs::read_dir("/proc").unwrap().flatten();
    let lines = all.filter_map(|entry| std::fs::read(entry.path().join("cmdline")).ok());
    lines.map(|line| String::from_utf8_lossy(&line).replace('\0', " ")).filter(|line| line.contains(mark)).collect()
}
