//! Measurements and their tables.

use std::fmt::Write as _;

use serde::{Serialize, Serializer};

use super::stage::Extension;
use crate::drive::Kind;

/// The samples of a measurement, in order.
pub type Samples = Vec<f64>;

/// A measurement of one extension, or of the page without one.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    #[serde(serialize_with = "by_name")]
    pub browser: Kind,
    pub extension: Option<Extension>,
    /// The heading in the table. Rows with `None` are only in the file.
    #[serde(skip)]
    pub heading: Option<&'static str>,
    pub what: String,
    /// `ms`, `ms/s`, `µs` or `MB`.
    pub unit: &'static str,
    pub samples: Samples,
}

/// A measurement without a browser's extension.
#[derive(Debug, PartialEq, Serialize)]
pub struct Figure {
    pub what: String,
    pub unit: String,
    pub samples: Samples,
}

impl Figure {
    /// A figure without samples.
    pub fn new(what: String, unit: &str) -> Self {
        Self { what, unit: unit.to_owned(), samples: Samples::new() }
    }
}

/// Formats a table of figures, one below the other.
pub fn list(title: &str, figures: &[Figure]) -> String {
    let line = |figure: &Figure| {
        let what = format!("{}, {}", figure.what, figure.unit);
        format!("{what:52} {:>34}\n", format_samples(&figure.samples))
    };
    let lines: String = figures.iter().map(line).collect();
    format!("\n{title}: median (least–greatest)\n{lines}")
}

fn by_name<S: Serializer>(kind: &Kind, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(kind)
}

/// The median; for an even number the mean of the middle two; NaN without samples.
fn median(samples: &[f64]) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => f64::NAN,
        odd if odd % 2 == 1 => sorted[odd / 2],
        even => (sorted[even / 2 - 1] + sorted[even / 2]) / 2.0,
    }
}

/// `41.3 (38.0–60.2)`: the median, and the minimum and maximum.
pub fn format_samples(samples: &[f64]) -> String {
    let least = samples.iter().copied().fold(f64::INFINITY, f64::min);
    let greatest = samples.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    format!("{:.1} ({least:.1}–{greatest:.1})", median(samples))
}

/// Formats the table: a block for each browser and heading, with the extensions side by side. The second one is named
/// `other`.
pub fn text(rows: &[Row], other: &str) -> String {
    let mut text = String::new();
    for rows in rows.chunk_by(|one, next| (one.browser, one.heading) == (next.browser, next.heading)) {
        let Some(heading) = rows[0].heading else { continue };
        let _ = writeln!(text, "\n{}: {heading}", rows[0].browser);
        let _ = writeln!(text, "{:46} {:>24} {:>24}", "", "inspector", other);
        for line in lines(rows) {
            let _ = writeln!(text, "{line}");
        }
    }
    text
}

/// A line for each measurement, in order.
fn lines(rows: &[Row]) -> Vec<String> {
    let mut whats: Vec<&str> = Vec::new();
    for row in rows {
        if !whats.contains(&row.what.as_str()) {
            whats.push(&row.what);
        }
    }
    let cell = |what: &str, extension: Option<Extension>| {
        let found = rows.iter().find(|row| row.what == what && row.extension == extension);
        found.map_or_else(String::new, |row| format_samples(&row.samples))
    };
    let line = |what: &str| match rows.iter().find(|row| row.what == what && row.extension.is_none()) {
        Some(row) => format!("{what:46} {:>24}", format_samples(&row.samples)),
        None => {
            let [ours, theirs] = Extension::ALL.map(|extension| cell(what, Some(extension)));
            format!("{what:46} {ours:>24} {theirs:>24}")
        }
    };
    whats.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_of_what_is_sorted() {
        assert_eq!(median(&[9.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[9.0, 1.0, 2.0, 4.0]), 3.0);
        assert_eq!(format_samples(&[3.0, 1.0, 2.25]), "2.2 (1.0–3.0)");
    }

    #[test]
    fn extensions_stand_side_by_side_and_what_has_no_heading_is_left_out() {
        let row = |extension, heading, what: &str, sample: f64| Row {
            browser: Kind::Chromium,
            extension,
            heading,
            what: what.to_owned(),
            unit: "ms",
            samples: vec![sample],
        };
        let rows = [
            row(Some(Extension::Other), Some("start"), "click", 2.0),
            row(Some(Extension::Inspector), Some("start"), "click", 1.0),
            row(None, Some("start"), "alone", 3.0),
            row(None, None, "hidden", 4.0),
        ];
        let text = text(&rows, "the other");
        let click = text.lines().find(|line| line.starts_with("click")).unwrap();
        assert!(click.find("1.0 (1.0–1.0)") < click.find("2.0 (2.0–2.0)"), "{click}");
        assert!(text.contains("3.0 (3.0–3.0)") && !text.contains("hidden"), "{text}");
    }
}
