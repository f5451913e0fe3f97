//! The Test Anything Protocol, version 14.

use std::fmt::Write;

use super::text::one_line;
use super::{Mark, Marks, details};
use crate::describe;
use crate::report::Report;

pub fn write(report: &Report, marks: &Marks) -> String {
    let count: usize = report.recordings.iter().map(|recording| recording.expectations.len()).sum();
    let mut out = format!("TAP version 14\n1..{count}\n");
    let all = report.recordings.iter().flat_map(|recording| {
        marks.in_recording(recording).map(move |(expectation, mark)| (&recording.file, expectation, mark))
    });
    for (number, (file, expectation, mark)) in (1..).zip(all) {
        let outcome = describe::outcome(expectation.outcome);
        let (result, directive) = match mark {
            Mark::Passed => ("ok", String::new()),
            Mark::Skipped => ("ok", format!(" # SKIP {outcome}")),
            Mark::Failed | Mark::Undecided => ("not ok", String::new()),
        };
        let name = escape(&format!("{} ({file})", expectation.name));
        _ = writeln!(out, "{result} {number} - {name}{directive}");
        if result == "not ok" {
            _ = writeln!(out, "  ---\n  outcome: {outcome}\n  details:");
            for detail in details(expectation) {
                // A JSON text is also a YAML text.
                _ = writeln!(out, "    - {}", serde_json::Value::from(one_line(&detail)));
            }
            _ = writeln!(out, "  ...");
        }
    }
    out
}

/// A description, in which `#` would begin a directive.
fn escape(text: &str) -> String {
    one_line(text).replace('\\', "\\\\").replace('#', "\\#")
}
