//! A second build of the same commit, in another folder. Both must produce the same bytes.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::git;
use crate::files::files;
use crate::{build, sh};

/// Builds a clone of the last commit in a temporary folder, and compares it with the build here.
///
/// # Errors
/// With the files that differ.
pub fn compare() -> Result<()> {
    let folder = tempfile::Builder::new().prefix("upscope-inspector-again-").tempdir()?;
    let clone = folder.path().join("clone");
    let target = clone.to_str().context("the temporary folder's name is no UTF-8")?;
    git::run(&["clone", "--quiet", ".", target])?;
    println!("\n==> the same build in {target}");
    // The variables of this cargo run would make it build here again.
    let mut cargo = sh::cargo();
    cargo.current_dir(&clone).env_remove("CARGO_TARGET_DIR").args(["xtask", "build"]);
    sh::run(&mut cargo)?;
    let differing = differing(&build::extension_dir(), &clone.join("dist/extension"))?;
    ensure!(differing.is_empty(), "two builds of the same commit differ in {differing:?}");
    let zip = build::zip_path()?;
    let other = clone.join("dist").join(zip.file_name().context("the ZIP file has a name")?);
    ensure!(fs::read(&zip)? == fs::read(other)?, "two builds of the same commit differ in the ZIP file only");
    Ok(())
}

/// The files that are not the same in two folders, or only in one.
fn differing(one: &Path, other: &Path) -> Result<Vec<PathBuf>> {
    let mut all: BTreeSet<_> = files(one)?.into_iter().collect();
    all.extend(files(other)?);
    let read = |folder: &Path, file: &Path| fs::read(folder.join(file)).ok();
    all.retain(|file| read(one, file) != read(other, file));
    Ok(all.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_a_new_and_a_missing_file_differ() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("one/same", "a");
        write("two/same", "a");
        write("one/changed", "a");
        write("two/changed", "b");
        write("one/gone", "");
        write("two/deep/new", "");
        let found = differing(&folder.path().join("one"), &folder.path().join("two")).unwrap();
        assert_eq!(found, ["changed", "deep/new", "gone"].map(PathBuf::from));
    }
}
