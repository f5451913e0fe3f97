//! The time from a click to the popup's first answer on each hostile page.

use anyhow::{Context, Result};

use super::stage::{Extension, ExtensionCopies};
use super::stand::Stand;
use super::start::{SETTLE, since_click};
use super::table::Figure;
use crate::drive::{Kind, LIMIT};
use crate::site::{Site, page_names};

/// How often each page is opened and inspected.
const ROUNDS: usize = 5;

/// The page has loaded, and so have the frames of its cases.
const READY: &str = "document.readyState === 'complete' && (window.isReady?.() ?? true)";

/// The first state but `loading`, when it was on the screen in milliseconds since the document's time origin, and that
/// origin.
const ANSWERED: &str = "globalThis.benchMarks?.answered && { ...benchMarks, origin: performance.timeOrigin }";

/// Measures every page. Each round opens it anew, because some pages resist only once. A figure is named after the
/// page and the states that were shown.
pub fn measure(kind: Kind, staged: &ExtensionCopies, site: &Site) -> Result<Vec<Figure>> {
    let stand = Stand::new(kind, Extension::Inspector, staged, site)?;
    let mut figures = Vec::new();
    for path in pages()? {
        let mut figure = Figure::new(format!("{kind}, {path}"), "ms");
        let mut states = Vec::new();
        for _ in 0..ROUNDS {
            let (state, ms) = answer(&stand, &site.url(&path)).with_context(|| path.clone())?;
            if !states.contains(&state) {
                states.push(state);
            }
            figure.samples.push(ms);
        }
        figure.what = format!("{} ({})", figure.what, states.join(", "));
        figures.push(figure);
    }
    Ok(figures)
}

/// The paths of the hostile pages: those of `tests/site/hostile`, and those among the ordinary pages.
fn pages() -> Result<Vec<String>> {
    let own = page_names("hostile")?.into_iter().map(|name| format!("/hostile/{name}"));
    let others = page_names("pages")?.into_iter().filter(|name| name.starts_with("hostile"));
    Ok(own.chain(others.map(|name| format!("/{name}"))).collect())
}

/// The first state on a page, and its milliseconds since the click.
fn answer(stand: &Stand, url: &str) -> Result<(String, f64)> {
    let page = stand.browser.open(url)?;
    page.wait_for("the page's cases", READY, LIMIT)?;
    std::thread::sleep(SETTLE);
    let (popup, clicked) = stand.browser.click_toolbar_timed(&page)?;
    let noted = popup.wait_for("an answer", ANSWERED, LIMIT)?;
    popup.close()?;
    page.close()?;
    let state = noted["state"].as_str().context("the popup noted its state")?.to_owned();
    let at = noted["answered"].as_f64().context("the popup noted the time")?;
    Ok((state, since_click(&noted, clicked)? + at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_both_folders_are_measured() {
        let pages = pages().unwrap();
        assert!(pages.contains(&"/hostile/values".to_owned()) && pages.contains(&"/hostile-huge".to_owned()));
        assert!(!pages.contains(&"/connected".to_owned()));
    }
}
