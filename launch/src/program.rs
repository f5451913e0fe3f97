//! Finds programs.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

/// A browser, or another program.
pub struct Program {
    /// The environment variable that may name it.
    pub variable: &'static str,
    /// Its usual names, or paths.
    pub names: &'static [&'static str],
    /// How to get it.
    pub install: &'static str,
}

pub const CHROMIUM: Program = Program {
    variable: "CHROMIUM",
    names: &[
        "chromium",
        "chromium-browser",
        "google-chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ],
    install: "install Chromium (Debian: apt-get install chromium)",
};

pub const FIREFOX: Program = Program {
    variable: "FIREFOX",
    names: &["firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"],
    install: "install Firefox (Debian: apt-get install firefox-esr)",
};

impl Program {
    /// The path of the program that the variable names, or else of the first of its names on `PATH`.
    ///
    /// # Errors
    /// If there is none, with what to install.
    pub fn find(&self) -> Result<PathBuf> {
        let variable = self.variable;
        if let Some(set) = env::var_os(variable).filter(|set| !set.is_empty()) {
            return match which::which(&set) {
                Ok(path) => Ok(path),
                Err(_) => bail!("{variable} names {}, which is no program", set.display()),
            };
        }
        self.names.iter().find_map(|name| which::which(name).ok()).with_context(|| {
            let names = self.names.iter().filter(|name| !name.contains('/')).copied().collect::<Vec<_>>().join(", ");
            format!("found none of {names} on PATH: {}, or set {variable} to the program's path", self.install)
        })
    }
}
