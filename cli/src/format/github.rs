//! Annotations of GitHub Actions.

use std::fmt::Write;

use super::{Mark, Marks, details};
use crate::describe;
use crate::report::Report;

pub fn write(report: &Report, marks: &Marks) -> String {
    let mut out = String::new();
    for recording in &report.recordings {
        for (expectation, mark) in marks.in_recording(recording) {
            let level = match mark {
                Mark::Failed => "error",
                Mark::Undecided => "warning",
                Mark::Passed | Mark::Skipped => continue,
            };
            let (file, title) = (property(&report.expectations), property(&expectation.name));
            let text = details(expectation).join("\n");
            let outcome = describe::outcome(expectation.outcome);
            let message = escape(&format!("{} ({}):\n{text}", outcome, recording.file));
            _ = writeln!(out, "::{level} file={file},title={title}::{message}");
        }
    }
    out
}

/// The text of a command, in which a line end would begin another one.
fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}
