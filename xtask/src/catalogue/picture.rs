//! A state in a browser, ready for a screenshot.

use std::path::Path;

use anyhow::{Result, bail};
use serde_json::Value;

use super::{Catalogue, POPUP, Part, find_state};
use crate::build::{self, extension_dir};
use crate::drive::{Browser, Kind, LIMIT, Options, Page};
use crate::sh;

/// The maximum height of a picture.
const HIGHEST: u64 = 2000;

/// The page's full height, including content that scrolls.
const HEIGHT: &str = "
    const scrolls = (of) => of.clientHeight > 150 && ['auto', 'scroll'].includes(getComputedStyle(of).overflowY);
    const hidden = [...document.querySelectorAll('main, main *, .recorded *')].filter(scrolls).map((of) => of.scrollHeight - of.clientHeight);
    return Math.max(document.documentElement.scrollHeight, innerHeight + Math.max(0, ...hidden))";

/// The current colors of the page and its frames.
const REST: &str = "
    const inner = [...document.querySelectorAll('iframe')].map((frame) => frame.contentDocument);
    [document, ...inner].forEach((one) => one.getAnimations().forEach((moving) => moving.finish()))";

/// Opens a state and waits until it is ready.
///
/// # Errors
/// With what is missing.
pub fn show(page: &Page, url: &str) -> Result<()> {
    page.navigate(url)?;
    let said = page.wait_for("the state", "globalThis.catalogue?.said", LIMIT)?;
    if said != "there" {
        bail!("{}", said.as_str().unwrap_or_default());
    }
    Ok(())
}

/// Makes the viewport as high as the content.
pub fn fit(page: &Page, width: u32) -> Result<()> {
    page.set_viewport(width, POPUP.1)?;
    let height = page.eval(HEIGHT)?.as_u64().unwrap_or_default();
    page.set_viewport(width, height.clamp(POPUP.1.into(), HIGHEST) as u32)
}

/// Writes the screenshot in one color scheme.
pub fn take(browser: &Browser, page: &Page, dark: bool, file: &Path) -> Result<()> {
    browser.set_dark(dark)?;
    let painted = format!("matchMedia('(prefers-color-scheme: dark)').matches === {dark}");
    page.wait_for("the colour scheme", &painted, LIMIT)?;
    page.eval(REST)?;
    let part: Option<[f64; 4]> = serde_json::from_value(page.eval(PART)?)?;
    page.screenshot_of(part, file)
}

/// Switches from one part of a page to another, in its state.
pub fn show_part(page: &Page, part: &Part) -> Result<()> {
    page.eval(&format!("catalogue.only({}, {})", Value::from(&*part.only), Value::from(part.how.as_deref())))?;
    if part.is_hovered() { page.hover(&part.only) } else { page.rest_mouse() }
}

/// The area of the part with its surroundings; `None` for the whole page.
const PART: &str = "
    const part = document.querySelector('[data-only]')?.getBoundingClientRect(), room = 8;
    if (!part) return null;
    const [left, top] = [Math.max(0, part.left - room), Math.max(0, part.top - room)];
    const [right, bottom] = [Math.min(innerWidth, part.right + room), Math.min(innerHeight, part.bottom + room)];
    // Both browsers measure a screenshot from the start of the document.
    return [left + scrollX, top + scrollY, right - left, bottom - top]";

/// The guide's pictures: their names and states.
#[rustfmt::skip]
const GUIDE: [(&str, &str); 13] = [
    ("welcome",  "0-welcome/half-done"),
    ("start",    "2-visitor/connected"),
    ("visitor",  "2-visitor/connected"),
    ("flaws",    "2-visitor/malformed"),
    ("edit",     "3-editing/tags"),
    ("offers",   "3-editing/offers"),
    ("error",    "3-editing/tags-wrong"),
    ("outcome",  "4-outcome/read-back"),
    ("log-out",  "3-editing/log-out"),
    ("record",   "6-recorded/offer"),
    ("timeline", "6-recorded/timeline"),
    ("checks",   "6-recorded/checks-few"),
    ("server",   "5-server/differs"),
];

/// The guide's languages and the folders of their pictures.
const LANGUAGES: [(&str, &str); 2] = [("en", "docs/guide/images"), ("de", "docs/guide/de/images")];

/// The picture of the quick start, whose table explains the numbers in it.
const NUMBERED: &str = "start";

/// The width of the margin for its numbers, so that they hide nothing.
const NUMBERS_WIDTH: u32 = 26;

/// Adds numbers to the parts that the quick start's table explains, in its order.
const NUMBERS: &str = "
    document.documentElement.style.paddingLeft = '26px';
    const parts = ['.head .dot', '[data-action=mask]', '[data-action=refresh]', '.panels', '[data-field=lookupCode]',
        '[data-field=uniqueId]', '[data-field=tags] [data-action=edit]'];
    parts.forEach((selector, at) => {
        const place = document.querySelector(selector).getBoundingClientRect(), number = document.createElement('b');
        number.textContent = at + 1;
        number.style.cssText = 'position: fixed; z-index: 9; width: 20px; height: 20px; border-radius: 50%; font: bold 13px/20px sans-serif; '
            + 'text-align: center; color: #fff; background: #c2185b';
        // Beside the part, or below one of the buttons that stand in a row.
        const [left, top] = selector.endsWith('mask]') || selector.endsWith('refresh]')
            ? [place.left + place.width / 2 - 10, place.bottom - 6]
            : [place.left - 24, place.top + Math.min(place.height, 32) / 2 - 10];
        number.style.left = `${left}px`;
        number.style.top = `${top}px`;
        document.body.append(number);
    })";

/// Builds, and takes the guide's pictures in each of its languages.
pub fn guide() -> Result<()> {
    build::run()?;
    let (catalogue, states) = (Catalogue::start()?, super::states()?);
    let browser = Browser::launch(Kind::Chromium, &Options::new(extension_dir()))?;
    let page = browser.open(&catalogue.menu_url())?;
    for (language, folder) in LANGUAGES {
        let folder = sh::root().join(folder);
        std::fs::create_dir_all(&folder)?;
        for (name, of) in GUIDE {
            let state = find_state(&states, of)?;
            let width = if name == NUMBERED { state.width + NUMBERS_WIDTH } else { state.width };
            page.set_viewport(width, POPUP.1)?;
            show(&page, &catalogue.url_of(state, language))?;
            if name == NUMBERED {
                page.eval(NUMBERS)?;
            }
            if shows_all(name) {
                fit(&page, width)?;
            }
            take(&browser, &page, false, &folder.join(format!("{name}.png")))?;
        }
        println!("The pictures are in {}", folder.display());
    }
    Ok(())
}

/// Whether a state is shown in full height. Dialogs and suggestions are shown in the popup's size.
fn shows_all(name: &str) -> bool {
    !matches!(name, "log-out" | "record" | "offers")
}
