//! Folders of files, for the build, the linters and the browsers' profiles.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use walkdir::{DirEntry, WalkDir};

/// Copies all files in a folder, except dot files.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    for file in files(from)? {
        let target = to.join(&file);
        fs::create_dir_all(target.parent().expect("a file below `to`"))?;
        fs::copy(from.join(&file), &target).with_context(|| format!("cannot copy {}", file.display()))?;
    }
    Ok(())
}

/// All files in a folder, as sorted relative paths. Dot files belong to editors or the system and are omitted.
pub fn files(dir: &Path) -> Result<Vec<PathBuf>> {
    let is_hidden = |entry: &DirEntry| entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
    let mut found = Vec::new();
    for entry in WalkDir::new(dir).into_iter().filter_entry(|entry| !is_hidden(entry)) {
        let entry = entry?;
        if !entry.file_type().is_dir() {
            found.push(entry.path().strip_prefix(dir)?.to_owned());
        }
    }
    found.sort();
    Ok(found)
}

/// A relative path with slashes, as in ZIP files and manifests.
pub fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
