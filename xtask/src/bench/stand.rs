//! One browser with one extension on an ordinary page.

use anyhow::Result;

use super::stage::{Extension, Staged};
use crate::drive::{Browser, Kind, LIMIT, Options, Page};
use crate::site::Site;

/// The documents' clocks at their finest, which is a millisecond else; and the moment of a first paint.
const FIREFOX_PREFS: &str = "user_pref(\"privacy.reduceTimerPrecision\", false);\n\
     user_pref(\"dom.performance.time_to_non_blank_paint.enabled\", true);\n";

/// The page's SDK has shaken hands.
const CONNECTED: &str = "!!window.Upscope?._version && Upscope.q.push !== Array.prototype.push";

/// One browser with one of the extensions, `/connected` in front.
pub struct Stand {
    pub extension: Extension,
    pub browser: Browser,
    pub page: Page,
}

impl Stand {
    /// One for each extension: the two run side by side and take turns.
    pub fn both(kind: Kind, staged: &Staged, site: &Site) -> Result<Vec<Stand>> {
        Extension::ALL.into_iter().map(|extension| Stand::new(kind, extension, staged, site)).collect()
    }

    /// Starts the browser and waits until the page is connected.
    pub fn new(kind: Kind, extension: Extension, staged: &Staged, site: &Site) -> Result<Stand> {
        let folder = staged.folder(extension);
        let options =
            Options { console: false, optimizing_compiler: true, firefox_prefs: FIREFOX_PREFS, ..Options::new(folder) };
        let browser = Browser::launch(kind, &options)?;
        let page = browser.open(&site.url("/connected"))?;
        page.wait_for("the handshake", CONNECTED, LIMIT)?;
        Ok(Stand { extension, browser, page })
    }
}
