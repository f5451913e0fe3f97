//! Shows every view in every state of `cargo xtask catalogue` and checks that it loads, logs no error, has no text
//! smaller than 12 px, and fits the narrowest page. `CATALOGUE=<part of a name>` selects states and writes their
//! pictures to `target/catalogue/<browser>/<language>/<scheme>/`; an empty value selects all.
//! `CATALOGUE_LANGUAGE=<folder of _locales>` sets a language other than English, `CATALOGUE_WIDTH=<pixels>` sets one
//! width for all states (their folder is then `<scheme>-<pixels>/`), and `CATALOGUE_SCHEME=light` takes only that
//! scheme. Without these variables, the test takes no pictures.

use crate::in_both;
use crate::support::{SOON, World, repository};
use anyhow::Result;
use serde_json::json;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use xtask::catalogue::{self, Catalogue, NARROW, POPUP, State, picture};
use xtask::drive::Page;

in_both! {
    every_state_comes_to_be_and_stays_within_the_narrowest_page;
    the_menu_shows_a_state_in_both_looks;
}

fn every_state_comes_to_be_and_stays_within_the_narrowest_page(world: &World) {
    let served = Catalogue::start().unwrap();
    let page = world.browser.open(&served.menu_url()).unwrap();
    let language = env::var("CATALOGUE_LANGUAGE").unwrap_or_else(|_| "en".to_owned());
    let mut pictures = None;
    let mut states = catalogue::states().unwrap();
    assert!(states.len() > 100, "{} states", states.len());
    if let Ok(part) = env::var("CATALOGUE") {
        states.retain(|state| state.name.contains(&part));
        pictures = Some(picture_folder(world, &language));
    }
    let mut on = None;
    let mut found = vec![];
    let mut widths = Widths::default();
    for state in &states {
        let url = served.url_of(state, &language);
        // Components of the same page are consecutive, so the page is loaded once for them.
        let part = state.part.as_ref();
        let is_there = part.is_some_and(|part| on.replace(part.on) == Some(part.on));
        let shown = if is_there { Ok(()) } else { show(&page, &url, &mut widths, state) };
        let wrong = shown.err().map(|error| format!("{error:#}")).into_iter().chain(wrong(&page, &mut widths, state));
        found.extend(wrong.map(|what| format!("{}: {what}", state.name)));
        if let Some(folder) = &pictures {
            take_pictures(world, &page, state, folder);
            widths = Widths::default();
        }
    }
    assert!(found.is_empty(), "{} of {} states:\n{}", found.len(), states.len(), found.join("\n"));
}

fn picture_folder(world: &World, language: &str) -> PathBuf {
    let browser = world.browser.kind().to_string().to_lowercase();
    let folder = repository().join("target/catalogue").join(browser).join(language);
    for dark in [false, true] {
        fs::create_dir_all(folder.join(scheme_folder(dark))).unwrap();
    }
    folder
}

/// The page's current width. A change takes as long as loading a state, so it is set only when it differs.
#[derive(Default)]
struct Widths(Option<u32>);

impl Widths {
    fn set(&mut self, page: &Page, width: u32) {
        if self.0.replace(width) != Some(width) {
            page.set_viewport(width, POPUP.1).unwrap();
        }
    }
}

/// Loads a state at its own width. At the narrow width, a whole page is loaded without a change of the width, because
/// it is checked at both.
fn show(page: &Page, url: &str, widths: &mut Widths, state: &State) -> Result<()> {
    if widths.0 != Some(NARROW) || state.part.is_some() {
        widths.set(page, state.width);
    }
    picture::show(page, url)
}

/// The problems of a state. The state is loaded once, and then only its width changes.
fn wrong(page: &Page, widths: &mut Widths, state: &State) -> Vec<String> {
    let errors = page.eval("catalogue.errors").unwrap();
    let logged = (errors != json!([]) && state.plays["fails"].is_null()).then(|| format!("logged {errors}"));
    let mut found: Vec<_> = logged.into_iter().chain(wider(page)).chain(smaller(page)).collect();
    match &state.part {
        Some(part) => found.extend(picture::show_part(page, part).err().map(|error| format!("{error:#}"))),
        // The whole page around a component is a separate state.
        None => {
            let other = if widths.0 == Some(NARROW) { state.width } else { NARROW };
            widths.set(page, other);
            found.extend(wider(page));
        }
    }
    found
}

fn wider(page: &Page) -> Option<String> {
    page.eval(WIDER).unwrap().as_str().map(|wide| format!("scrolls sideways: {wide}"))
}

fn smaller(page: &Page) -> Option<String> {
    page.eval(SMALLER).unwrap().as_str().map(|small| format!("smaller than 12 px: {small}"))
}

/// An element with visible text that is smaller than 12 px. Text of size 0 is for screen readers only.
const SMALLER: &str = "
    const frames = [...document.querySelectorAll('iframe')].map((frame) => frame.contentDocument?.body);
    const all = [document.body, ...frames].flatMap((body) => [...(body?.querySelectorAll('*') ?? [])]);
    const hasText = (of) => [...of.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const size = (of) => parseFloat(getComputedStyle(of).fontSize);
    const small = all.find((of) => hasText(of) && of.checkVisibility() && size(of) > 0 && size(of) < 12);
    return small ? `${small.localName}.${small.className}: ${small.textContent.slice(0, 40)}` : null";

/// The first scrolling container that is wider than its place, with both widths.
const WIDER: &str = "
    const parts = [document.documentElement, document.body, ...document.querySelectorAll('main, dialog, .recorded')];
    const wide = parts.find((of) => of.clientWidth > 0 && of.scrollWidth > of.clientWidth);
    return wide ? `${wide.localName}.${wide.className}: ${wide.scrollWidth} in ${wide.clientWidth}` : null";

/// The width of all pictures. Without it, each state has its own width.
fn picture_width() -> Option<u32> {
    env::var("CATALOGUE_WIDTH").ok().map(|pixels| pixels.parse().expect("CATALOGUE_WIDTH is a number of pixels"))
}

fn scheme_name(dark: bool) -> &'static str {
    if dark { "dark" } else { "light" }
}

fn scheme_folder(dark: bool) -> String {
    let scheme = scheme_name(dark);
    picture_width().map_or_else(|| scheme.to_owned(), |width| format!("{scheme}-{width}"))
}

fn take_pictures(world: &World, page: &Page, state: &State, folder: &Path) {
    picture::fit(page, picture_width().unwrap_or(state.width)).unwrap();
    let file = format!("{}.png", state.name.replace('/', "-"));
    // The current scheme comes first, because a change of the scheme is slow.
    let on = page.eval("matchMedia('(prefers-color-scheme: dark)').matches").unwrap() == json!(true);
    let only = env::var("CATALOGUE_SCHEME").ok();
    for dark in [on, !on].into_iter().filter(|dark| only.as_deref().is_none_or(|only| only == scheme_name(*dark))) {
        picture::take(&world.browser, page, dark, &folder.join(scheme_folder(dark)).join(&file)).unwrap();
    }
}

fn the_menu_shows_a_state_in_both_looks(world: &World) {
    let served = Catalogue::start().unwrap();
    let page = world.browser.open(&format!("{}?find=visitor/connected&scheme=both", served.url())).unwrap();
    for (frame, dark) in [("first-child", false), ("last-child", true)] {
        let frame = format!("figure:{frame} iframe");
        let look = "globalThis.catalogue?.said === 'there' && [matchMedia('(prefers-color-scheme: dark)').matches]";
        let shown = format!("document.querySelector('{frame}')?.contentWindow.eval(`{look}`)");
        assert_eq!(page.wait_for(&frame, &shown, SOON).unwrap(), json!([dark]));
    }
}
