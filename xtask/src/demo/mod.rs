//! `cargo xtask demo`: the extension in a real browser on the demo shop, from a fresh clone. `cargo xtask site`: only
//! the test site, for any browser.

mod round;

use std::env;
use std::time::Duration;

use anyhow::{Result, bail};

use round::PAGE;

use crate::drive::{Browser, Kind, Options};
use crate::site::Site;
use crate::{build, setup};

/// The first port that [`serve`] tries by default.
const PORT: u16 = 8080;

/// Serves the test site until interrupted, on `port`, or else on 8080 or the next free port.
pub fn serve(port: Option<u16>) -> Result<()> {
    let site = match port {
        Some(port) => Site::start_on(port)?,
        None => on_a_fixed_port()?,
    };
    println!("The test site is at {}", site.url("/"));
    println!("The demo shop is at {}", site.url(PAGE));
    println!("Ctrl-C ends it.");
    loop {
        std::thread::park();
    }
}

/// Builds and shows the extension: in a window, or without a display in one checked round.
pub fn run(browser: Option<Kind>) -> Result<()> {
    let here = setup::browsers_here();
    let kinds = match browser {
        Some(kind) => vec![kind],
        None if here.is_empty() => vec![Kind::Chromium],
        None => here,
    };
    setup::for_kinds(&kinds)?;
    build::run()?;
    match has_display() {
        true => show(kinds[0]),
        false => round::run(&kinds),
    }
}

/// Whether a window can be shown.
fn has_display() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(target_os = "macos") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// Opens a window on the demo page and leaves it open.
fn show(kind: Kind) -> Result<()> {
    let site = on_a_fixed_port()?;
    let options =
        Options { headless: false, console: false, optimizing_compiler: true, ..Options::new(build::extension_dir()) };
    let browser = Browser::launch(kind, &options)?;
    browser.open(&site.url(PAGE))?;
    println!("\n{kind} shows the demo shop at {} with the extension in it.", site.url(PAGE));
    println!("  1. Click the extension's button in the toolbar{}.", where_is_it(kind));
    println!("  2. Compare with what the page says it told Upscope; switch customer and watch the popup follow.");
    println!("  3. Change a tag in the popup and apply it. What it shows then was read back from the page.");
    println!("More pages, one for each thing that can go wrong: {}", site.url("/"));
    println!("Close the browser or press Ctrl-C to end.");
    while browser.has_pages() {
        std::thread::sleep(Duration::from_millis(500));
    }
    Ok(())
}

fn where_is_it(kind: Kind) -> &'static str {
    match kind {
        Kind::Chromium => " (behind the puzzle piece, where it can be pinned)",
        Kind::Firefox => "",
    }
}

/// The port is the same each time if it is free, so that the site is easy to find.
fn on_a_fixed_port() -> Result<Site> {
    for port in PORT..PORT + 20 {
        if let Ok(site) = Site::start_on(port) {
            return Ok(site);
        }
    }
    bail!("ports {PORT} to {} are all taken: name one with --port", PORT + 19)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_passed_over() {
        let first = on_a_fixed_port().unwrap();
        let second = on_a_fixed_port().unwrap();
        assert!(second.port() > first.port());
    }
}
