//! The ZIP file for the stores. It is reproducible: names are sorted, and there are no times or owners.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::files;

/// Compresses all files in `dir`, with paths relative to it.
pub fn zip(dir: &Path, target: &Path) -> Result<()> {
    let file = File::create(target).with_context(|| format!("cannot write {}", target.display()))?;
    let mut zip = ZipWriter::new(file);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for path in files::files(dir)? {
        zip.start_file(files::slashed(&path), options)?;
        zip.write_all(&fs::read(dir.join(&path))?)?;
    }
    zip.finish()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_files_give_the_same_bytes_whatever_their_order_and_age() {
        let zipped = |names: [&str; 3]| {
            let dir = tempfile::tempdir().unwrap();
            let source = dir.path().join("source");
            fs::create_dir_all(source.join("b")).unwrap();
            for (age, name) in names.iter().enumerate() {
                let path = source.join(name);
                fs::write(&path, name).unwrap();
                let written = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000 * (1 + age as u64));
                File::options().write(true).open(&path).unwrap().set_modified(written).unwrap();
            }
            let target = dir.path().join("out.zip");
            zip(&source, &target).unwrap();
            fs::read(target).unwrap()
        };
        assert_eq!(zipped(["a", "b/c", "d"]), zipped(["d", "b/c", "a"]));
    }
}
