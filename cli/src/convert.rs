//! `convert`: writes a test suite's recording as a file that the extension opens.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use inspector_core::recording::file;

use crate::recording;

/// Writes `recording` to `out` in the extension's format.
///
/// # Errors
/// If a file can't be read or written.
pub fn run(recording: &Path, out: &Path, mask: bool) -> Result<()> {
    let recording = recording::read(recording)?;
    let text = file::write(&recording.timeline, recording.at, mask || recording.masked);
    fs::write(out, text).with_context(|| out.display().to_string())
}
