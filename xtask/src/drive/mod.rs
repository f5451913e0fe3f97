//! Drives real browsers as a person does: the real toolbar button, the real popup, the real `activeTab`.
//!
//! One blocking API for both: Chromium is spoken to over the DevTools protocol (`--remote-debugging-port=0`),
//! Firefox over Marionette's socket, without chromedriver or geckodriver, neither of which can reach an
//! extension's popup. Every call has a time limit ([`LIMIT`]) and names itself when it fails.
//!
//! ```no_run
//! use xtask::drive::{Browser, Kind, Options};
//! # fn main() -> anyhow::Result<()> {
//! let browser = Browser::launch(Kind::Firefox, &Options::new("dist/extension"))?;
//! let page = browser.open("http://127.0.0.1:8000/")?;
//! let popup = browser.click_toolbar(&page)?;
//! popup.wait_for("the state", "document.documentElement.dataset.state !== 'loading'", xtask::drive::LIMIT)?;
//! # Ok(()) }
//! ```

mod cdp;
mod chromium;
mod firefox;
mod keys;
mod marionette;
mod page;
mod policy;
mod process;
mod screen;
mod script;
mod seen;

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, anyhow};
use serde_json::Value;

use keys::Chord;
pub use page::Page;
use page::{LOADED, eval, wait};
pub use screen::Screen;
use script::Outcome;
pub use seen::{Control, Seen};

/// How long any one call may take before it fails.
pub const LIMIT: Duration = Duration::from_secs(45);

/// The page that an extension opens when it is installed, if it has one of this name.
const WELCOME: &str = "welcome.html";

/// Which browser.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, clap::ValueEnum)]
pub enum Kind {
    Chromium,
    Firefox,
}

impl Kind {
    /// Both, in the order in which reports name them.
    pub const ALL: [Kind; 2] = [Kind::Chromium, Kind::Firefox];
}

impl std::fmt::Display for Kind {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Kind::Chromium => "Chromium",
            Kind::Firefox => "Firefox",
        })
    }
}

/// How to start a browser.
#[derive(Clone, Debug)]
pub struct Options {
    /// The unpacked extension's folder.
    pub extension: PathBuf,
    /// Without a window on the screen (default: true).
    pub headless: bool,
    /// With a window on a screen of its own, for [`Browser::press_keys`] (default: false).
    pub screen: bool,
    /// `prefers-color-scheme: dark` from the start (default: false).
    pub dark: bool,
    /// The language of the browser's own interface, which `i18n` follows, such as `de` (default: `en-US`).
    pub lang: Option<String>,
    /// The time zone, such as `America/New_York` (default: the machine's).
    pub time_zone: Option<&'static str>,
    /// The window's inner size in CSS pixels, roughly: the browser's own bars take from it (default: 1280 × 900).
    pub window: (u32, u32),
    /// Whether [`Browser::console`] is filled (default: true). Listening keeps Chromium's worker from
    /// stopping by itself and costs a little at each start, so a benchmark turns it off.
    pub console: bool,
    /// Whether the browser compiles WebAssembly with its optimizing compiler, too (default: false). A page of a test ends
    /// before it gains from that. A benchmark and a person need it.
    pub optimizing_compiler: bool,
    /// Whether the person allowed the extension in private windows (default: false).
    pub private: bool,
    /// Lines added to the `user.js` of Firefox's profile (default: none).
    pub firefox_prefs: &'static str,
    /// Whether the tab stays that the extension opens when it is installed: its first-run page (default: false).
    pub welcome: bool,
    /// What the administrator has set for the extension, in a policy file that this browser alone obeys (default: none).
    pub policy: Option<Value>,
    /// Hosts that the administrator has closed to extensions (default: none).
    pub closed_hosts: &'static [&'static str],
}

impl Options {
    /// The defaults for the unpacked extension in `folder`.
    pub fn new(folder: impl Into<PathBuf>) -> Options {
        Options {
            extension: folder.into(),
            headless: true,
            screen: false,
            dark: false,
            lang: None,
            time_zone: None,
            window: (1280, 900),
            console: true,
            optimizing_compiler: false,
            private: false,
            firefox_prefs: "",
            welcome: false,
            policy: None,
            closed_hosts: &[],
        }
    }
}

/// What each browser's driver gives; the rest of the API is made of it, once for both.
trait BrowserDriver: Send {
    fn kind(&self) -> Kind;
    fn origin(&self) -> String;
    fn open(&self, url: &str) -> Result<Box<dyn PageDriver>>;
    /// The popup, and the moment right before the click was sent.
    fn click_toolbar(&self, page: &dyn PageDriver) -> Result<(Box<dyn PageDriver>, SystemTime)>;
    /// The popup that stands open.
    fn popup(&self) -> Result<Option<Box<dyn PageDriver>>>;
    /// Every page of a tab, in the order of opening.
    fn pages(&self) -> Result<Vec<Box<dyn PageDriver>>>;
    fn grant_host(&self, pattern: &str) -> Result<()>;
    fn update_extension(&self) -> Result<()>;
    fn stop_background(&self) -> Result<()>;
    fn background_running(&self) -> Result<bool>;
    /// Runs wrapped code in the background's document or worker, starting it if needed.
    fn run_in_background(&self, code: &str) -> Result<Outcome>;
    fn console(&self) -> Result<Vec<String>>;
    fn set_dark(&self, dark: bool) -> Result<()>;
    /// Closes every tab but the first, removes the extension with its data, the cookies and the console's lines, and installs
    /// the extension of `options` anew.
    fn reset(&mut self, options: &Options) -> Result<()>;
    fn profile(&self) -> PathBuf;
}

trait PageDriver: Send {
    /// Which tab or popup this is, in the driver's own words.
    fn handle(&self) -> String;
    /// Runs wrapped code in the page's own world, in the page itself or in one of its frames.
    fn run(&self, frame: Option<&str>, code: &str) -> Result<Outcome>;
    fn click_at(&self, x: f64, y: f64) -> Result<()>;
    /// Moves the mouse.
    fn move_to(&self, x: f64, y: f64) -> Result<()>;
    /// The accessibility tree in the order of reading, still without texts.
    fn seen(&self) -> Result<Vec<Seen>>;
    /// Puts the element of a node of that tree where [`script::HELD`] finds it.
    fn hold(&self, node: i64) -> Result<()>;
    fn insert_text(&self, text: &str) -> Result<()>;
    /// Composes `text` where the focus is, as an input method does, presses keys that the method takes, and keeps the text.
    fn compose(&self, text: &str, keys: &[Chord]) -> Result<()>;
    fn press(&self, chord: &Chord) -> Result<()>;
    /// Begins to load `url`; [`Page::navigate`] waits.
    fn navigate(&self, url: &str) -> Result<()>;
    fn reload(&self) -> Result<()>;
    fn back(&self) -> Result<()>;
    fn is_open(&self) -> bool;
    fn close(&self) -> Result<()>;
    fn set_frozen(&self, is_frozen: bool) -> Result<()>;
    fn activate(&self) -> Result<()>;
    fn tab_id(&self) -> Result<i64>;
    /// As a PNG; of a part, its left, top, width and height.
    fn screenshot(&self, part: Option<[f64; 4]>) -> Result<Vec<u8>>;
    fn set_viewport(&self, width: u32, height: u32) -> Result<()>;
    fn main_thread_seconds(&self) -> Result<f64>;
}

/// A running browser with the extension loaded. Dropping it ends its processes and removes its profile.
pub struct Browser {
    driver: Box<dyn BrowserDriver>,
    screen: Option<Screen>,
    /// Whether the extension is ours, whose every page has words.
    ours: bool,
}

impl Browser {
    /// Starts `kind` on a fresh profile and loads the extension.
    ///
    /// The program is the one named by the environment variable `CHROMIUM` or `FIREFOX`, else the first found
    /// of its usual names on `PATH`.
    pub fn launch(kind: Kind, options: &Options) -> Result<Browser> {
        let extension = options.extension.canonicalize();
        let extension = extension.with_context(|| format!("no extension in {}", options.extension.display()))?;
        let options = &Options { extension, headless: options.headless && !options.screen, ..options.clone() };
        let screen = options.screen.then(Screen::start).transpose()?;
        let driver: Result<Box<dyn BrowserDriver>> = match kind {
            Kind::Chromium => chromium::launch(options, screen.as_ref()).map(|driver| Box::new(driver) as _),
            Kind::Firefox => firefox::launch(options, screen.as_ref()).map(|driver| Box::new(driver) as _),
        };
        let ours = options.extension.join(WELCOME).is_file();
        let browser = Browser { driver: driver.with_context(|| format!("launching {kind}"))?, screen, ours };
        browser.close_welcome(options)?;
        Ok(browser)
    }

    /// Makes the browser as good as new, at a fraction of the time that a start takes: no tab but the first, no data of the
    /// extension or of a site's cookies, and the extension installed anew. `options` are those of the launch.
    ///
    /// What this can't undo are changes to the browser's own settings. Web storage stays too, which belongs to an origin: every
    /// [`Site`](crate::site::Site) has a port of its own.
    ///
    /// # Errors
    /// When the browser isn't as it was after its launch. Nothing is known about it then, and it should be dropped.
    pub fn reset(&mut self, options: &Options) -> Result<()> {
        self.driver.reset(options).context("resetting the browser")?;
        self.close_welcome(options)
    }

    /// Closes the tab that the extension opens when it is installed, unless it is wanted.
    fn close_welcome(&self, options: &Options) -> Result<()> {
        // Firefox starts an extension a second time to let it into private windows, and the page of the first is gone then or
        // never came.
        let is_restarted = self.kind() == Kind::Firefox && options.private;
        if options.welcome || is_restarted || !self.ours {
            return Ok(());
        }
        // At once: starting its programs takes longer than everything else about an installation.
        self.find_page(&self.extension_url(WELCOME), LIMIT)?.close().context("closing the first-run page")
    }

    /// Which browser this is.
    pub fn kind(&self) -> Kind {
        self.driver.kind()
    }

    /// The address of one of the extension's files, such as `popup.html?tab=3`.
    pub fn extension_url(&self, path: &str) -> String {
        format!("{}/{}", self.driver.origin(), path.trim_start_matches('/'))
    }

    /// Opens `url` in a new tab, makes it the active one and waits until it stands there, completely loaded.
    /// A page that cannot be reached gives the browser's error page, not an error.
    pub fn open(&self, url: &str) -> Result<Page> {
        let page = Page(self.driver.open(url).with_context(|| format!("opening {url}"))?);
        let blank = url == "about:blank";
        let condition = if blank { LOADED.to_owned() } else { format!("{LOADED} && location.href !== 'about:blank'") };
        page.wait_for(&format!("{url} to be loaded"), &condition, LIMIT)?;
        Ok(page)
    }

    /// Opens one of the extension's pages in a tab, such as `popup.html?tab=12`. It comes without `activeTab`.
    ///
    /// # Errors
    /// Where a page of ours shows no words, as from [`Browser::click_toolbar`] and what waits for one.
    pub fn open_extension_page(&self, path: &str) -> Result<Page> {
        self.with_words(self.open(&self.extension_url(path))?)
    }

    /// The page, once it shows words if it is one of ours. Attributes alone do not tell whether a person can read it.
    fn with_words(&self, page: Page) -> Result<Page> {
        if self.ours {
            page.wait_for_words(&self.driver.origin())?;
        }
        Ok(page)
    }

    /// Activates the page's tab and clicks the extension's real toolbar button; gives the popup once its
    /// document is there. The click grants `activeTab`.
    pub fn click_toolbar(&self, page: &Page) -> Result<Page> {
        let (popup, _) = self.click_toolbar_timed(page)?;
        popup.wait_for(
            "the popup's document",
            "location.href !== 'about:blank' && document.readyState !== 'loading'",
            LIMIT,
        )?;
        self.with_words(popup)
    }

    /// Clicks like [`Browser::click_toolbar`] and gives the moment right before the click was sent. Nothing speaks
    /// to the popup's document yet, so that its start can be measured undisturbed.
    pub fn click_toolbar_timed(&self, page: &Page) -> Result<(Page, SystemTime)> {
        let (popup, clicked) = self.driver.click_toolbar(&*page.0).context("clicking the toolbar button")?;
        Ok((Page(popup), clicked))
    }

    /// Presses keys on the browser's own screen, named as xdotool names them: they go to what has the focus, be it a page,
    /// the popup or the browser itself.
    pub fn press_keys(&self, keys: &str) -> Result<()> {
        self.screen()?.press(keys).with_context(|| format!("pressing {keys}"))
    }

    /// The browser's own screen.
    pub fn screen(&self) -> Result<&Screen> {
        self.screen.as_ref().context("the browser has no screen of its own")
    }

    /// The popup that something else than a click on the toolbar button opens, once its document is there.
    pub fn wait_for_popup(&self, limit: Duration) -> Result<Page> {
        let found = wait(limit, || {
            let popup = self.driver.popup()?.map(Page);
            Ok(popup.filter(|popup| popup.url().is_ok_and(|url| url.starts_with(&self.driver.origin()))))
        })?;
        let tabs = || self.driver.pages().into_iter().flatten().map(|page| Page(page).url().unwrap_or_default());
        let popup = found
            .map_err(|()| anyhow!("no popup came within {limit:?}; the tabs: {:?}", tabs().collect::<Vec<_>>()))?;
        self.with_words(popup)
    }

    /// The page of a tab whose address contains `url_part`, once there is one: for tabs that the extension
    /// or a page opened.
    pub fn wait_for_page(&self, url_part: &str, limit: Duration) -> Result<Page> {
        self.with_words(self.find_page(url_part, limit)?)
    }

    fn find_page(&self, url_part: &str, limit: Duration) -> Result<Page> {
        let found = wait(limit, || {
            for page in self.driver.pages()? {
                let page = Page(page);
                if page.url().is_ok_and(|url| url.contains(url_part)) {
                    return Ok(Some(page));
                }
            }
            Ok(None)
        })?;
        found.map_err(|()| anyhow!("no tab's address contained {url_part:?} within {limit:?}"))
    }

    /// Whether it still runs and shows some tab: false once the person has closed it.
    pub fn has_pages(&self) -> bool {
        self.driver.pages().is_ok_and(|pages| !pages.is_empty())
    }

    /// Grants the host permission `pattern`, such as `http://127.0.0.1/*`, as the person would have done.
    pub fn grant_host(&self, pattern: &str) -> Result<()> {
        self.driver.grant_host(pattern).with_context(|| format!("granting {pattern}"))
    }

    /// Installs the extension over itself, which it is told of as of an update. Its pages close.
    pub fn update_extension(&self) -> Result<()> {
        self.driver.update_extension().context("updating the extension")
    }

    /// Ends the service worker or event page as the browser does when it is idle; returns when it is gone.
    pub fn stop_background(&self) -> Result<()> {
        self.driver.stop_background().context("stopping the background")
    }

    /// Whether the service worker or event page runs.
    pub fn background_running(&self) -> Result<bool> {
        self.driver.background_running()
    }

    /// Evaluates like [`Page::eval`] in the extension's background, starting it if needed.
    pub fn eval_background(&self, js: &str) -> Result<Value> {
        eval(js, |code| self.driver.run_in_background(code)).context("in the background")
    }

    /// Errors, warnings and uncaught exceptions of pages, popup and background since the launch, each with its
    /// source. In Firefox without those of network loads.
    pub fn console(&self) -> Result<Vec<String>> {
        self.driver.console()
    }

    /// Sets `prefers-color-scheme` for every page and popup, open or still to be opened.
    pub fn set_dark(&self, dark: bool) -> Result<()> {
        self.driver.set_dark(dark)
    }

    /// The folder of the temporary profile.
    pub fn profile(&self) -> PathBuf {
        self.driver.profile()
    }
}
