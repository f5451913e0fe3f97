//! Drives real browsers like a person: with the real toolbar button, the real popup and the real `activeTab`.
//!
//! One blocking API for both browsers: Chromium over the DevTools protocol (`--remote-debugging-port=0`), Firefox over
//! Marionette's socket. Neither chromedriver nor geckodriver can access an extension's popup. Every call has a time
//! limit ([`LIMIT`]), and its errors name it.
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

mod chromium;
mod driver;
mod firefox;
mod keys;
mod marionette;
mod node;
mod page;
mod policy;
mod screen;
mod script;
mod seen;

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, anyhow};
use inspector_launch::wait;
use serde_json::Value;

use driver::BrowserDriver;
pub use node::Seen;
pub use page::Page;
use page::{LOADED, eval};
pub use screen::Screen;
pub use seen::Control;

/// The time limit of each call.
pub const LIMIT: Duration = Duration::from_secs(45);

/// The first-run page of an extension, by its name.
const WELCOME: &str = "welcome.html";

/// The kinds of browsers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, clap::ValueEnum)]
pub enum Kind {
    Chromium,
    Firefox,
}

impl Kind {
    /// Both, in the order of reports.
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

/// How a browser ends before it is started again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ending {
    /// Its processes are killed.
    Crash,
    /// It quits, as when the person closes it, and writes its profile.
    Quit,
}

/// The options for starting a browser.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder of the unpacked extension.
    pub extension: PathBuf,
    /// Whether there is no window on the screen (default: true).
    pub headless: bool,
    /// Whether there is a window on a separate virtual screen, for [`Browser::press_keys`] (default: false).
    pub screen: bool,
    /// Whether `prefers-color-scheme` is `dark` (default: false).
    pub dark: bool,
    /// The language of the browser's interface and of `i18n`, such as `de` (default: `en-US`).
    pub lang: Option<String>,
    /// The time zone, such as `America/New_York` (default: the machine's).
    pub time_zone: Option<&'static str>,
    /// The approximate inner size of the window in CSS pixels, from which the browser's toolbars take space (default:
    /// 1280 × 900).
    pub window: (u32, u32),
    /// Whether [`Browser::console`] is filled (default: true). This keeps Chromium's worker from stopping by itself and
    /// slows each start, so benchmarks turn it off.
    pub console: bool,
    /// Whether the browser compiles WebAssembly with its optimizing compiler, too (default: false). A page of a test
    /// ends before it gains from that. A benchmark and a person need it.
    pub optimizing_compiler: bool,
    /// Whether the extension is allowed in private windows (default: false).
    pub private: bool,
    /// Additional lines of `user.js` in Firefox's profile (default: none).
    pub firefox_prefs: &'static str,
    /// The port on 127.0.0.1 of an HTTP proxy for all requests, also those to this machine (default: none). See
    /// [`Proxy`](crate::site::Proxy).
    pub proxy: Option<u16>,
    /// Whether the first-run page that the extension opens at its installation stays open (default: false).
    pub welcome: bool,
    /// The organization's settings for the extension, in a policy file for this browser only (default: none).
    pub policy: Option<Value>,
    /// Hosts on which the organization allows no extensions (default: none).
    pub closed_hosts: &'static [&'static str],
}

impl Options {
    /// The default options for the unpacked extension in `folder`.
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
            proxy: None,
            welcome: false,
            policy: None,
            closed_hosts: &[],
        }
    }
}

/// A running browser with the extension loaded. Dropping it ends its processes and removes its profile.
pub struct Browser {
    driver: Box<dyn BrowserDriver>,
    screen: Option<Screen>,
    /// Whether the extension is the inspector, whose pages all show text.
    ours: bool,
}

impl Browser {
    /// Starts `kind` with a new profile and loads the extension.
    ///
    /// The program is the one in the environment variable `CHROMIUM` or `FIREFOX`, or else the first of its usual names
    /// on `PATH`.
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

    /// Resets the browser, which is much faster than a restart: it closes all tabs but the first, removes the data of
    /// the extension and the cookies, and installs the extension again. `options` are those of the launch.
    ///
    /// Changes to the browser's settings remain. So does web storage, but it belongs to an origin, and every
    /// [`Site`](crate::site::Site) has another port.
    ///
    /// # Errors
    /// If the reset failed. The state of the browser is then unknown, and it should be dropped.
    pub fn reset(&mut self, options: &Options) -> Result<()> {
        self.driver.reset(options).context("resetting the browser")?;
        self.close_welcome(options)
    }

    /// Ends the browser and starts it again with the same profile. `options` are those of the launch, without a screen
    /// or a policy. Firefox forgets a temporary extension, so it is installed again in its profile. A first-run page
    /// may open.
    pub fn restart(self, ending: Ending, options: &Options) -> Result<Browser> {
        let Browser { driver, ours, .. } = self;
        let extension = options.extension.canonicalize()?;
        let options = &Options { extension, ..options.clone() };
        let kind = driver.kind();
        let driver = driver.restart(ending, options).with_context(|| format!("starting {kind} again"))?;
        Ok(Browser { driver, screen: None, ours })
    }

    /// Closes the first-run page, unless it is wanted.
    fn close_welcome(&self, options: &Options) -> Result<()> {
        // Firefox restarts an extension to allow it in private windows. The page of the first start is then gone, or
        // never came.
        let is_restarted = self.kind() == Kind::Firefox && options.private;
        if options.welcome || is_restarted || !self.ours {
            return Ok(());
        }
        // Immediately, because compiling the programs takes longer than the rest of the installation.
        self.find_page(&self.extension_url(WELCOME), LIMIT)?.close().context("closing the first-run page")
    }

    /// The kind of this browser.
    pub fn kind(&self) -> Kind {
        self.driver.kind()
    }

    /// The URL of a file of the extension, such as `popup.html?tab=3`.
    pub fn extension_url(&self, path: &str) -> String {
        format!("{}/{}", self.driver.origin(), path.trim_start_matches('/'))
    }

    /// Opens `url` in a new active tab and waits until it is completely loaded. An unreachable page is the browser's
    /// error page, not an error.
    pub fn open(&self, url: &str) -> Result<Page> {
        let page = Page(self.driver.open(url).with_context(|| format!("opening {url}"))?);
        let blank = url == "about:blank";
        let condition = if blank { LOADED.to_owned() } else { format!("{LOADED} && location.href !== 'about:blank'") };
        page.wait_for(&format!("{url} to be loaded"), &condition, LIMIT)?;
        Ok(page)
    }

    /// Opens a page of the extension in a tab, such as `popup.html?tab=12`, without `activeTab`.
    ///
    /// # Errors
    /// If the page shows no text. This also applies to [`Browser::click_toolbar`] and to functions that wait
    /// for a page.
    pub fn open_extension_page(&self, path: &str) -> Result<Page> {
        self.wait_until_readable(self.open(&self.extension_url(path))?)
    }

    /// The page, once it shows text if it is the inspector's. Attributes alone don't show whether a person can read it.
    fn wait_until_readable(&self, page: Page) -> Result<Page> {
        if self.ours {
            page.wait_for_text(&self.driver.origin())?;
        }
        Ok(page)
    }

    /// Activates the page's tab and clicks the extension's toolbar button. Returns the popup once its document exists.
    /// The click grants `activeTab`.
    pub fn click_toolbar(&self, page: &Page) -> Result<Page> {
        let (popup, _) = self.click_toolbar_timed(page)?;
        popup.wait_for(
            "the popup's document",
            "location.href !== 'about:blank' && document.readyState !== 'loading'",
            LIMIT,
        )?;
        self.wait_until_readable(popup)
    }

    /// Clicks like [`Browser::click_toolbar`] and returns the time right before the click was sent. Doesn't access the
    /// popup's document, so that its start can be measured undisturbed.
    pub fn click_toolbar_timed(&self, page: &Page) -> Result<(Page, SystemTime)> {
        let (popup, clicked) = self.driver.click_toolbar(&*page.0).context("clicking the toolbar button")?;
        Ok((Page(popup), clicked))
    }

    /// Presses keys on the browser's screen, by their xdotool names. The focused element gets them, whether in a page,
    /// the popup or the browser.
    pub fn press_keys(&self, keys: &str) -> Result<()> {
        self.screen()?.press(keys).with_context(|| format!("pressing {keys}"))
    }

    /// The browser's screen.
    pub fn screen(&self) -> Result<&Screen> {
        self.screen.as_ref().context("the browser has no screen of its own")
    }

    /// The popup that something other than a click on the toolbar button opens, once its document exists.
    pub fn wait_for_popup(&self, limit: Duration) -> Result<Page> {
        let found = wait(limit, || {
            let popup = self.driver.popup()?.map(Page);
            Ok(popup.filter(|popup| popup.url().is_ok_and(|url| url.starts_with(&self.driver.origin()))))
        })?;
        let tabs = || self.driver.pages().into_iter().flatten().map(|page| Page(page).url().unwrap_or_default());
        let popup = found
            .map_err(|()| anyhow!("no popup came within {limit:?}; the tabs: {:?}", tabs().collect::<Vec<_>>()))?;
        self.wait_until_readable(popup)
    }

    /// The page of a tab whose URL contains `url_part`, once it exists: for tabs that the extension or a page opened.
    pub fn wait_for_page(&self, url_part: &str, limit: Duration) -> Result<Page> {
        self.wait_until_readable(self.find_page(url_part, limit)?)
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

    /// Whether the browser still runs and shows a tab.
    pub fn has_pages(&self) -> bool {
        self.driver.pages().is_ok_and(|pages| !pages.is_empty())
    }

    /// Grants the host permission `pattern`, such as `http://127.0.0.1/*`, as if the person did.
    pub fn grant_host(&self, pattern: &str) -> Result<()> {
        self.driver.grant_host(pattern).with_context(|| format!("granting {pattern}"))
    }

    /// Installs the extension over itself, which it sees as an update. Its pages close.
    pub fn update_extension(&self) -> Result<()> {
        self.driver.update_extension().context("updating the extension")
    }

    /// Offers the extension an update, as only Firefox does, and returns whether it let this or an earlier one be
    /// installed.
    pub fn offer_update(&self) -> Result<bool> {
        self.driver.offer_update()
    }

    /// Stops the service worker or event page, as the browser does when it is idle. Returns when it has stopped.
    pub fn stop_background(&self) -> Result<()> {
        self.driver.stop_background().context("stopping the background")
    }

    /// Whether the service worker or event page runs.
    pub fn background_running(&self) -> Result<bool> {
        self.driver.background_running()
    }

    /// Evaluates like [`Page::eval`] in the extension's background, and starts it if necessary.
    pub fn eval_background(&self, js: &str) -> Result<Value> {
        eval(js, |code| self.driver.run_in_background(code)).context("in the background")
    }

    /// Errors, warnings and uncaught exceptions of pages, popup and background since the launch, each with its source.
    /// In Firefox without those of network loads.
    pub fn console(&self) -> Result<Vec<String>> {
        self.driver.console()
    }

    /// Sets `prefers-color-scheme` for all current and future pages and popups.
    pub fn set_dark(&self, dark: bool) -> Result<()> {
        self.driver.set_dark(dark)
    }

    /// The folder of the temporary profile.
    pub fn profile(&self) -> PathBuf {
        self.driver.profile()
    }

    /// The memory of all the browser's processes in bytes; see [`inspector_launch::Process::memory`].
    pub fn memory(&self) -> Result<u64> {
        self.driver.memory()
    }
}
