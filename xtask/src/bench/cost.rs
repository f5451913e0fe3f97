//! The cost of an open popup: how long it keeps the page's main thread busy.

use std::time::{Duration, Instant};

use anyhow::Result;

use super::stage::{Extension, ExtensionCopies};
use super::stand::Stand;
use super::table::{Row, Samples};
use crate::drive::{Kind, LIMIT, Page};
use crate::site::Site;

/// The length of one measurement, about five of the popup's polls.
const SPAN: Duration = Duration::from_secs(3);

/// The number of measurements, alternating with and without the popup.
const SPANS: usize = 6;

const HEADING: &str = "main thread of the page, milliseconds of work in each second: median (least–greatest)";

/// Measures the page without a popup and with each extension's popup.
pub fn measure(kind: Kind, staged: &ExtensionCopies, site: &Site) -> Result<Vec<Row>> {
    let stands = Stand::both(kind, staged, site)?;
    let mut alone = Samples::new();
    let mut open: [Samples; 2] = Default::default();
    for _ in 0..SPANS {
        for (stand, open) in stands.iter().zip(&mut open) {
            alone.push(work(&stand.page)?);
            let popup = stand.browser.click_toolbar(&stand.page)?;
            popup.wait_for("the visitor to be shown", "globalThis.benchMarks?.shown", LIMIT)?;
            open.push(work(&stand.page)?);
            popup.close()?;
        }
    }
    let row = |extension, what: &str, samples| Row {
        browser: kind,
        extension,
        heading: Some(HEADING),
        what: what.to_owned(),
        unit: "ms/s",
        samples,
    };
    let opened = Extension::ALL.into_iter().zip(open);
    let opened = opened.map(|(extension, samples)| row(Some(extension), "with the popup open", samples));
    Ok(std::iter::once(row(None, "without a popup", alone)).chain(opened).collect())
}

/// How long the page's main thread worked per second, in milliseconds, during one measurement.
fn work(page: &Page) -> Result<f64> {
    let (before, start) = (page.main_thread_seconds()?, Instant::now());
    std::thread::sleep(SPAN);
    let worked = page.main_thread_seconds()? - before;
    Ok(1e3 * worked / start.elapsed().as_secs_f64())
}
