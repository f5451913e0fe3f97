//! How Chromium is started for its DevTools protocol.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::process::is_root;
use crate::{CHROMIUM, CHROMIUM_FLAGS};

/// A Chromium without a window, with this new profile and no page yet.
///
/// # Errors
/// If there is no Chromium.
pub fn headless(profile: &Path) -> Result<Command> {
    let mut command = Command::new(CHROMIUM.find()?);
    command.args(CHROMIUM_FLAGS).arg(format!("--user-data-dir={}", profile.display()));
    command.args(["--headless=new", "--window-size=1280,900"]);
    if is_root() {
        // Otherwise it refuses to start, as root in a container.
        command.arg("--no-sandbox");
    }
    Ok(command)
}
