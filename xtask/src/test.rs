//! `cargo xtask test`: everything that says whether the project is sound, in one run.

use std::time::Instant;

use anyhow::{Result, bail, ensure};

use crate::{build, lint, setup, sh};

/// A part of the run: its name in the summary, and what it does, with the number of tests it ran.
type Step = (&'static str, fn() -> Result<usize>);

#[rustfmt::skip]
const STEPS: [Step; 6] = [
    ("setup",       || setup::everything().map(|()| 0)),
    ("build",       || build::run().map(|()| 0)),
    ("lint",        || lint::sources().and_then(|()| lint::extension()).map(|()| 0)),
    ("native",      native),
    ("in browsers", in_browsers),
    ("budgets",     || build::sizes(true).map(|()| 0)),
];

/// Without these nothing after them can run.
const FIRST: [&str; 2] = ["setup", "build"];

/// Runs all steps, so that a finding of the linter does not hide a failing test, and sums up in one line.
pub fn run() -> Result<()> {
    let start = Instant::now();
    let (mut passed, mut done, mut failed) = (0, Vec::new(), Vec::new());
    for (name, step) in STEPS {
        println!("\n==> {name}");
        match step() {
            Ok(tests) => {
                passed += tests;
                done.push(name);
            }
            Err(error) => {
                eprintln!("error: {error:#}");
                failed.push(name);
                if FIRST.contains(&name) {
                    break;
                }
            }
        }
    }
    let seconds = start.elapsed().as_secs();
    let done = done.join(", ");
    if !failed.is_empty() {
        bail!("test: FAILED: {}; passed: {done} ({seconds} s)", failed.join(", "));
    }
    println!("\ntest: ok: {done}; {passed} tests passed ({seconds} s)");
    Ok(())
}

fn native() -> Result<usize> {
    let product = tests(&["--workspace", "--exclude", "xtask"])?;
    Ok(product + tests(&["--package", "xtask", "--lib", "--bins"])?)
}

fn in_browsers() -> Result<usize> {
    tests(&["--package", "xtask", "--test", "drive", "--test", "e2e"])
}

/// Runs `cargo test`, its lines passed on as they come, and counts the tests that passed. None at all is
/// a mistake in the selection and not a success.
fn tests(selection: &[&str]) -> Result<usize> {
    let mut passed = 0;
    sh::each_line(sh::cargo().arg("test").args(selection), |line| {
        println!("{line}");
        passed += count_passed(line);
    })?;
    ensure!(passed > 0, "no test ran in `cargo test {}`", selection.join(" "));
    Ok(passed)
}

/// The 12 of libtest's `test result: ok. 12 passed; 0 failed; …`.
fn count_passed(line: &str) -> usize {
    let counts = line.strip_prefix("test result: ok. ").and_then(|rest| rest.split_once(" passed"));
    counts.and_then(|(count, _)| count.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_result_line_of_libtest_counts() {
        assert_eq!(count_passed("test result: ok. 12 passed; 0 failed; 0 ignored"), 12);
        assert_eq!(count_passed("test result: FAILED. 12 passed; 1 failed"), 0);
        assert_eq!(count_passed("test a_test ... ok"), 0);
    }
}
