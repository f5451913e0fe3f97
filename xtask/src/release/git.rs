//! Git in the repository.

use std::process::Command;

use anyhow::{Context, Result};

use crate::sh;

/// The output of git, run in the repository.
pub fn run(args: &[&str]) -> Result<String> {
    let git = sh::find(&["git"]).context("a release needs git")?;
    sh::read(Command::new(git).args(args).current_dir(sh::root()))
}
