//! The memory of an open popup.

use std::time::Duration;

use anyhow::Result;

use super::stage::{Extension, ExtensionCopies};
use super::stand::Stand;
use super::table::{Row, Samples};
use crate::drive::{Kind, LIMIT};
use crate::site::Site;

/// The number of popups that are opened.
const POPUPS: usize = 8;

/// How long the browser is idle before its memory is read. Both popups have loaded everything by then, and have
/// inspected the page a few times.
const SETTLE: Duration = Duration::from_secs(3);

const HEADING: &str = "memory that an open popup adds to the browser, MB: median (least–greatest)";

/// Measures how much more memory all processes of the browser use with each extension's popup than without.
pub fn measure(kind: Kind, staged: &ExtensionCopies, site: &Site) -> Result<Vec<Row>> {
    let stands = Stand::both(kind, staged, site)?;
    let mut added: [Samples; 2] = Default::default();
    for _ in 0..POPUPS {
        for (stand, added) in stands.iter().zip(&mut added) {
            added.push(of_one_popup(stand)?);
        }
    }
    let row = |(extension, samples)| Row {
        browser: kind,
        extension: Some(extension),
        heading: Some(HEADING),
        what: "with the popup open".to_owned(),
        unit: "MB",
        samples,
    };
    Ok(Extension::ALL.into_iter().zip(added).map(row).collect())
}

/// The difference in MB. The background runs both times.
fn of_one_popup(stand: &Stand) -> Result<f64> {
    stand.browser.eval_background("1")?;
    std::thread::sleep(SETTLE);
    let before = stand.browser.memory()?;
    let popup = stand.browser.click_toolbar(&stand.page)?;
    popup.wait_for("the visitor to be shown", "globalThis.benchMarks?.shown", LIMIT)?;
    std::thread::sleep(SETTLE);
    let with_popup = stand.browser.memory()?;
    popup.close()?;
    Ok((with_popup as f64 - before as f64) / 1e6)
}
