//! Firefox's startup cache: its own scripts, compiled. A fresh profile has none, and a start spends more than a third of
//! its time on making it. So one start makes it for all, in a profile without the extension, and each profile gets a copy.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, Result};
use serde_json::json;
use tempfile::TempDir;

use super::{Options, start};
use crate::{build, sh};

const CACHE: &str = "startupCache";
/// Names the installation that made the cache: Firefox removes the cache of another one, or of an older version.
const MADE_BY: &str = "compatibility.ini";

/// One at a time makes the cache.
static MAKING: Mutex<()> = Mutex::new(());

/// Puts the cache of this program into a new profile.
pub fn up(program: &Path, profile: &Path) -> Result<()> {
    let kept = kept(program)?;
    let alone = MAKING.lock().unwrap_or_else(|broken| broken.into_inner());
    if !kept.is_dir() {
        make(program, &kept).context("making Firefox's startup cache")?;
    }
    drop(alone);
    build::copy(&kept, profile)
}

/// The folder that keeps the cache of this program, by the program's place and age.
fn kept(program: &Path) -> Result<PathBuf> {
    let real = program.canonicalize()?;
    let mut hasher = DefaultHasher::new();
    (&real, real.metadata()?.modified()?).hash(&mut hasher);
    Ok(sh::root().join(format!("target/drive/firefox-{:016x}", hasher.finish())))
}

/// Starts the program on an empty profile, and quits it when the start is over: it writes its cache then.
fn make(program: &Path, kept: &Path) -> Result<()> {
    let profile = TempDir::with_prefix("drive-firefox-")?;
    let (mut process, shared) = start(program, profile, &Options::new(""), None)?;
    // Over when the last task that waited for an idle moment is done.
    shared.chrome("return gBrowserInit.idleTasksFinished?.promise.then(() => null)", json!([]))?;
    // The answer may be lost with the connection: the end of the process is what counts.
    let _ = shared.call("Marionette:Quit", json!({ "flags": ["eAttemptQuit"] }));
    process.wait_for_end(super::LIMIT)?;
    let folder = kept.parent().context("the cache is kept in a folder")?;
    fs::create_dir_all(folder)?;
    let made = TempDir::new_in(folder)?;
    build::copy(&process.profile().join(CACHE), &made.path().join(CACHE))?;
    fs::copy(process.profile().join(MADE_BY), made.path().join(MADE_BY))?;
    // Whole or not at all. Another process may have been first with the same.
    match fs::rename(made.path(), kept) {
        Err(error) if !kept.is_dir() => Err(error).context("keeping it"),
        _ => Ok(()),
    }
}
