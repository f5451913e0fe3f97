//! The build: the wasm programs, their glue, the static files and the manifest in one folder that every browser loads
//! unpacked (`dist/extension/`), and its ZIP file for the stores.

mod compile;
mod glue;
mod locales;
mod notices;
mod pack;
mod page;
mod shipped;
mod sizes;
mod split;
mod start;

pub use compile::{FEATURES, PACKAGE};
pub use notices::FILE as NOTICES;
pub use shipped::{Shipped, packages as shipped_packages};

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::files::copy;
use crate::{setup, sh};

/// The folder that Chromium and Firefox load.
pub fn extension_dir() -> PathBuf {
    dist().join("extension")
}

/// The folder for all files that are distributed.
pub fn dist() -> PathBuf {
    sh::root().join("dist")
}

/// Builds the extension folder and its ZIP file.
pub fn run() -> Result<()> {
    build(true)
}

/// The same without lazy parts, in case the splitter fails with a new compiler.
pub fn run_unsplit() -> Result<()> {
    build(false)
}

fn build(split: bool) -> Result<()> {
    setup::for_build()?;
    let compiled = compile::run(split)?;
    fs::create_dir_all(dist())?;
    // Assembled in a temporary folder and renamed at the end. A build that fails leaves the previous folder unchanged,
    // and a browser that reloads meanwhile never sees an incomplete one.
    let staging = tempfile::Builder::new().prefix(".extension-").tempdir_in(dist())?;
    assemble(&compiled, split, staging.path())?;
    replace(staging, &extension_dir())?;
    pack()
}

/// Prints the sizes of the last build.
pub fn print_sizes() -> Result<()> {
    sizes::print(&extension_dir(), &zip_path()?)
}

/// The sizes of the last build in bytes, by row.
pub fn size_rows() -> Result<Value> {
    sizes::rows(&extension_dir(), &zip_path()?)
}

/// Writes the ZIP file of the current extension folder.
pub fn pack() -> Result<()> {
    let zip = zip_path()?;
    for entry in fs::read_dir(dist())? {
        let old = entry?.path();
        if old.extension().is_some_and(|kind| kind == "zip") {
            fs::remove_file(old)?;
        }
    }
    pack::zip(&extension_dir(), &zip)
}

fn assemble(compiled: &compile::CompiledPrograms, split: bool, to: &Path) -> Result<()> {
    let root = sh::root();
    copy(&root.join("extension"), to)?;
    locales::compact(&to.join("_locales"))?;
    locales::list(to)?;
    page::assemble(&to.join("page"))?;
    start::assemble(to)?;
    copy(&root.join("assets/icons"), &to.join("icons"))?;
    fs::copy(&compiled.manifest, to.join("manifest.json"))?;
    notices::write(to)?;
    for wasm in &compiled.wasm {
        program(wasm, split, &to.join("wasm"))?;
    }
    Ok(())
}

/// Writes a program, its glue and its lazy parts to a folder of its name.
fn program(wasm: &Path, split: bool, to: &Path) -> Result<()> {
    let name = wasm.file_stem().and_then(|stem| stem.to_str()).context("a wasm without a name")?;
    let folder = to.join(name);
    fs::create_dir_all(&folder)?;
    let bytes = fs::read(wasm)?;
    let main = match split {
        true => split::write(name, &bytes, &folder)?,
        false => {
            // The pages preload it.
            fs::write(folder.join(split::loader(name)), "")?;
            bytes
        }
    };
    glue::write(name, main, &folder)
}

/// `dist/upscope-inspector-<version>.zip`, with the version of the built manifest.
pub fn zip_path() -> Result<PathBuf> {
    let manifest = fs::read_to_string(extension_dir().join("manifest.json"))
        .context("there is no dist/extension yet: run `cargo xtask build`")?;
    let manifest: Value = serde_json::from_str(&manifest)?;
    let version = manifest["version"].as_str().context("the built manifest has no version")?;
    Ok(dist().join(format!("upscope-inspector-{version}.zip")))
}

/// The version in `Cargo.toml`.
pub fn version() -> Result<String> {
    Ok(compile::ours()?.version.to_string())
}

fn replace(staging: tempfile::TempDir, target: &Path) -> Result<()> {
    let staged = staging.keep();
    if target.exists() {
        let old = tempfile::Builder::new().prefix(".old-").tempdir_in(dist())?;
        fs::rename(target, old.path().join("extension"))?;
    }
    fs::rename(&staged, target)?;
    Ok(make_readable(target)?)
}

/// A temporary folder is readable only for its owner, but a browser may run as another user.
fn make_readable(dir: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(dir, fs::Permissions::from_mode(0o755))?;
    }
    #[cfg(not(unix))]
    let _ = dir;
    Ok(())
}
