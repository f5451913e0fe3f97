//! `cargo xtask test`: all checks and tests in one run.

mod coverage;
mod flaky;
mod libtest;
mod repeat;

use std::num::NonZero;
use std::thread;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::missing_tool::MissingTool;
use crate::{build, lint, setup};

use repeat::E2E;
pub use repeat::run as repeat;

/// The selection of `cargo test` for the drivers.
const DRIVE: [&str; 4] = ["--package", "xtask", "--test", "drive"];

/// A step: its name in the summary and its function, which returns the number of tests.
type Step = (&'static str, fn() -> Result<usize>);

#[rustfmt::skip]
const STEPS: [Step; 6] = [
    ("setup",       || setup::everything().map(|()| 0)),
    ("build",       || build::run().and_then(|()| build::print_sizes()).map(|()| 0)),
    ("lint",        lint),
    ("native",      native),
    ("coverage",    || coverage::print().map(|()| 0)),
    ("in browsers", in_browsers),
];

/// The later steps depend on these.
const FIRST: [&str; 2] = ["setup", "build"];

/// Runs all steps, so that a failure of the linter doesn't hide a failing test, and prints a one-line summary.
pub fn run() -> Result<()> {
    let start = Instant::now();
    let (mut passed, mut done, mut failed) = (0, Vec::new(), Vec::new());
    for (name, step) in STEPS {
        println!("\n==> {name}");
        let step_start = Instant::now();
        match step() {
            Ok(tests) => {
                passed += tests;
                done.push(format!("{name} {} s", step_start.elapsed().as_secs()));
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

fn lint() -> Result<usize> {
    lint::sources(MissingTool::Tell)?;
    lint::extension(MissingTool::Tell).map(|()| 0)
}

fn native() -> Result<usize> {
    let product = tests(&["--workspace", "--exclude", "xtask"])?;
    Ok(product + tests(&["--package", "xtask", "--lib", "--bins"])?)
}

fn tests(selection: &[&str]) -> Result<usize> {
    libtest::run(selection, &[], print)?.all_passed()
}

fn in_browsers() -> Result<usize> {
    let drivers = tests(&DRIVE)?;
    let report = libtest::run(&E2E, &["--test-threads", &parallel_tests().to_string()], print)?;
    if !flaky::repeats_failures() {
        return Ok(drivers + report.all_passed()?);
    }
    let passes = |name: &str| Ok(libtest::run(&E2E, &[name, "--exact"], print)?.failed.is_empty());
    let verdict = flaky::judge(report.failed, passes, |failure| {
        println!("FLAKY {}", failure.name);
        failure.log.iter().for_each(|line| println!("{line}"));
    })?;
    Ok(drivers + report.passed + verdict.accept()?)
}

/// Two tests for each core. A test waits for half of its time: for a time limit of the page's, a poll, or a reconnect.
fn parallel_tests() -> usize {
    2 * thread::available_parallelism().map_or(1, NonZero::get)
}

fn print(line: &str) {
    println!("{line}");
}
