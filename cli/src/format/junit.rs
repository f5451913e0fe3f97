//! JUnit's XML.

use anyhow::Result;
use quick_junit::{NonSuccessKind, Report as JunitReport, TestCase, TestCaseStatus, TestSuite};

use super::{Mark, Marks, details};
use crate::describe;
use crate::report::{ExpectationReport, Report};

pub fn write(report: &Report, marks: &Marks) -> Result<String> {
    let mut out = JunitReport::new("upscope-inspector");
    for recording in &report.recordings {
        let mut suite = TestSuite::new(recording.file.as_str());
        for (expectation, mark) in marks.in_recording(recording) {
            let mut case = TestCase::new(expectation.name.as_str(), status(expectation, mark));
            case.set_classname(recording.file.as_str());
            suite.add_test_case(case);
        }
        out.add_test_suite(suite);
    }
    Ok(out.to_string()?)
}

fn status(expectation: &ExpectationReport, mark: Mark) -> TestCaseStatus {
    let outcome = describe::outcome(expectation.outcome);
    let mut status = match mark {
        Mark::Passed => return TestCaseStatus::success(),
        Mark::Skipped => TestCaseStatus::skipped(),
        Mark::Failed => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Mark::Undecided => TestCaseStatus::non_success(NonSuccessKind::Error),
    };
    status.set_message(outcome);
    status.set_description(details(expectation).join("\n"));
    status
}
