//! Every view in every state, as `cargo xtask catalogue` shows them: each comes to be, breaks nothing, and stays within the
//! narrowest page. The pictures, for looking at, go to `target/catalogue/<browser>/<scheme>/`.

use crate::in_both;
use crate::support::{SOON, World, repository};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use xtask::catalogue::{self, Catalogue, State};
use xtask::drive::Page;

in_both! {
    every_state_comes_to_be_and_stays_within_the_narrowest_page;
}

/// The toolbar's popup, and the narrowest page that the inspector is made for.
const WIDTHS: [u32; 2] = [420, 320];

fn every_state_comes_to_be_and_stays_within_the_narrowest_page(world: &World) {
    let served = Catalogue::start().unwrap();
    let page = world.browser.open(&served.url()).unwrap();
    let folder = repository().join("target/catalogue").join(world.browser.kind().to_string().to_lowercase());
    let states = catalogue::states().unwrap();
    assert!(states.len() > 100, "{} states", states.len());
    let found: Vec<String> =
        states.iter().flat_map(|state| wrong(world, &page, &served.url_of(state, "en"), state, &folder)).collect();
    assert!(found.is_empty(), "{} of {} states:\n{}", found.len(), states.len(), found.join("\n"));
}

/// What is wrong with one state, which is loaded once: the rest is painting.
fn wrong(world: &World, page: &Page, url: &str, state: &State, folder: &PathBuf) -> Vec<String> {
    page.navigate(url).unwrap();
    let said = page.wait_for("the state", "globalThis.catalogue?.said", SOON).unwrap();
    let mut found = vec![];
    if said != "there" {
        found.push(said.to_string());
    }
    let errors = page.eval("catalogue.errors").unwrap();
    if errors != json!([]) && state.plays["fails"].is_null() {
        found.push(format!("logged {errors}"));
    }
    for width in WIDTHS {
        page.set_viewport(width, 580).unwrap();
        let wide = page.eval(WIDER).unwrap();
        if wide != Value::Null {
            found.push(format!("scrolls sideways at {width}: {wide}"));
        }
        if width == WIDTHS[0] {
            take_pictures(world, page, state, folder);
        }
    }
    found.into_iter().map(|what| format!("{}: {what}", state.name)).collect()
}

/// What is wider than the page or the part of it that scrolls down, with its width and the place's.
const WIDER: &str = "
    const parts = [document.documentElement, document.body, ...document.querySelectorAll('main, dialog, .recorded')];
    const wide = parts.find((of) => of.clientWidth > 0 && of.scrollWidth > of.clientWidth);
    return wide ? `${wide.localName}.${wide.className}: ${wide.scrollWidth} in ${wide.clientWidth}` : null";

/// How high the page is with all of it in sight.
const HEIGHT: &str = "
    const hidden = [...document.querySelectorAll('main')].map((of) => of.scrollHeight - of.clientHeight);
    return Math.max(document.documentElement.scrollHeight, innerHeight + Math.max(0, ...hidden))";

fn take_pictures(world: &World, page: &Page, state: &State, folder: &PathBuf) {
    let height = page.eval(HEIGHT).unwrap().as_u64().unwrap().clamp(580, 2000) as u32;
    page.set_viewport(WIDTHS[0], height).unwrap();
    for (scheme, dark) in [("light", false), ("dark", true)] {
        let folder = folder.join(scheme);
        fs::create_dir_all(&folder).unwrap();
        world.browser.set_dark(dark).unwrap();
        page.wait_for("the scheme", &format!("matchMedia('(prefers-color-scheme: dark)').matches === {dark}"), SOON).unwrap();
        page.eval("document.getAnimations().forEach((one) => one.finish())").unwrap();
        page.screenshot(&folder.join(format!("{}.png", state.name.replace('/', "-")))).unwrap();
    }
}
