//! How Firefox is started for WebDriver BiDi.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{FIREFOX, FIREFOX_ENVIRONMENT, FIREFOX_PREFERENCES};

/// The file in a profile in which Firefox writes its port.
pub const PORT_FILE: &str = "WebDriverBiDiServer.json";

/// The path of the socket that starts a session.
pub const SESSION_PATH: &str = "/session";

/// A Firefox that waits for a client, without a window and without a page, with this new profile. The preferences are
/// written to the profile.
///
/// # Errors
/// If there is no Firefox, or the profile can't be written.
pub fn command(profile: &Path) -> Result<Command> {
    let mut command = headless(profile)?;
    command.args(["--remote-debugging-port", "0", "about:blank"]);
    Ok(command)
}

/// The same without a port for a client, and without a page.
///
/// # Errors
/// If there is no Firefox, or the profile can't be written.
pub fn headless(profile: &Path) -> Result<Command> {
    std::fs::write(profile.join("user.js"), FIREFOX_PREFERENCES).context("writing the profile")?;
    let mut command = Command::new(FIREFOX.find()?);
    command.envs(FIREFOX_ENVIRONMENT).args(["-headless", "-no-remote", "-profile"]).arg(profile);
    command.args(["-width", "1280", "-height", "900"]);
    Ok(command)
}

/// Reads [`PORT_FILE`]: the port, once the file is written.
pub fn read_port(file: &str) -> Option<u16> {
    let file: Value = serde_json::from_str(file).ok()?;
    file["ws_port"].as_u64()?.try_into().ok()
}
