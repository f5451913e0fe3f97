//! The checksums of a release's files, as `sha256sum --check` reads them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::files;

pub const FILE: &str = "SHA256SUMS";

/// Writes the file for all files in the folder.
pub fn write(folder: &Path) -> Result<()> {
    let mut sums = String::new();
    for path in files(folder)? {
        let name = path.file_name().and_then(|name| name.to_str()).context("a file of a release has a name")?;
        sums.push_str(&format!("{}  {name}\n", sum(&fs::read(&path)?)));
    }
    Ok(fs::write(folder.join(FILE), sums)?)
}

/// The files of a folder, in order of their names.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    Ok(files::files(folder)?.into_iter().map(|file| folder.join(file)).collect())
}

/// The SHA-256 of bytes, in hexadecimal digits.
pub fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_its_line() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("b.zip"), "abc").unwrap();
        fs::write(folder.path().join("a.zip"), "").unwrap();
        write(folder.path()).unwrap();
        // The two best known sums: of nothing and of `abc` (FIPS 180-4).
        let expected = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.zip\n\
                        ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b.zip\n";
        assert_eq!(fs::read_to_string(folder.path().join(FILE)).unwrap(), expected);
    }
}
