//! `record`: visits pages in a browser and writes their recording.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use inspector_core::recording::file;

use crate::arguments::RecordArguments;
use crate::visit::{self, Outcome};

/// Records, and returns the exit code.
///
/// # Errors
/// If a page or a step fails, or the file can't be written. The recording until then is written anyway.
pub fn run(arguments: &RecordArguments) -> Result<u8> {
    let stay = Duration::from_secs_f64(arguments.stay);
    let outcome = visit::run(&arguments.visit, &|_, since| since >= stay)?;
    write(&outcome, &arguments.out, arguments.mask)?;
    finish(outcome)?;
    Ok(0)
}

/// Writes a recording that the extension opens. A recording that contained a secret counts as masked, so that no
/// verdict relies on its texts.
///
/// # Errors
/// If the file can't be written.
pub fn write(outcome: &Outcome, out: &Path, mask: bool) -> Result<()> {
    let timeline = outcome.recorder.timeline();
    let hidden = outcome.secrets.hide_recording(timeline, outcome.at)?;
    let text = match &hidden {
        Some(hidden) if !mask => file::write_masked(hidden, outcome.at),
        Some(hidden) => file::write(hidden, outcome.at, true),
        None => file::write(timeline, outcome.at, mask),
    };
    fs::write(out, text).with_context(|| out.display().to_string())
}

/// Prints what exceeded the time limit.
///
/// # Errors
/// The error of the page or the step.
pub fn finish(outcome: Outcome) -> Result<()> {
    outcome.notes.iter().for_each(|note| eprintln!("note: {note}"));
    outcome.failure.map_or(Ok(()), Err)
}
