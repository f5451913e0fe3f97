//! `check`: judges recordings by a file of expectations.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use inspector_core::expectations::{self, Expectations, Outcome, Recorded, judge};
use inspector_core::recording::replay::replay;

use crate::arguments::{CheckArguments, VerdictArguments};
use crate::exit_code::{COULD_NOT_RUN, NOT_MET};
use crate::report::{RecordingReport, Report, SCHEMA, Summary, Writer};
use crate::secrets::Secrets;
use crate::{format, output, recording};

/// Prints the verdicts and returns the exit code.
///
/// # Errors
/// If a file can't be read.
pub fn run(arguments: &CheckArguments) -> Result<u8> {
    let expectations = read_expectations(&arguments.expect)?;
    let recordings = arguments.recordings.iter().map(|path| check(path, &expectations, arguments.verdicts.mask));
    print(&arguments.expect, recordings.collect::<Result<_>>()?, &arguments.verdicts)
}

/// Prints the verdicts on recordings by the file `expect`, and returns the exit code.
///
/// # Errors
/// If a format can't be written.
pub fn print(expect: &Path, recordings: Vec<RecordingReport>, arguments: &VerdictArguments) -> Result<u8> {
    let summary = summarize(&recordings);
    let code = exit_code(&summary, arguments.allow_unknown);
    let expectations = expect.display().to_string();
    let report = Report { schema: SCHEMA, expectations, recordings, summary };
    output::print(&format::write(&report, arguments.format, arguments.allow_unknown)?)?;
    Ok(code)
}

/// Reads a file of expectations.
///
/// # Errors
/// The first error, with its line and column.
pub fn read_expectations(path: &Path) -> Result<Expectations> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let is_toml = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
    let format = if is_toml { expectations::Format::Toml } else { expectations::Format::Json };
    match expectations::read(&text, format) {
        Ok(expectations) => Ok(expectations),
        Err(error) => bail!("{}:{}:{}: {}", path.display(), error.line, error.column, error.message),
    }
}

fn check(path: &Path, expectations: &Expectations, mask: bool) -> Result<RecordingReport> {
    let recording = recording::read(path)?;
    let history = replay(&recording.timeline);
    let timeline = &recording.timeline;
    let judged = judge(expectations, &Recorded::ended(timeline, &history, recording.at, recording.masked));
    Ok(Writer::new(timeline, mask, &Secrets::default()).recording(path.display().to_string(), &judged))
}

/// Each expectation with its most severe outcome. A recording that didn't judge it counts only if no other one did.
pub fn summarize(recordings: &[RecordingReport]) -> Vec<Summary> {
    let Some(first) = recordings.first() else { return vec![] };
    let names = first.expectations.iter().enumerate();
    let gravest = |at: usize| recordings.iter().map(|recording| recording.expectations[at].outcome).min();
    let summary = names.map(|(at, expectation)| Summary {
        name: expectation.name.clone(),
        outcome: gravest(at).unwrap_or(Outcome::NotVisited),
    });
    summary.collect()
}

/// The exit code of the command.
pub fn exit_code(summary: &[Summary], allow_unknown: bool) -> u8 {
    let any = |outcomes: &[Outcome]| summary.iter().any(|one| outcomes.contains(&one.outcome));
    let is_unknown = any(&[Outcome::CannotBeKnown, Outcome::NotYet, Outcome::NotJudged]);
    // The recordings contain no page that the expectation applies to.
    let is_unvisited = !is_unknown && !any(&[Outcome::Met]);
    if any(&[Outcome::NotMet]) {
        NOT_MET
    } else if is_unvisited || (is_unknown && !allow_unknown) {
        COULD_NOT_RUN
    } else {
        0
    }
}
