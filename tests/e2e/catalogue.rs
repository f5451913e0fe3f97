//! Every view in every state, as `cargo xtask catalogue` shows them: each comes to be, breaks nothing, has no text smaller than
//! 12 px, and stays within the narrowest page. With `CATALOGUE=<part of a name>` only those states are shown, and their pictures, for looking at, go to
//! `target/catalogue/<browser>/<language>/<scheme>/`; an empty part names all. `CATALOGUE_LANGUAGE=<folder of _locales>`
//! shows them in another language than English, `CATALOGUE_WIDTH=<pixels>` at another width than their own (in
//! `<scheme>-<pixels>/`), and `CATALOGUE_SCHEME=light` only in that scheme. A usual run checks the states without pictures.

use crate::in_both;
use crate::support::{SOON, World, repository};
use anyhow::Result;
use serde_json::json;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use xtask::catalogue::picture::{self, NARROW, POPUP};
use xtask::catalogue::{self, Catalogue, State};
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
        // The parts of a page come in a row.
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

/// The width that the page has. To set it takes as long as to load a state, so it's set only when it changes.
#[derive(Default)]
struct Widths(Option<u32>);

impl Widths {
    fn set(&mut self, page: &Page, width: u32) {
        if self.0.replace(width) != Some(width) {
            page.set_viewport(width, POPUP.1).unwrap();
        }
    }
}

/// Loads a state, at the width that the page has where the state is checked at that width.
fn show(page: &Page, url: &str, widths: &mut Widths, state: &State) -> Result<()> {
    if widths.0 != Some(NARROW) || state.part.is_some() {
        widths.set(page, state.width);
    }
    picture::show(page, url)
}

/// What is wrong with one state, which is loaded once: the rest is painting.
fn wrong(page: &Page, widths: &mut Widths, state: &State) -> Vec<String> {
    let errors = page.eval("catalogue.errors").unwrap();
    let logged = (errors != json!([]) && state.plays["fails"].is_null()).then(|| format!("logged {errors}"));
    let mut found: Vec<_> = logged.into_iter().chain(wider(page)).chain(smaller(page)).collect();
    match &state.part {
        Some(part) => found.extend(picture::show_part(page, part).err().map(|error| format!("{error:#}"))),
        // The whole page of a part is a state of its own.
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

/// What is wider than the page or the part of it that scrolls down, with its width and the place's.
const WIDER: &str = "
    const parts = [document.documentElement, document.body, ...document.querySelectorAll('main, dialog, .recorded')];
    const wide = parts.find((of) => of.clientWidth > 0 && of.scrollWidth > of.clientWidth);
    return wide ? `${wide.localName}.${wide.className}: ${wide.scrollWidth} in ${wide.clientWidth}` : null";

/// The width of all pictures, if it is not each state's own.
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
    // The scheme that is on comes first: to change it is what takes long.
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
