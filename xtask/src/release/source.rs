//! The source archive: the files of the last commit in git. Reviewers of an add-on store build the extension from it.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use flate2::{Compression, GzBuilder};

use crate::sh;

/// The folder in the archive.
const PREFIX: &str = "upscope-inspector/";

/// Writes it. The times are those of the commit, and the compression is our own, so the bytes depend on the commit
/// only.
pub fn write(target: &Path) -> Result<()> {
    write_compressed(target, Compression::best())
}

fn write_compressed(target: &Path, compression: Compression) -> Result<()> {
    let git = sh::find(&["git"]).context("the source archive needs git")?;
    // A person's own configuration may change line endings and permissions.
    let fixed = ["-c", "core.autocrlf=false", "-c", "tar.umask=0022"];
    let mut child = Command::new(git)
        .args(fixed)
        .args(["archive", "--format=tar", "--prefix", PREFIX, "HEAD"])
        .current_dir(sh::root())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut tar = child.stdout.take().context("stdout is piped")?;
    let file = File::create(target).with_context(|| format!("cannot write {}", target.display()))?;
    // The header has no time and no name.
    let mut gzip = GzBuilder::new().write(file, compression);
    std::io::copy(&mut tar, &mut gzip)?;
    gzip.finish()?;
    ensure!(child.wait()?.success(), "git archive failed");
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;

    use super::*;

    #[test]
    fn it_has_what_a_build_needs_and_no_time_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("source.tar.gz");
        write_compressed(&path, Compression::none()).unwrap();
        let bytes = std::fs::read(path).unwrap();
        // The time and the system in the header of gzip (RFC 1952): not known.
        assert_eq!((&bytes[4..8], bytes[9]), ([0; 4].as_slice(), 255));
        let mut tar = Vec::new();
        GzDecoder::new(bytes.as_slice()).read_to_end(&mut tar).unwrap();
        for file in ["Cargo.lock", "Cargo.toml", "xtask/src/main.rs", "extension/page/probe.js"] {
            let name = format!("{PREFIX}{file}\0");
            assert!(tar.windows(name.len()).any(|window| window == name.as_bytes()), "{file}");
        }
    }
}
