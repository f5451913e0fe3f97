//! The time from the click to the visitor, for both extensions alternately.

use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::stage::{Extension, ExtensionCopies};
use super::stand::Stand;
use super::table::{Row, Samples};
use crate::drive::{Kind, LIMIT};
use crate::site::Site;

/// How long the browser is idle before a click.
pub(super) const SETTLE: Duration = Duration::from_millis(300);

/// How long the popup is not inspected after the click, because each evaluation would slow its start.
const UNSEEN: Duration = Duration::from_millis(600);

/// The times in the popup's document: its time origin in milliseconds since 1970, the others relative to it. Nothing
/// until all are known, because a paint is reported only when it is on the screen. Firefox doesn't report the first
/// paint but the first one with more than a background.
const NOTED: &str = "(() => {
    const paint = performance.getEntriesByType('paint').find((entry) => entry.name === 'first-paint')?.startTime;
    const { timeToNonBlankPaint, navigationStart } = performance.timing;
    const [{ loadEventStart }] = performance.getEntriesByType('navigation');
    const marks = performance.getEntriesByType('mark').map(({ name, startTime }) => [name, startTime]);
    const noted = { ...benchMarks, marks: Object.fromEntries(marks), origin: performance.timeOrigin, load: loadEventStart, paint: paint ?? timeToNonBlankPaint - navigationStart };
    return noted.shown && noted.paint > 0 && noted;
})()";

const HEADING: &str = "popup start on /connected, milliseconds: median (least–greatest)";

/// The times of one start. All except `document` are in milliseconds since the document's time origin.
struct Start {
    /// The document's time origin, in milliseconds since the click.
    document: f64,
    /// The first paint, of the skeleton.
    paint: f64,
    /// The load event, for which Chromium waits before it shows a popup.
    load: f64,
    /// The visitor's values are in the document.
    filled: f64,
    /// The frame that shows them is painted.
    shown: f64,
    /// The `performance.mark`s of an instrumented build, by time.
    marks: Vec<(String, f64)>,
}

/// Measures `rounds` starts of each extension with a warm and with a cold background.
pub fn measure(kind: Kind, staged: &ExtensionCopies, site: &Site, rounds: usize) -> Result<Vec<Row>> {
    let stands = Stand::both(kind, staged, site)?;
    for stand in &stands {
        // The first start after the installation differs, because the browser's caches are empty.
        start(stand, false)?;
    }
    let mut starts: [Vec<Start>; 4] = Default::default();
    for round in 0..rounds {
        for (set, cold) in [false, true].into_iter().enumerate() {
            // Each extension goes first in every other round, because the place in the pair moved medians by up to 50
            // ms.
            for place in [round % 2, (round + 1) % 2] {
                starts[2 * set + place].push(start(&stands[place], cold)?);
            }
        }
    }
    let row = |(index, starts): (usize, Vec<Start>)| {
        let background = if index < 2 { "warm" } else { "cold" };
        rows(kind, Extension::ALL[index % 2], background, &starts)
    };
    Ok(starts.into_iter().enumerate().flat_map(row).collect())
}

/// Opens the popup once and closes it.
fn start(stand: &Stand, cold: bool) -> Result<Start> {
    stand.page.activate()?;
    if cold {
        stand.browser.stop_background()?;
    }
    std::thread::sleep(SETTLE);
    let runs = stand.browser.background_running()?;
    ensure!(runs != cold, "the background of {:?} {}", stand.extension, if runs { "runs" } else { "does not run" });
    let (popup, clicked) = stand.browser.click_toolbar_timed(&stand.page)?;
    std::thread::sleep(UNSEEN);
    let noted = popup.wait_for("the visitor to be shown", NOTED, LIMIT).or_else(|error| {
        let said = popup.eval("[document.visibilityState, globalThis.benchMarks, document.body.innerText]")?;
        Err(error.context(format!("{:?}, {}: {said}", stand.extension, if cold { "cold" } else { "warm" })))
    })?;
    popup.close()?;
    Start::read(&noted, clicked)
}

impl Start {
    fn read(noted: &Value, clicked: SystemTime) -> Result<Start> {
        ensure!(noted["late"] == false, "the popup was ready before marks.js could watch it");
        let at = |name: &str| noted[name].as_f64().with_context(|| format!("the popup did not note `{name}`: {noted}"));
        Ok(Start {
            document: since_click(noted, clicked)?,
            paint: at("paint")?,
            load: at("load")?,
            filled: at("filled")?,
            shown: at("shown")?,
            marks: marks(&noted["marks"]),
        })
    }
}

/// The time origin of a popup's document, in milliseconds since the click.
pub(super) fn since_click(noted: &Value, clicked: SystemTime) -> Result<f64> {
    let clicked = clicked.duration_since(SystemTime::UNIX_EPOCH)?.as_secs_f64() * 1e3;
    let origin = noted["origin"].as_f64().with_context(|| format!("the popup did not note its origin: {noted}"))?;
    Ok(origin - clicked)
}

fn marks(noted: &Value) -> Vec<(String, f64)> {
    let marks = noted.as_object().into_iter().flatten();
    let mut marks: Vec<_> = marks.filter_map(|(name, at)| Some((name.clone(), at.as_f64()?))).collect();
    marks.sort_by(|(_, one), (_, other)| one.total_cmp(other));
    marks
}

/// The name of a row, and its value of a start.
type Measure = (&'static str, fn(&Start) -> f64);

#[rustfmt::skip]
const MEASURES: [Measure; 7] = [
    ("click → first paint",         |start| start.document + start.paint),
    ("click → visitor shown",       |start| start.document + start.shown),
    ("  of it click → document",    |start| start.document),
    ("  document → first paint",    |start| start.paint),
    ("  document → load event",     |start| start.load),
    ("  document → values in it",   |start| start.filled),
    ("  document → visitor shown",  |start| start.shown),
];

fn rows(browser: Kind, extension: Extension, background: &str, starts: &[Start]) -> Vec<Row> {
    let row = |name: &str, samples: Samples| Row {
        browser,
        extension: Some(extension),
        heading: Some(HEADING),
        what: format!("{background} {name}"),
        unit: "ms",
        samples,
    };
    let marks = starts.first().into_iter().flat_map(|start| &start.marks).map(|(name, _)| {
        let of = |start: &Start| start.marks.iter().find(|(own, _)| own == name).map(|(_, at)| *at);
        row(&format!("    mark {name}"), starts.iter().filter_map(of).collect())
    });
    MEASURES.into_iter().map(|(name, of)| row(name, starts.iter().map(of).collect())).chain(marks).collect()
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use serde_json::json;

    use super::*;

    fn noted() -> Value {
        json!({ "late": false, "origin": 5_010.5, "paint": 20.0, "load": 22.0, "filled": 30.0, "shown": 40.0,
            "marks": { "second": 9.0, "first": 3.0 } })
    }

    #[test]
    fn rows_count_from_the_click_or_from_the_document() {
        let start = Start::read(&noted(), UNIX_EPOCH + Duration::from_secs(5)).unwrap();
        let rows = rows(Kind::Firefox, Extension::Other, "cold", &[start]);
        let of = |what: &str| rows.iter().find(|row| row.what == what).unwrap_or_else(|| panic!("{what}")).samples[0];
        assert_eq!(of("cold click → visitor shown"), 50.5);
        assert_eq!(of("cold   of it click → document"), 10.5);
        assert_eq!(of("cold   document → visitor shown"), 40.0);
        let marks: Vec<_> = rows.iter().filter(|row| row.what.contains("mark")).map(|row| row.samples[0]).collect();
        assert_eq!(marks, [3.0, 9.0]);
    }

    #[test]
    fn a_start_that_was_not_seen_whole_does_not_count() {
        let clicked = UNIX_EPOCH + Duration::from_secs(5);
        for (name, value) in [("late", json!(true)), ("shown", json!(null)), ("paint", json!(null))] {
            let mut noted = noted();
            noted[name] = value;
            assert!(Start::read(&noted, clicked).is_err(), "{name}");
        }
    }
}
