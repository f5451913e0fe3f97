//! The line coverage of the core by the native tests, measured by cargo-llvm-cov if it is installed. It is printed and
//! not limited, because a limit can be reached with tests that check nothing.

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::missing_tool::MissingTool;
use crate::sh;

/// The packages whose tests run the core.
const PACKAGES: [&str; 4] = ["inspector-core", "upscope-inspector", "upscope-inspector-cli", "inspector-fuzz"];

/// What is measured.
const CORE: &str = "/core/src/";

/// Prints the share of the core's lines that the tests run.
pub fn print() -> Result<()> {
    if sh::find(&["cargo-llvm-cov"]).is_none() {
        return MissingTool::Tell.handle("the core's line coverage needs `cargo install cargo-llvm-cov`");
    }
    let packages = PACKAGES.iter().flat_map(|package| ["--package", package]);
    let report = sh::read(sh::cargo().args(["llvm-cov", "--quiet", "--json", "--summary-only"]).args(packages))?;
    // The tests print before the report, which is one line.
    let report = report.lines().rfind(|line| line.starts_with('{')).context("cargo-llvm-cov gave no report")?;
    let (covered, lines) = lines_of_core(report)?;
    println!("line coverage of the core: {:.1} % ({covered} of {lines})", 100.0 * covered as f64 / lines as f64);
    Ok(())
}

/// The covered lines of the core's files, and all of them.
fn lines_of_core(report: &str) -> Result<(u64, u64)> {
    #[derive(Deserialize)]
    struct Report {
        data: Vec<Data>,
    }
    #[derive(Deserialize)]
    struct Data {
        files: Vec<File>,
    }
    #[derive(Deserialize)]
    struct File {
        filename: String,
        summary: Summary,
    }
    #[derive(Deserialize)]
    struct Summary {
        lines: Lines,
    }
    #[derive(Deserialize)]
    struct Lines {
        count: u64,
        covered: u64,
    }
    let report: Report = serde_json::from_str(report)?;
    let files = report.data.iter().flat_map(|data| &data.files);
    let lines = files.filter(|file| file.filename.replace('\\', "/").contains(CORE)).map(|file| &file.summary.lines);
    let (covered, count) = lines.fold((0, 0), |sum, lines| (sum.0 + lines.covered, sum.1 + lines.count));
    (count > 0).then_some((covered, count)).context("cargo-llvm-cov measured nothing of the core")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_core_counts() {
        let file = |name: &str, count: u64, covered: u64| {
            format!(
                r#"{{"filename":"{name}","summary":{{"lines":{{"count":{count},"covered":{covered},"percent":1.0}}}}}}"#
            )
        };
        let files = [file("/x/core/src/a.rs", 10, 7), file("/x/core/src/b/c.rs", 5, 5), file("/x/src/d.rs", 9, 0)];
        let report = |files: &str| {
            format!(r#"{{"data":[{{"files":[{files}],"totals":{{}}}}],"type":"llvm.coverage.json.export"}}"#)
        };
        assert_eq!(lines_of_core(&report(&files.join(","))).unwrap(), (12, 15));
        assert!(lines_of_core(&report("")).is_err());
    }
}
