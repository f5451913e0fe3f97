//! One browser, one site, and the popup, which the tests control through its documented attributes
//! (`docs/attributes.md`).

mod pool;

use serde_json::Value;
use std::env;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use xtask::drive::{Browser, Ending, Kind, Options, Page, Screen};
use xtask::sh;
use xtask::site::{Proxy, Site};

/// The time limit for any event.
pub const SOON: Duration = Duration::from_secs(30);

/// Deletes what the SDK stored.
const FORGET: &str = r"
    localStorage.clear(); sessionStorage.clear();
    for (const pair of document.cookie.split('; ')) if (pair) document.cookie = pair.split('=')[0] + '=; max-age=0; path=/'";

/// Console lines of Firefox that aren't errors of the extension; see [`World::errors_of`].
const FIREFOX_NOISE: [&str; 3] = [
    "after context unloaded",
    "Layout was forced before the page was fully loaded",
    "warning: Script terminated by timeout",
];

/// A browser with the extension, and the site.
pub struct World {
    pub site: Site,
    pub browser: Browser,
}

/// The inspector, as popup or in a tab.
pub struct Popup(pub Page);

/// Defines a test for both browsers from a function `fn(&World)`.
#[macro_export]
macro_rules! in_both {
    ($run:ident => $($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        mod $name {
            #[test]
            fn chromium() {
                $crate::support::$run(xtask::drive::Kind::Chromium, super::$name);
            }
            #[test]
            fn firefox() {
                $crate::support::$run(xtask::drive::Kind::Firefox, super::$name);
            }
        }
    )+};
    ($($(#[$doc:meta])* $name:ident;)+) => { $crate::in_both! { run => $($(#[$doc])* $name;)+ } };
}

/// Deletes the visitor, so that the next page creates a new one, and closes the page.
pub fn leave(page: Page) {
    page.eval(FORGET).unwrap();
    page.close().unwrap();
}

/// The repository's root.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The built command-line program.
pub fn command_line() -> PathBuf {
    sh::run(sh::cargo().args(["build", "--quiet", "--package", "upscope-inspector-cli"])).unwrap();
    let target = env::current_exe().unwrap();
    let debug = target.ancestors().find(|folder| folder.ends_with("debug")).unwrap();
    debug.join("upscope-inspector")
}

/// The built extension; `cargo xtask test` builds it first.
pub fn extension() -> PathBuf {
    repository().join("dist/extension")
}

/// Runs one test in a browser with the default options. Tests share such browsers, one after the other.
pub fn run(kind: Kind, test: fn(&World)) {
    pool::with_browser(kind, |browser| run_in(browser, test));
}

/// The same in a browser with other options, for this test alone.
pub fn run_with(kind: Kind, options: &Options, test: impl FnOnce(&World)) {
    run_in(Browser::launch(kind, options).expect("the browser starts"), test);
}

/// The same in a browser whose requests all go through a proxy, with the first-run page open.
pub fn run_behind_proxy(kind: Kind, test: fn(&World, &Proxy)) {
    let proxy = Proxy::start().expect("the proxy starts");
    let options = Options { welcome: true, proxy: Some(proxy.port()), ..Options::new(extension()) };
    run_with(kind, &options, |world| test(world, &proxy));
}

/// Runs one test in a browser of its own, which the test may restart.
pub fn run_restarting(kind: Kind, test: fn(World)) {
    let browser = Browser::launch(kind, &Options::new(extension())).expect("the browser starts");
    test(World { site: Site::start().expect("the site starts"), browser });
}

/// Runs one test in a browser, and returns the browser if the test has passed.
fn run_in(browser: Browser, test: impl FnOnce(&World)) -> Browser {
    let world = World { site: Site::start().expect("the site starts"), browser };
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| test(&world)));
    if let Err(panic) = outcome {
        eprintln!("{}'s console: {:#?}", world.browser.kind(), world.browser.console());
        std::panic::resume_unwind(panic);
    }
    world.browser
}

/// The same on a separate screen, for real keys.
pub fn run_on_screen(kind: Kind, test: fn(&World)) {
    if Screen::is_possible() {
        run_with(kind, &Options { screen: true, ..Options::new(extension()) }, test);
    } else {
        eprintln!("NOT CHECKED: real keys need Xvfb and xdotool");
    }
}

impl World {
    /// Ends the browser, and starts it again with the same profile.
    pub fn restart(self, ending: Ending) -> World {
        let World { site, browser } = self;
        World { site, browser: browser.restart(ending, &Options::new(extension())).expect("the browser starts again") }
    }

    /// Opens a page of the site.
    pub fn open(&self, path: &str) -> Page {
        self.browser.open(&self.site.url(path)).expect("the page opens")
    }

    /// Opens a page and waits for its SDK's handshake.
    pub fn open_connected(&self, path: &str) -> Page {
        let page = self.open(path);
        self.wait_connected(&page);
        page
    }

    /// Waits for the handshake of a page's SDK.
    pub fn wait_connected(&self, page: &Page) {
        page.wait_for("a handshake", "window.Upscope.q.push !== Array.prototype.push && !!window.Upscope._version && !!document.getElementById('upscope___remote-control-container')", SOON).unwrap();
        self.visitor_of(page);
    }

    /// Opens a page, and waits for its SDK's handshake and until it receives real keys.
    pub fn open_with_keys(&self, path: &str) -> Page {
        let page = self.open_connected(path);
        page.click("h1").unwrap();
        self.wait_for_keys(&page);
        page
    }

    /// Waits until the page receives real keys. A new window of Chromium ignores them at first.
    pub fn wait_for_keys(&self, page: &Page) {
        page.eval("(addEventListener('keydown', () => (globalThis.hears = true), { once: true }), true)").unwrap();
        let end = Instant::now() + SOON;
        while page.eval("globalThis.hears").unwrap() != true {
            assert!(Instant::now() < end, "no key came to the page");
            self.browser.press_keys("shift").unwrap();
        }
    }

    /// Clicks the real toolbar button.
    pub fn inspect(&self, page: &Page) -> Popup {
        let popup = Popup(self.browser.click_toolbar(page).expect("the toolbar button opens the popup"));
        popup.wait_first_answer();
        popup
    }

    /// The inspector for that page, in a separate tab.
    pub fn inspect_in_tab(&self, page: &Page) -> Popup {
        let tab = page.tab_id().unwrap();
        let popup = Popup(self.browser.open_extension_page(&format!("popup.html?tab={tab}")).unwrap());
        popup.wait_first_answer();
        popup
    }

    /// The short ID of a connected 2.x page, once the server knows it.
    pub fn visitor_of(&self, page: &Page) -> String {
        let stored = page.wait_for("a short ID", "JSON.parse(localStorage.getItem('__upscope:shortId'))", SOON);
        let short_id = stored.unwrap().as_str().expect("a short ID is a string").to_owned();
        self.site.wait_for("the visitor", SOON, |record| record.visitor(&short_id).map(drop)).unwrap();
        short_id
    }

    /// No script of this origin has failed since line `from` of the console.
    pub fn assert_no_error(&self, origin: &str, from: usize) {
        let errors = self.errors_of(origin, from);
        assert!(errors.is_empty(), "{errors:#?}");
    }

    /// The errors of scripts of this origin since line `from` of the console. Three reports of Firefox are left out:
    /// requests without a response when their page closed, a layout before the page's styles arrived on a busy machine,
    /// and a script that it stopped because its tab was closed or left at that moment
    /// (`dom.cancel_content_js_when_navigating`).
    pub fn errors_of(&self, origin: &str, from: usize) -> Vec<String> {
        let console = self.browser.console().unwrap();
        let is_noise = |line: &str| FIREFOX_NOISE.iter().any(|noise| line.contains(noise));
        let is_error = |line: &&String| line.contains(origin) && !is_noise(line);
        console[from..].iter().filter(is_error).cloned().collect()
    }

    /// Waits until `is` holds for the server's visitor.
    pub fn server_holds(&self, short_id: &str, what: &str, is: impl Fn(&xtask::site::Visitor) -> bool) {
        self.site
            .wait_for(what, SOON, |record| record.visitor(short_id).filter(|visitor| is(visitor)).map(drop))
            .unwrap();
    }
}

impl Popup {
    /// Waits until the popup describes the page. On a busy machine, a page may answer late.
    fn wait_first_answer(&self) {
        self.wait(
            "the first answer",
            "document.querySelector('[data-state]').dataset.state !== 'loading' && !document.querySelector('[data-why=busy]')",
        );
        self.wait("words", "document.querySelector('main').innerText.trim() !== ''");
    }

    pub fn wait(&self, what: &str, js: &str) -> Value {
        self.0
            .wait_for(what, js, SOON)
            .unwrap_or_else(|error| panic!("{error:#}\nthe popup said: {}", self.0.text().unwrap_or_default()))
    }

    pub fn wait_state(&self, state: &str) {
        self.wait(state, &format!("document.querySelector('[data-state]').dataset.state === '{state}'"));
    }

    /// A field's value, or `None` if it is unknown.
    pub fn value(&self, field: &str) -> Option<Value> {
        let read = format!("document.querySelector('[data-field={field}]').dataset.value ?? null");
        let text = self.0.eval(&read).unwrap();
        text.as_str().map(|text| serde_json::from_str(text).expect("data-value is JSON"))
    }

    pub fn wait_value(&self, field: &str, value: &Value) {
        let js = format!(
            "(document.querySelector('[data-field={field}]')?.dataset.value ?? null) === {}",
            Value::from(value.to_string())
        );
        self.wait(&format!("{field} = {value}"), &js);
    }

    /// The source of a field.
    pub fn source(&self, field: &str) -> Value {
        self.0.eval(&format!("document.querySelector('[data-field={field}]').dataset.source ?? null")).unwrap()
    }

    /// Clicks a button by its action.
    pub fn act(&self, action: &str) {
        self.0.click(&format!("[data-action={action}]")).unwrap();
    }

    pub fn act_on(&self, field: &str, action: &str) {
        self.0.click(&format!("[data-field={field}] [data-action={action}]")).unwrap();
    }

    pub fn type_into(&self, css: &str, text: &str) {
        self.0.type_text(css, text).unwrap();
    }

    /// Waits for this outcome of a field in the last act.
    pub fn wait_outcome(&self, field: &str, outcome: &str) {
        self.wait(
            &format!("{field}: {outcome}"),
            &format!("!!document.querySelector('[data-outcome={outcome}][data-outcome-field={field}]')"),
        );
    }

    /// Waits until the input `css` contains this text.
    pub fn wait_input(&self, css: &str, text: &str) {
        let js = format!("document.querySelector({})?.value === {}", Value::from(css), Value::from(text));
        self.wait(&format!("{css} to hold {text}"), &js);
    }

    /// Types an item at the end of a list field. Opens its editor if necessary.
    pub fn add_item(&self, field: &str, text: &str) {
        if !self.exists(&format!("#{field}-0")) {
            self.act_on(field, "edit");
        }
        // The row after the last item is for a new one.
        let count = self.wait("the list", &format!("document.querySelectorAll(\"input[id^='{field}-']\").length"));
        let last = count.as_u64().unwrap() - 1;
        self.type_into(&format!("#{field}-{last}"), text);
        self.wait_for(&format!("#{field}-{}", last + 1));
    }

    /// Clicks a button in the row of a list item.
    pub fn act_on_item(&self, field: &str, place: usize, action: &str) {
        self.0.click(&format!(".item:has(#{field}-{place}) [data-action={action}]")).unwrap();
    }

    /// Switches the metadata editor to JSON and enters this text.
    pub fn edit_metadata_as_json(&self, text: &str) {
        if !self.exists("[data-action=metadata-json]") {
            self.act_on("metadata", "edit");
        }
        self.choose("metadata-json");
        self.type_into("#metadata-json", text);
    }

    /// Chooses an option of a segmented control by its label, because its radio button is invisible.
    pub fn choose(&self, action: &str) {
        self.0.click(&format!("label:has(> [data-action={action}])")).unwrap();
    }

    pub fn text(&self) -> String {
        self.0.text().unwrap()
    }

    pub fn exists(&self, css: &str) -> bool {
        self.0.eval(&format!("!!document.querySelector({})", Value::from(css))).unwrap() == Value::Bool(true)
    }

    pub fn wait_for(&self, css: &str) {
        self.wait(css, &format!("!!document.querySelector({})", Value::from(css)));
    }

    pub fn close(self) {
        self.0.close().unwrap();
    }
}
