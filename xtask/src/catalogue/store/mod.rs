//! `cargo xtask store`: the pictures that the stores show next to the listing, in every language. Their texts are those
//! of the listings in `docs/store`.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use tempfile::TempDir;

use super::picture::{show, take};
use super::{Catalogue, POPUP, State, find_state};
use crate::build::{self, extension_dir};
use crate::drive::{Browser, Kind, Options, Page};
use crate::{messages, sh};

const TEMPLATE: &str = include_str!("picture.html");

/// A kind of picture, with the size in CSS pixels that the Chrome Web Store and Microsoft Edge Add-ons require.
struct Format {
    /// The class in [`TEMPLATE`].
    class: &'static str,
    size: (u32, u32),
}

const SCREENSHOT: Format = Format { class: "screenshot", size: (1280, 800) };
const SMALL_TILE: Format = Format { class: "tile", size: (440, 280) };
const MARQUEE: Format = Format { class: "marquee", size: (1400, 560) };

/// The screenshots: the place of a point in the listing, and the state that shows it. The first one is also in the
/// marquee. Chrome accepts five.
const SCREENSHOTS: [(usize, &str); 5] = [
    (0, "2-visitor/connected"),
    (1, "3-editing/tags"),
    (3, "6-recorded/timeline"),
    (5, "5-server/differs"),
    (7, "2-visitor/masked"),
];

/// What a listing says about the extension.
struct Listing {
    /// The folder in `_locales`.
    language: String,
    name: String,
    summary: String,
    /// Each point as its first words and the rest.
    points: Vec<(String, String)>,
}

/// Builds, and takes the pictures of every listing.
///
/// # Errors
/// If a listing lacks a point, a state is missing, or a picture has another size.
pub fn run() -> Result<()> {
    build::run()?;
    let studio = Studio::open()?;
    for language in messages::languages(&sh::root().join("extension/_locales"))? {
        let folder = sh::root().join("dist/store").join(&language);
        fs::create_dir_all(&folder)?;
        studio.take_all(&Listing::read(&language)?, &folder)?;
        println!("The pictures are in {}", folder.display());
    }
    Ok(())
}

impl Listing {
    fn read(language: &str) -> Result<Listing> {
        let read = |path: String| fs::read_to_string(sh::root().join(&path)).context(path);
        let messages: Value = serde_json::from_str(&read(format!("extension/_locales/{language}/messages.json"))?)?;
        let message = |key: &str| messages[key]["message"].as_str().map(str::to_owned).context(key.to_owned());
        let points = read(format!("docs/store/{language}.md"))?.lines().filter_map(point).collect();
        Ok(Listing {
            language: language.to_owned(),
            name: message("extName")?,
            summary: message("extDescription")?,
            points,
        })
    }
}

/// The first words and the rest of a listed point. A point without a colon has no rest.
fn point(line: &str) -> Option<(String, String)> {
    let text = line.strip_prefix("• ")?;
    let (title, rest) = text.split_once(':').unwrap_or((text.trim_end_matches(['.', '。']), ""));
    Some((title.trim().to_owned(), rest.trim().to_owned()))
}

/// What takes the pictures.
struct Studio {
    catalogue: Catalogue,
    states: Vec<State>,
    browser: Browser,
    page: Page,
    /// The views and documents of the pictures.
    folder: TempDir,
}

impl Studio {
    fn open() -> Result<Studio> {
        let (catalogue, states) = (Catalogue::start()?, super::states()?);
        let browser = Browser::launch(Kind::Chromium, &Options::new(extension_dir()))?;
        let page = browser.open(&catalogue.menu_url())?;
        Ok(Studio { catalogue, states, browser, page, folder: TempDir::new()? })
    }

    fn take_all(&self, listing: &Listing, folder: &Path) -> Result<()> {
        let views = SCREENSHOTS.iter().map(|(_, state)| self.view(&listing.language, state));
        let views: Vec<_> = views.collect::<Result<_>>()?;
        for ((place, state), view) in SCREENSHOTS.iter().zip(&views) {
            let (title, text) = listing.points.get(*place).with_context(|| format!("point {place}"))?;
            let file = folder.join(format!("{}.png", state.replace('/', "-")));
            self.compose(&SCREENSHOT, listing, [title, text, view], &file)?;
        }
        for (format, name) in [(&SMALL_TILE, "small-tile.png"), (&MARQUEE, "marquee.png")] {
            self.compose(format, listing, [&listing.name, &listing.summary, &views[0]], &folder.join(name))?;
        }
        Ok(())
    }

    /// Takes a state in the popup's size. Returns the name of the file in the folder.
    fn view(&self, language: &str, name: &str) -> Result<String> {
        let state = find_state(&self.states, name)?;
        self.page.set_viewport(POPUP.0, POPUP.1)?;
        show(&self.page, &self.catalogue.url_of(state, language))?;
        let file = format!("{language}-{}.png", name.replace('/', "-"));
        take(&self.browser, &self.page, false, &self.folder.path().join(&file))?;
        Ok(file)
    }

    fn compose(&self, format: &Format, listing: &Listing, [title, text, view]: [&str; 3], file: &Path) -> Result<()> {
        let icon = sh::root().join("assets/icon.svg").display().to_string();
        let values = [
            ("{lang}", &*listing.language.replace('_', "-")),
            ("{class}", format.class),
            ("{title}", &escaped(title)),
            ("{text}", &escaped(text)),
            ("{icon}", &escaped(&icon)),
            ("{view}", view),
        ];
        let document = values.iter().fold(TEMPLATE.to_owned(), |html, (name, value)| html.replace(name, value));
        let path = self.folder.path().join("picture.html");
        fs::write(&path, document)?;
        self.page.navigate(&format!("file://{}", path.display()))?;
        let (width, height) = format.size;
        self.page.set_viewport(width, height)?;
        self.page.screenshot(file)?;
        let size = png_size(&fs::read(file)?);
        ensure!(size == Some(format.size), "{}: {size:?} instead of {:?}", file.display(), format.size);
        Ok(())
    }
}

/// Text for HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// Width and height of a PNG file, from its first chunk (PNG specification, section 11.2.1).
fn png_size(file: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from_be_bytes(file.get(at..at + 4)?.try_into().ok()?));
    (file.get(12..16)? == b"IHDR").then_some((number(16)?, number(20)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_has_first_words_and_a_rest() {
        let parts = |line| point(line).unwrap();
        assert_eq!(parts("• CORRECT a value: you review it."), ("CORRECT a value".into(), "you review it.".into()));
        assert_eq!(parts("• REUSE values with presets."), ("REUSE values with presets".into(), String::new()));
        assert_eq!(parts("• VOIR\u{a0}: le visiteur."), ("VOIR".into(), "le visiteur.".into()));
        assert_eq!(point("Viewing changes nothing."), None);
    }

    #[test]
    fn every_listing_has_the_points_of_the_screenshots() {
        for language in messages::languages(&sh::root().join("extension/_locales")).unwrap() {
            let listing = Listing::read(&language).unwrap();
            assert!(SCREENSHOTS.iter().all(|(place, _)| *place < listing.points.len()), "{language}");
        }
    }

    #[test]
    fn the_size_of_a_picture_is_read() {
        let head =
            [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &440_u32.to_be_bytes(), &280_u32.to_be_bytes()].concat();
        assert_eq!(png_size(&head), Some((440, 280)));
        assert_eq!(png_size(&head[..20]), None);
    }
}
