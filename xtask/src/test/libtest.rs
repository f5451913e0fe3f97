//! Runs `cargo test` and parses the output of libtest.

use anyhow::{Result, bail, ensure};

use crate::sh;

/// The results of libtest.
#[derive(Default)]
pub struct Report {
    pub passed: usize,
    pub failed: Vec<Failure>,
    /// The number that libtest reports, to compare with the names.
    failures: usize,
    /// The index in `failed` of the test whose output follows.
    log_of: Option<usize>,
}

/// A failed test and its output.
#[derive(Debug, PartialEq)]
pub struct Failure {
    pub name: String,
    pub log: Vec<String>,
}

/// Runs `cargo test` with libtest's `args`. Lines are passed on to `print` as they arrive. If no test ran, the
/// selection is wrong, which is an error.
pub fn run(selection: &[&str], args: &[&str], print: impl Fn(&str)) -> Result<Report> {
    let command = || format!("`cargo test {} -- {}`", selection.join(" "), args.join(" "));
    let mut report = Report::default();
    let status = sh::each_line(sh::cargo().arg("test").args(selection).arg("--").args(args), |line| {
        print(line);
        report.read(line);
    })?;
    // A crashed process ends without a result.
    ensure!(status.success() || report.failures > 0, "{} failed ({status})", command());
    ensure!(report.failures == report.failed.len(), "{}: some tests that failed have no name", command());
    ensure!(report.passed + report.failures > 0, "no test ran in {}", command());
    Ok(report)
}

impl Report {
    /// The number of tests that passed.
    ///
    /// # Errors
    /// If one failed.
    pub fn all_passed(self) -> Result<usize> {
        if self.failed.is_empty() {
            return Ok(self.passed);
        }
        let names: Vec<_> = self.failed.into_iter().map(|failure| failure.name).collect();
        bail!("tests failed: {}", names.join(", "))
    }

    fn read(&mut self, line: &str) {
        if let Some(name) = between(line, "---- ", " stdout ----") {
            self.log_of = self.failed.iter().position(|failure| failure.name == name);
        } else if let Some((passed, failed)) = read_counts(line) {
            self.passed += passed;
            self.failures += failed;
            self.log_of = None;
        } else if line == "failures:" {
            self.log_of = None;
        } else if let Some(place) = self.log_of {
            self.failed[place].log.push(line.to_owned());
        } else if let Some(name) = between(line, "test ", " ... FAILED") {
            self.failed.push(Failure { name: name.to_owned(), log: vec![] });
        }
    }
}

fn between<'a>(line: &'a str, before: &str, after: &str) -> Option<&'a str> {
    line.strip_prefix(before)?.strip_suffix(after)
}

/// The 12 and the 1 of libtest's `test result: FAILED. 12 passed; 1 failed; …`.
fn read_counts(line: &str) -> Option<(usize, usize)> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let (passed, rest) = counts.split_once(" passed; ")?;
    let (failed, _) = rest.split_once(" failed")?;
    Some((passed.parse().ok()?, failed.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(text: &str) -> Report {
        let mut report = Report::default();
        text.lines().for_each(|line| report.read(line));
        report
    }

    #[test]
    fn only_the_result_lines_of_libtest_count() {
        let all = report(
            "test a ... ok\ntest result: ok. 12 passed; 0 failed; 0 ignored\ntest result: ok. 3 passed; 0 failed; 1 ignored",
        );
        assert_eq!(all.all_passed().unwrap(), 15);
        assert_eq!(read_counts("test result: unknown"), None);
    }

    #[test]
    fn a_failed_test_has_its_name_and_its_own_log() {
        let report = report(
            "running 3 tests\ntest a::one ... FAILED\ntest b ... ok\ntest c ... FAILED\n\nfailures:\n\n\
             ---- a::one stdout ----\nfirst\ntest x ... FAILED\n---- c stdout ----\nsecond\n\n\
             failures:\n    a::one\n    c\n\ntest result: FAILED. 1 passed; 2 failed; 0 ignored",
        );
        let failure = |name: &str, log: &[&str]| Failure {
            name: name.into(),
            log: log.iter().map(|line| (*line).to_owned()).collect(),
        };
        assert_eq!(report.failed, [failure("a::one", &["first", "test x ... FAILED"]), failure("c", &["second", ""])]);
        assert_eq!((report.passed, report.failures), (1, 2));
        assert_eq!(report.all_passed().unwrap_err().to_string(), "tests failed: a::one, c");
    }
}
