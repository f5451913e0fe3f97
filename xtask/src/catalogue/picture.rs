//! A state in a browser, ready for its picture.

use std::path::Path;

use anyhow::{Result, bail};

use super::Catalogue;
use crate::build::{self, extension_dir};
use crate::drive::{Browser, Kind, LIMIT, Options, Page};
use crate::sh;

/// The toolbar popup's size.
pub const POPUP: (u32, u32) = (420, 580);

/// Beyond this height nobody looks.
const HIGHEST: u64 = 2000;

/// How high the page is with all of it in sight: what scrolls in it by itself grows with it.
const HEIGHT: &str = "
    const scrolls = (of) => of.clientHeight > 150 && ['auto', 'scroll'].includes(getComputedStyle(of).overflowY);
    const hidden = [...document.querySelectorAll('main, main *, .recorded *')].filter(scrolls).map((of) => of.scrollHeight - of.clientHeight);
    return Math.max(document.documentElement.scrollHeight, innerHeight + Math.max(0, ...hidden))";

/// The colours of now, in the page and its frames.
const REST: &str = "
    const inner = [...document.querySelectorAll('iframe')].map((frame) => frame.contentDocument);
    [document, ...inner].forEach((one) => one.getAnimations().forEach((moving) => moving.finish()))";

/// Goes to a state and waits until it is there.
///
/// # Errors
/// With what did not come.
pub fn show(page: &Page, url: &str) -> Result<()> {
    page.navigate(url)?;
    let said = page.wait_for("the state", "globalThis.catalogue?.said", LIMIT)?;
    if said != "there" {
        bail!("{}", said.as_str().unwrap_or_default());
    }
    Ok(())
}

/// Makes the page as high as what it shows.
pub fn fit(page: &Page, width: u32) -> Result<()> {
    let height = page.eval(HEIGHT)?.as_u64().unwrap_or_default();
    page.set_viewport(width, height.clamp(POPUP.1.into(), HIGHEST) as u32)
}

/// Writes the picture in one colour scheme.
pub fn take(browser: &Browser, page: &Page, dark: bool, file: &Path) -> Result<()> {
    browser.set_dark(dark)?;
    let painted = format!("matchMedia('(prefers-color-scheme: dark)').matches === {dark}");
    page.wait_for("the colour scheme", &painted, LIMIT)?;
    page.eval(REST)?;
    page.screenshot(file)
}

/// The guide's pictures: their names and the states they show.
#[rustfmt::skip]
const GUIDE: [(&str, &str); 10] = [
    ("visitor",  "2-visitor/connected"),
    ("flaws",    "2-visitor/malformed"),
    ("edit",     "3-editing/tags"),
    ("error",    "3-editing/tags-wrong"),
    ("outcome",  "4-outcome/read-back"),
    ("log-out",  "3-editing/log-out"),
    ("record",   "6-recorded/offer"),
    ("timeline", "6-recorded/timeline"),
    ("checks",   "6-recorded/checks-many"),
    ("server",   "5-server/differs"),
];

/// Builds and takes the guide's pictures anew.
pub fn guide() -> Result<()> {
    build::run()?;
    let (catalogue, states) = (Catalogue::start()?, super::states()?);
    let browser = Browser::launch(Kind::Chromium, &Options::new(extension_dir()))?;
    let page = browser.open(&catalogue.menu_url())?;
    let folder = sh::root().join("docs/guide/images");
    std::fs::create_dir_all(&folder)?;
    for (name, of) in GUIDE {
        let Some(state) = states.iter().find(|state| state.name == of) else { bail!("there is no state {of}") };
        page.set_viewport(POPUP.0, POPUP.1)?;
        show(&page, &catalogue.url_of(state, "en"))?;
        if shows_all(name) {
            fit(&page, POPUP.0)?;
        }
        take(&browser, &page, false, &folder.join(format!("{name}.png")))?;
    }
    println!("The pictures are in {}", folder.display());
    Ok(())
}

/// A dialog and an offer stand in the popup as it is; what has more to show is shown whole.
fn shows_all(name: &str) -> bool {
    !matches!(name, "log-out" | "record" | "timeline" | "checks")
}
