//! `cargo xtask bench`: the time from a click to the visitor, and the cost of an open popup for the page, compared with
//! an extension that does the same in plain JavaScript (`tests/bench/baseline`). It prints medians and never fails
//! because of them: the numbers depend on the machine.

mod cost;
mod fold;
mod hostile;
mod memory;
mod probe;
mod recorder;
mod stage;
mod stand;
mod start;
mod table;
mod visits;

use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

use anyhow::Result;
use serde_json::json;

use crate::drive::Kind;
use crate::site::Site;
use crate::{build, setup, sh};
use stage::ExtensionCopies;
use table::{Figure, Row};

/// The default of `--rounds`.
pub const ROUNDS: NonZeroUsize = NonZeroUsize::new(20).unwrap();

/// The parts that can be measured separately.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The time from a click to the visitor.
    Starts,
    /// The memory of an open popup.
    Memory,
    /// The cost of being recorded for a page.
    Recorder,
    /// The time of a visit from the command line.
    Visits,
    /// The time from a click to the first answer on hostile pages.
    Hostile,
}

/// The origin of the numbers, printed with each table.
const HOW: &str = "
Both extensions take turns in one run, each in a browser of its own, by the real toolbar button. The moment of the
click is the driver's clock right before it sends the click; all after it was noted inside the popup's document by
tests/bench/marks.js, which both carry. First paint: `first-paint` in Chromium, the first non-blank paint in Firefox,
when it reached the screen. Visitor shown: the popup has made the frame that holds all values of the visitor, which
reaches the screen some milliseconds later. Cold: the background was stopped before the click.
Chromium slides an unpinned toolbar button into view for some 250 ms before it begins a popup's document.

Recorded: two browsers take turns, one with the recorder, one with two empty scripts registered in its place. The page has
800 rows and is connected. Calls are measured after 4,000 others, and below the rate at which any is dropped; the first
100 calls right after the load are separate. Firefox's clock counts whole milliseconds.
";

/// Measures, prints the tables and writes the numbers to `dist/bench.json`. `against`: the folder of an unpacked build
/// to compare with, instead of the baseline. `part`: the only part to measure.
pub fn run(rounds: NonZeroUsize, against: Option<&Path>, part: Option<Part>) -> Result<()> {
    let rounds = rounds.get();
    setup::for_browsers()?;
    let site = Site::start()?;
    if part == Some(Part::Visits) {
        return visits(&site, rounds).map(drop);
    }
    build::run()?;
    let staged = ExtensionCopies::of(&build::extension_dir(), against)?;
    if part == Some(Part::Hostile) {
        return hostile(&staged, &site);
    }
    let is_wanted = |one| part.is_none_or(|part| part == one);
    let mut rows = Vec::new();
    for kind in Kind::ALL {
        if is_wanted(Part::Starts) {
            eprintln!("{kind}: {rounds} rounds of four starts …");
            rows.extend(start::measure(kind, &staged, &site, rounds)?);
        }
        if is_wanted(Part::Memory) {
            eprintln!("{kind}: open popups …");
            rows.extend(memory::measure(kind, &staged, &site)?);
        }
        if part.is_none() {
            rows.extend(cost::measure(kind, &staged, &site)?);
            rows.extend(probe::measure(kind, &staged, &site)?);
        }
        if is_wanted(Part::Recorder) {
            eprintln!("{kind}: a recorded page …");
            rows.extend(recorder::measure(kind, &staged, &site, rounds)?);
        }
    }
    let visits = if part.is_none() { visits(&site, rounds)? } else { vec![] };
    eprintln!("native: reading and judging a recording …");
    let native = fold::measure()?;
    print!("{}", table::list(fold::TITLE, &native));
    print!("{HOW}{}", table::text(&rows, &against.map_or("plain JavaScript".into(), Path::to_string_lossy)));
    build::print_sizes()?;
    write(&rows, &native, &visits, rounds)
}

/// Measures and prints the visits from the command line.
fn visits(site: &Site, rounds: usize) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for kind in Kind::ALL {
        eprintln!("{kind}: {rounds} visits from the command line …");
        figures.extend(visits::measure(kind, site, rounds)?);
    }
    print!("{}", table::list("A visit of /connected until its handshake", &figures));
    Ok(figures)
}

/// Measures and prints the answers on hostile pages.
fn hostile(staged: &ExtensionCopies, site: &Site) -> Result<()> {
    let mut figures = Vec::new();
    for kind in Kind::ALL {
        eprintln!("{kind}: hostile pages …");
        figures.extend(hostile::measure(kind, staged, site)?);
    }
    print!("{}", table::list("From the click to the first answer on a hostile page", &figures));
    Ok(())
}

/// All samples as JSON.
fn write(rows: &[Row], native: &[Figure], visits: &[Figure], rounds: usize) -> Result<()> {
    let path = sh::root().join("dist/bench.json");
    let sizes = build::size_rows()?;
    let all = json!({ "schema": "upscope-inspector/bench@1", "rounds": rounds, "sizes": sizes, "rows": rows, "native": native, "visits": visits });
    fs::write(&path, format!("{all:#}\n"))?;
    println!("\nEvery sample is in dist/bench.json.");
    Ok(())
}
