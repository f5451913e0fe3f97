//! Starts Chromium and Firefox with a new profile, and speaks their protocols: for the end-to-end tests, and for the
//! commands that visit pages. On Unix only, because a browser is ended with its process group.

pub mod chromium;
pub mod connection;
pub mod firefox;
pub mod process;
mod program;
mod wait;

pub use connection::Connection;
pub use process::Process;
pub use program::{CHROMIUM, FIREFOX, Program};
pub use wait::wait;

/// Flags for every driven Chromium: it makes hardly any background requests, and writes the port of its protocol to its
/// profile.
pub const CHROMIUM_FLAGS: [&str; 12] = [
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    // Suggestions of the address bar preload web pages, which takes a third of each start. The others ask Google for the
    // time and for hints on pages.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,NetworkTimeServiceQuerying,OptimizationHints",
    // Otherwise a crash handler outlives the browser in another process group.
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--remote-debugging-port=0",
    "--password-store=basic",
];

/// The file in a profile in which Chromium writes its port.
pub const CHROMIUM_PORT_FILE: &str = "DevToolsActivePort";

/// Preferences for every driven Firefox, as a `user.js`: no first-run pages and no background requests.
pub const FIREFOX_PREFERENCES: &str = include_str!("user.js");

/// The environment of every driven Firefox.
pub const FIREFOX_ENVIRONMENT: [(&str, &str); 2] = [
    // The crash reporter's helper would outlive the browser.
    ("MOZ_CRASHREPORTER_DISABLE", "1"),
    // Otherwise a release ignores the preference that turns off remote settings.
    ("MOZ_REMOTE_SETTINGS_DEVTOOLS", "1"),
];

/// Reads [`CHROMIUM_PORT_FILE`]: the port and the path of the browser's socket, once both lines are written.
pub fn read_chromium_port(file: &str) -> Option<(u16, String)> {
    let (port, path) = file.split_once('\n')?;
    path.starts_with("/devtools/browser/").then(|| Some((port.parse().ok()?, path.trim().to_owned())))?
}
