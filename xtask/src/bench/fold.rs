//! Recordings without a browser: the number of entries per second that are read, replayed and checked
//! (`tests/bench/fold.rs`).

use anyhow::{Result, bail, ensure};

use super::table::Figure;
use crate::sh;

/// The heading of its table.
pub const TITLE: &str = "A recording of 100,000 entries, native code";

/// Runs the native benchmark.
pub fn measure() -> Result<Vec<Figure>> {
    let said = sh::read(sh::cargo().args(["bench", "--quiet", "--package", "upscope-inspector", "--bench", "fold"]))?;
    read(&said)
}

/// Parses lines `name unit number` and groups them by name.
fn read(said: &str) -> Result<Vec<Figure>> {
    let mut all: Vec<Figure> = Vec::new();
    for line in said.lines().filter(|line| !line.is_empty()) {
        let mut parts = line.rsplitn(3, ' ');
        let (number, unit, what) = (parts.next(), parts.next(), parts.next());
        let sample = number.and_then(|number| number.parse().ok());
        let (Some(sample), Some(unit), Some(what)) = (sample, unit, what) else {
            bail!("not `what unit number`: {line}");
        };
        match all.iter_mut().find(|figure| figure.what == what) {
            Some(figure) => figure.samples.push(sample),
            None => all.push(Figure { samples: vec![sample], ..Figure::new(what.to_owned(), unit) }),
        }
    }
    ensure!(!all.is_empty(), "the native benchmark said nothing");
    Ok(all)
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
