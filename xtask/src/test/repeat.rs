//! `cargo xtask test --repeat=N`: repeats end-to-end tests to find flaky ones.

use std::fmt;
use std::hint::black_box;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};

use super::libtest;
use crate::{build, setup, sh};

/// The selection of `cargo test` for the end-to-end tests.
pub const E2E: [&str; 4] = ["--package", "xtask", "--test", "e2e"];

/// The results of one test.
#[derive(Debug, Default, PartialEq)]
struct Tally {
    name: String,
    runs: usize,
    failures: usize,
    slowest: Duration,
}

/// Runs each end-to-end test whose name contains `filter` `times` times, separately. Failures are not repeated.
///
/// # Errors
/// If a run failed.
pub fn run(times: NonZeroUsize, is_under_load: bool, filter: &str) -> Result<()> {
    setup::everything()?;
    build::run()?;
    let mut tallies: Vec<Tally> = names(filter)?.into_iter().map(|name| Tally { name, ..Tally::default() }).collect();
    let load = is_under_load.then(Load::start);
    for round in 1..=times.get() {
        println!("\n==> round {round} of {times}");
        for tally in &mut tallies {
            tally.run_once()?;
        }
    }
    drop(load);
    println!("\n runs  failures  slowest  test");
    tallies.iter().for_each(|tally| println!("{tally}"));
    let failed = tallies.iter().filter(|tally| tally.failures > 0).count();
    if failed > 0 {
        bail!("{failed} of {} tests failed in some run", tallies.len());
    }
    Ok(())
}

/// The names of the tests that contain `filter`.
fn names(filter: &str) -> Result<Vec<String>> {
    let list = sh::read(sh::cargo().arg("test").args(E2E).args(["--", "--list", filter]))?;
    let names: Vec<_> = list.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect();
    ensure!(!names.is_empty(), "no end-to-end test's name contains {filter:?}");
    Ok(names)
}

impl Tally {
    fn run_once(&mut self) -> Result<()> {
        let start = Instant::now();
        let report = libtest::run(&E2E, &[&self.name, "--exact"], |_| {})?;
        let took = start.elapsed();
        self.count(report.failed.is_empty(), took);
        let outcome = if report.failed.is_empty() { "ok" } else { "FAILED" };
        println!("{} ... {outcome} ({:.1} s)", self.name, took.as_secs_f64());
        report.failed.iter().flat_map(|failure| &failure.log).for_each(|line| println!("{line}"));
        Ok(())
    }

    fn count(&mut self, has_passed: bool, took: Duration) {
        self.runs += 1;
        self.failures += usize::from(!has_passed);
        self.slowest = self.slowest.max(took);
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally { name, runs, failures, slowest } = self;
        write!(formatter, "{runs:5}  {failures:8}  {:5.1} s  {name}", slowest.as_secs_f64())
    }
}

/// A busy loop on each core, until it is dropped.
struct Load {
    is_over: Arc<AtomicBool>,
    loops: Vec<JoinHandle<()>>,
}

impl Load {
    fn start() -> Load {
        let is_over = Arc::new(AtomicBool::new(false));
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let busy = |_| {
            let is_over = is_over.clone();
            thread::spawn(move || {
                let mut count = 0u64;
                while !is_over.load(Ordering::Relaxed) {
                    count = black_box(count.wrapping_add(1));
                }
            })
        };
        let loops = (0..cores).map(busy).collect();
        Load { is_over, loops }
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        for one in self.loops.drain(..) {
            // It only counts, so it doesn't panic.
            let _ = one.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tally_counts_runs_and_failures_and_keeps_the_slowest() {
        let mut tally = Tally { name: "a::firefox".into(), ..Tally::default() };
        tally.count(true, Duration::from_secs(2));
        tally.count(false, Duration::from_millis(12_340));
        tally.count(true, Duration::from_secs(3));
        assert_eq!(tally.to_string(), "    3         1   12.3 s  a::firefox");
    }

    #[test]
    fn the_load_ends_with_its_owner() {
        let load = Load::start();
        let is_over = load.is_over.clone();
        assert!(!load.loops.is_empty());
        drop(load);
        // All loops have ended, so nobody else has a reference.
        assert_eq!((Arc::strong_count(&is_over), is_over.load(Ordering::Relaxed)), (1, true));
    }
}
