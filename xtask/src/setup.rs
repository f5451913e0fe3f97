//! Installs what the other tasks need, or reports what is missing. If everything is installed, each check only reads a
//! few files.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use inspector_launch::{CHROMIUM, FIREFOX, Program};

use crate::drive::{Kind, Screen};
use crate::{npm, sh};

/// The target triple of the programs.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// A browser for the end-to-end tests and the demo.
struct Browser {
    kind: Kind,
    program: Program,
    /// The Debian package.
    package: &'static str,
    elsewhere: &'static str,
}

const BROWSERS: [Browser; 2] = [
    Browser {
        kind: Kind::Chromium,
        program: CHROMIUM,
        package: "chromium",
        elsewhere: "Chromium 123 or later, on PATH or named by CHROMIUM=<program>",
    },
    Browser {
        kind: Kind::Firefox,
        program: FIREFOX,
        package: "firefox-esr",
        elsewhere: "Firefox 140 or later, on PATH or named by FIREFOX=<program>",
    },
];

/// The driver with which Selenium drives Chromium.
pub const CHROMEDRIVER: Program = Program {
    variable: "CHROMEDRIVER",
    names: &["chromedriver"],
    install: "install ChromeDriver (Debian: apt-get install chromium-driver)",
};

/// Everything for all tasks.
pub fn everything() -> Result<()> {
    for_build()?;
    for_lint()?;
    for_browsers()?;
    for_screen()?;
    for_checks()
}

/// The standard library for wasm.
pub fn for_build() -> Result<()> {
    if sysroot()?.join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    rustup(&["target", "add", TARGET])
}

/// rustfmt and clippy, which rustup's minimal profile lacks.
pub fn for_lint() -> Result<()> {
    let programs = sysroot()?.join("bin");
    let missing = |program: &str| !programs.join(program).with_extension(env::consts::EXE_EXTENSION).exists();
    match missing("rustfmt") || missing("cargo-clippy") {
        true => rustup(&["component", "add", "rustfmt", "clippy"]),
        false => Ok(()),
    }
}

/// Chromium and Firefox.
pub fn for_browsers() -> Result<()> {
    for_kinds(&Kind::ALL)
}

/// The browsers of these kinds.
pub fn for_kinds(wanted: &[Kind]) -> Result<()> {
    let mut missing: Vec<_> = BROWSERS.iter().filter(|browser| wanted.contains(&browser.kind)).collect();
    missing.retain(|browser| browser.program.find().is_err());
    if missing.is_empty() {
        return Ok(());
    }
    if !is_root_on_debian() {
        let wanted: Vec<_> = missing.iter().map(|browser| browser.elsewhere).collect();
        bail!("please install {}", wanted.join(" and "));
    }
    let packages: Vec<_> = missing.iter().map(|browser| browser.package).collect();
    apt_install(&packages)
}

/// The virtual screen for tests that press real keys. Without it they report that they are skipped.
fn for_screen() -> Result<()> {
    if Screen::is_possible() || !is_root_on_debian() { Ok(()) } else { apt_install(&["xvfb", "xdotool"]) }
}

/// The installed browsers.
pub fn browsers_here() -> Vec<Kind> {
    BROWSERS.iter().filter(|browser| browser.program.find().is_ok()).map(|browser| browser.kind).collect()
}

/// What the linters, the accessibility tests and the examples of test suites need. Without it they are skipped with a
/// message.
fn for_checks() -> Result<()> {
    if CHROMEDRIVER.find().is_err() && is_root_on_debian() {
        apt_install(&["chromium-driver"])?;
    }
    npm::PACKAGES.iter().try_for_each(|package| package.folder().map(drop))
}

/// The folder of the compiler.
pub fn sysroot() -> Result<PathBuf> {
    let path = sh::read(rustc().args(["--print", "sysroot"]))?;
    Ok(Path::new(path.trim()).to_owned())
}

/// A property that the compiler reports: `release` or `commit-hash`.
pub fn compiler(fact: &str) -> Result<String> {
    let facts = sh::read(rustc().arg("-vV"))?;
    let value = facts.lines().filter_map(|line| line.split_once(": ")).find(|(name, _)| *name == fact);
    Ok(value.with_context(|| format!("rustc tells no {fact}"))?.1.to_owned())
}

fn rustc() -> Command {
    let mut rustc = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    rustc.current_dir(sh::root());
    rustc
}

fn rustup(args: &[&str]) -> Result<()> {
    let what = args.join(" ");
    let rustup =
        sh::find(&["rustup"]).with_context(|| format!("no rustup here: please do what `rustup {what}` would do"))?;
    sh::run(Command::new(rustup).args(args).current_dir(sh::root()))
}

/// Ubuntu is excluded: its `chromium` package is a snap, which doesn't run in containers.
fn is_root_on_debian() -> bool {
    let debian =
        fs::read_to_string("/etc/os-release").is_ok_and(|release| release.lines().any(|line| line == "ID=debian"));
    debian && sh::read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn apt_install(packages: &[&str]) -> Result<()> {
    let apt = || {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").arg("--quiet");
        apt
    };
    sh::run(apt().arg("update"))?;
    sh::run(apt().args(["install", "--yes", "--no-install-recommends"]).args(packages))
}
