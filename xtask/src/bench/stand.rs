//! A browser with an extension on an ordinary page.

use anyhow::Result;

use super::stage::{Extension, ExtensionCopies};
use crate::drive::{Browser, Kind, LIMIT, Options, Page};
use crate::site::Site;

/// Firefox preferences: clocks with full resolution instead of one millisecond, and the time of the first paint.
const FIREFOX_PREFS: &str = "user_pref(\"privacy.reduceTimerPrecision\", false);\n\
     user_pref(\"dom.performance.time_to_non_blank_paint.enabled\", true);\n";

/// The page's SDK has completed the handshake.
pub const CONNECTED: &str = "!!window.Upscope?._version && Upscope.q.push !== Array.prototype.push";

/// A browser with one of the extensions and `/connected` in the active tab.
pub struct Stand {
    pub extension: Extension,
    pub browser: Browser,
    pub page: Page,
}

impl Stand {
    /// One for each extension. They run at the same time and are measured alternately.
    pub fn both(kind: Kind, staged: &ExtensionCopies, site: &Site) -> Result<Vec<Stand>> {
        Extension::ALL.into_iter().map(|extension| Stand::new(kind, extension, staged, site)).collect()
    }

    /// Starts the browser and waits until the page is connected.
    pub fn new(kind: Kind, extension: Extension, staged: &ExtensionCopies, site: &Site) -> Result<Stand> {
        let folder = staged.folder(extension);
        let options =
            Options { console: false, optimizing_compiler: true, firefox_prefs: FIREFOX_PREFS, ..Options::new(folder) };
        let browser = Browser::launch(kind, &options)?;
        let page = browser.open(&site.url("/connected"))?;
        page.wait_for("the handshake", CONNECTED, LIMIT)?;
        Ok(Stand { extension, browser, page })
    }
}
