//! Repeats failed tests on the build server: a slow machine causes occasional failures, and a defect causes constant
//! ones. Tests that pass only when repeated are listed, and their number is limited.

use std::env;

use anyhow::{Result, ensure};

use super::libtest::Failure;

/// How often a failed test is repeated.
const REPEATS: usize = 2;
/// The maximum number of tests that pass only when repeated.
const MOST_FLAKY: usize = 2;
/// With more failures something is broken, and repeating them would take long without a result.
const MOST_REPEATED: usize = 10;

/// The verdict on the failures of a run.
#[derive(Debug, Default, PartialEq)]
pub struct Verdict {
    /// The tests that passed when repeated.
    pub flaky: Vec<String>,
    /// The tests that never passed.
    pub failed: Vec<String>,
}

/// Whether failed tests are repeated: only on a build server.
pub fn repeats_failures() -> bool {
    env::var("CI").is_ok_and(|value| value == "true")
}

/// Repeats each failed test until it passes, at most [`REPEATS`] times. `passes` runs one test; `report` is called for
/// each flaky one.
pub fn judge(
    failures: Vec<Failure>,
    mut passes: impl FnMut(&str) -> Result<bool>,
    mut report: impl FnMut(&Failure),
) -> Result<Verdict> {
    let mut verdict = Verdict::default();
    let is_repeated = failures.len() <= MOST_REPEATED;
    for failure in failures {
        if is_repeated && passes_once(&failure.name, &mut passes)? {
            report(&failure);
            verdict.flaky.push(failure.name);
        } else {
            verdict.failed.push(failure.name);
        }
    }
    Ok(verdict)
}

fn passes_once(name: &str, passes: &mut impl FnMut(&str) -> Result<bool>) -> Result<bool> {
    for _ in 0..REPEATS {
        if passes(name)? {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Verdict {
    /// The number of tests that finally passed.
    ///
    /// # Errors
    /// If a test never passed, or too many passed only when repeated.
    pub fn accept(&self) -> Result<usize> {
        ensure!(self.failed.is_empty(), "tests failed: {}", self.failed.join(", "));
        let count = self.flaky.len();
        ensure!(count <= MOST_FLAKY, "{count} tests are flaky, at most {MOST_FLAKY} may be: {}", self.flaky.join(", "));
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The verdict if test n passes at its nth repetition, and how often each test ran.
    fn verdict(names: &[&str]) -> (Verdict, Vec<String>, Vec<String>) {
        let failures = names.iter().map(|name| Failure { name: (*name).to_owned(), log: vec![] }).collect();
        let (mut ran, mut reported) = (Vec::new(), Vec::new());
        let passes = |name: &str| {
            ran.push(name.to_owned());
            let runs = ran.iter().filter(|one| *one == name).count();
            Ok(name.starts_with(&runs.to_string()))
        };
        let verdict = judge(failures, passes, |failure| reported.push(failure.name.clone())).unwrap();
        (verdict, ran, reported)
    }

    #[test]
    fn a_test_that_passes_at_its_first_or_second_repetition_is_flaky() {
        let (verdict, ran, reported) = verdict(&["1", "2"]);
        assert_eq!(ran, ["1", "2", "2"]);
        assert_eq!(reported, ["1", "2"]);
        assert_eq!(
            (verdict.flaky.as_slice(), verdict.accept().unwrap()),
            (["1", "2"].map(str::to_owned).as_slice(), 2)
        );
    }

    #[test]
    fn a_test_that_fails_three_times_fails_the_run() {
        let (verdict, ran, reported) = verdict(&["3", "1"]);
        assert_eq!((ran.len(), reported), (3, vec!["1".to_owned()]));
        assert_eq!(verdict.accept().unwrap_err().to_string(), "tests failed: 3");
    }

    #[test]
    fn more_than_two_flaky_tests_fail_the_run() {
        assert!(verdict(&["1a", "1b"]).0.accept().is_ok());
        let error = verdict(&["1a", "1b", "2c"]).0.accept().unwrap_err();
        assert_eq!(error.to_string(), "3 tests are flaky, at most 2 may be: 1a, 1b, 2c");
    }

    #[test]
    fn where_everything_fails_nothing_is_repeated() {
        let (verdict, ran, _) = verdict(&["1"; MOST_REPEATED + 1]);
        assert_eq!((verdict.failed.len(), ran.len()), (MOST_REPEATED + 1, 0));
        assert!(verdict.accept().is_err());
    }

    #[test]
    fn without_failures_a_run_is_accepted() {
        assert_eq!(verdict(&[]).0.accept().unwrap(), 0);
    }
}
