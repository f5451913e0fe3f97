//! Recordings without a browser: the number of entries per second that are read, replayed and checked
//! (`tests/bench/fold.rs`).

use anyhow::{Result, bail, ensure};
use serde::Serialize;

use super::table::{Samples, format_samples};
use crate::sh;

/// A native measurement.
#[derive(Debug, PartialEq, Serialize)]
pub struct Native {
    what: String,
    unit: String,
    samples: Samples,
}

/// Runs the native benchmark.
pub fn measure() -> Result<Vec<Native>> {
    let said = sh::read(sh::cargo().args(["bench", "--quiet", "--package", "upscope-inspector", "--bench", "fold"]))?;
    read(&said)
}

/// Parses lines `name unit number` and groups them by name.
fn read(said: &str) -> Result<Vec<Native>> {
    let mut all: Vec<Native> = Vec::new();
    for line in said.lines().filter(|line| !line.is_empty()) {
        let mut parts = line.rsplitn(3, ' ');
        let (number, unit, what) = (parts.next(), parts.next(), parts.next());
        let sample = number.and_then(|number| number.parse().ok());
        let (Some(sample), Some(unit), Some(what)) = (sample, unit, what) else {
            bail!("not `what unit number`: {line}");
        };
        match all.iter_mut().find(|native| native.what == what) {
            Some(native) => native.samples.push(sample),
            None => all.push(Native { what: what.to_owned(), unit: unit.to_owned(), samples: vec![sample] }),
        }
    }
    ensure!(!all.is_empty(), "the native benchmark said nothing");
    Ok(all)
}

/// Formats the table.
pub fn text(all: &[Native]) -> String {
    let line = |native: &Native| {
        let what = format!("{}, {}", native.what, native.unit);
        format!("{what:46} {:>34}\n", format_samples(&native.samples))
    };
    let lines: String = all.iter().map(line).collect();
    format!("\nA recording of 100,000 entries, native code: median (least–greatest)\n{lines}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_of_one_thing_are_gathered() {
        let all = read("read by all entries/s 3\nmemory MB 81.5\nread by all entries/s 1\n\n").unwrap();
        assert_eq!(
            (all[0].what.as_str(), all[0].unit.as_str(), &all[0].samples),
            ("read by all", "entries/s", &vec![3.0, 1.0])
        );
        assert_eq!(all.len(), 2);
        assert!(read("").is_err() && read("something else").is_err());
    }
}
