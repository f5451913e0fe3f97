//! `cargo xtask release`: the files of a release in `dist/release/`, from a commit that passed the checks. The same
//! commit and compiler make the same bytes on every machine (docs/release.md).

mod again;
mod git;
mod notes;
mod sbom;
mod source;
mod sums;

use std::fs;

use anyhow::{Result, ensure};
use serde::Deserialize;

use crate::missing_tool::MissingTool;
use crate::{build, lint, setup, sh};

/// The stores that get the extension. All get the same bytes.
const STORES: [&str; 2] = ["chrome-edge", "firefox"];

/// Writes the files of the release of `Cargo.toml`'s version. A draft is for review: it is built from the current
/// working tree, without the checks and without a second build.
///
/// # Errors
/// If the commit isn't fit for a release, or a check fails.
pub fn run(is_draft: bool) -> Result<()> {
    let version = build::version()?;
    let changes = fs::read_to_string(sh::root().join("CHANGELOG.md"))?;
    let notes = match is_draft {
        true => notes::section(&changes, &version).or_else(|_| notes::section(&changes, notes::UNRELEASED))?,
        false => notes::section(&changes, &version)?,
    };
    if !is_draft {
        ensure_committed()?;
        ensure_compiler()?;
        lint::sources(MissingTool::Fail)?;
    }
    build::run()?;
    if !is_draft {
        lint::extension(MissingTool::Fail)?;
        again::compare()?;
    }
    write(&version, &notes)
}

fn write(version: &str, notes: &str) -> Result<()> {
    let folder = build::dist().join("release");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let file = |what: &str| folder.join(format!("upscope-inspector-{version}-{what}"));
    for store in STORES {
        fs::copy(build::zip_path()?, file(&format!("{store}.zip")))?;
    }
    source::write(&file("source.tar.gz"))?;
    sbom::write(&file("sbom.cdx.json"), version)?;
    fs::copy(build::extension_dir().join(build::NOTICES), file("notices.txt"))?;
    fs::write(file("notes.md"), notes)?;
    sums::write(&folder)?;
    println!("\n{}", fs::read_to_string(folder.join(sums::FILE))?);
    Ok(())
}

/// A change that isn't committed would be in the extension and not in the source archive.
fn ensure_committed() -> Result<()> {
    let changed = git::run(&["status", "--porcelain"])?;
    ensure!(changed.is_empty(), "commit or undo these changes first:\n{changed}");
    Ok(())
}

/// Another compiler makes other bytes.
fn ensure_compiler() -> Result<()> {
    let (wanted, here) = (wanted_compiler()?, setup::compiler("release")?);
    ensure!(here == wanted, "a release is built with Rust {wanted} (rust-toolchain.toml), and this is {here}");
    Ok(())
}

/// The version in `rust-toolchain.toml`.
fn wanted_compiler() -> Result<String> {
    #[derive(Deserialize)]
    struct File {
        toolchain: Toolchain,
    }
    #[derive(Deserialize)]
    struct Toolchain {
        channel: String,
    }
    let file: File = toml::from_str(&fs::read_to_string(sh::root().join("rust-toolchain.toml"))?)?;
    Ok(file.toolchain.channel)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiler_of_releases_is_one_exact_version_that_the_package_allows() {
        let manifest = fs::read_to_string(sh::root().join("Cargo.toml")).unwrap();
        let manifest: toml::Table = toml::from_str(&manifest).unwrap();
        let least = manifest["package"]["rust-version"].as_str().unwrap();
        let numbers = |version: &str| version.split('.').map(|part| part.parse::<u32>().unwrap()).collect::<Vec<_>>();
        let wanted = numbers(&wanted_compiler().unwrap());
        assert_eq!(wanted.len(), 3, "a channel such as `stable` moves");
        assert!(wanted >= numbers(least));
    }
}
