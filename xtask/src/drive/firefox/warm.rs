//! Firefox's startup cache with its compiled scripts. A new profile has none, and creating it takes more than a third
//! of a start. Therefore one start creates it in a profile without the extension, and each profile gets a copy.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, Result};
use serde_json::json;
use tempfile::TempDir;

use super::{Options, start};
use crate::{files, sh};

const CACHE: &str = "startupCache";
/// Names the installation that created the cache. Firefox removes the cache of another installation or version.
const MADE_BY: &str = "compatibility.ini";

/// Only one thread creates the cache.
static MAKING: Mutex<()> = Mutex::new(());

/// Copies the cache of this program to a new profile.
pub fn up(program: &Path, profile: &Path) -> Result<()> {
    let kept = kept(program)?;
    let alone = MAKING.lock().unwrap_or_else(|broken| broken.into_inner());
    if !kept.is_dir() {
        make(program, &kept).context("making Firefox's startup cache")?;
    }
    drop(alone);
    files::copy(&kept, profile)
}

/// The folder with the cache of this program, by the program's path and time.
fn kept(program: &Path) -> Result<PathBuf> {
    let real = program.canonicalize()?;
    let mut hasher = DefaultHasher::new();
    (&real, real.metadata()?.modified()?).hash(&mut hasher);
    Ok(sh::root().join(format!("target/drive/firefox-{:016x}", hasher.finish())))
}

/// Starts the program with an empty profile and quits it after the start, when it writes its cache.
fn make(program: &Path, kept: &Path) -> Result<()> {
    let profile = TempDir::with_prefix("drive-firefox-")?;
    let (mut process, shared) = start(program, profile, &Options::new(""), None)?;
    // The start is complete when the last idle task has run.
    shared.chrome("return gBrowserInit.idleTasksFinished?.promise.then(() => null)", json!([]))?;
    shared.quit(&mut process)?;
    let folder = kept.parent().context("the cache is kept in a folder")?;
    fs::create_dir_all(folder)?;
    let made = TempDir::new_in(folder)?;
    files::copy(&process.profile().join(CACHE), &made.path().join(CACHE))?;
    fs::copy(process.profile().join(MADE_BY), made.path().join(MADE_BY))?;
    // Renaming is atomic. Another process may have created the same cache before.
    match fs::rename(made.path(), kept) {
        Err(error) if !kept.is_dir() => Err(error).context("keeping it"),
        _ => Ok(()),
    }
}
