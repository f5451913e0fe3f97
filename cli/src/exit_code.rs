//! The exit codes of the commands.

/// An expectation is not met.
pub const NOT_MET: u8 = 1;

/// The command could not run. This is also clap's exit code for wrong arguments.
pub const COULD_NOT_RUN: u8 = 2;

/// `Ctrl+C` ended the command: 128 and the number of SIGINT, as of a shell.
#[cfg(unix)]
pub const INTERRUPTED: u8 = 130;
