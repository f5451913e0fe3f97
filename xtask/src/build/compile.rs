//! Compiles all programs in one cargo run and learns from cargo itself where the results lie.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::sh;

/// Our package, the target triple and the features that make the programs.
pub const PACKAGE: &str = "upscope-inspector";
pub const TARGET: &str = "wasm32-unknown-unknown";
pub const FEATURES: &str = "popup,background,recorded,errands";

const PROGRAMS: usize = 4;

pub struct Compiled {
    /// One `.wasm` per program, in order of name.
    pub wasm: Vec<PathBuf>,
    /// The manifest with the version of `Cargo.toml`, as `build.rs` wrote it.
    pub manifest: PathBuf,
}

/// One cargo run for all, so that they share what they have in common.
pub fn run() -> Result<Compiled> {
    let messages = sh::read(
        sh::cargo()
            .args(["build", "--release", "--package", PACKAGE, "--bins"])
            .args(["--target", TARGET, "--features", FEATURES])
            .args(["--message-format", "json-render-diagnostics"])
            .env("CARGO_ENCODED_RUSTFLAGS", flags()?.join("\x1f"))
            .stdin(Stdio::null()),
    )?;
    collect(messages.lines().filter_map(|line| serde_json::from_str(line).ok()))
}

fn collect(messages: impl Iterator<Item = Value>) -> Result<Compiled> {
    let (mut wasm, mut out_dir) = (Vec::new(), None);
    for message in messages.filter(is_ours) {
        match message["reason"].as_str() {
            Some("compiler-artifact") => wasm.extend(wasm_files(&message)),
            Some("build-script-executed") => out_dir = message["out_dir"].as_str().map(PathBuf::from),
            _ => {}
        }
    }
    wasm.sort();
    ensure!(wasm.len() == PROGRAMS, "cargo reported {} wasm files, not {PROGRAMS}", wasm.len());
    let manifest = out_dir.context("cargo reported no build script")?.join("manifest.json");
    Ok(Compiled { wasm, manifest })
}

/// A package id ends in `…#upscope-inspector@0.1.0`, or in `…/upscope-inspector#0.1.0` when the folder
/// already says the name.
fn is_ours(message: &Value) -> bool {
    message["package_id"]
        .as_str()
        .is_some_and(|id| id.contains(&format!("#{PACKAGE}@")) || id.contains(&format!("/{PACKAGE}#")))
}

fn wasm_files(message: &Value) -> Vec<PathBuf> {
    let files = message["filenames"].as_array().into_iter().flatten().filter_map(Value::as_str);
    files.map(PathBuf::from).filter(|file| file.extension().is_some_and(|kind| kind == "wasm")).collect()
}

/// The flags for rustc. `erase_components` gives Leptos' views one type each, so that they compile quickly and small.
fn flags() -> Result<Vec<String>> {
    let mut flags = remap_paths()?;
    flags.push("--cfg=erase_components".to_owned());
    Ok(flags)
}

/// Panic messages carry the source path of every dependency. Shortened, the same source gives the same
/// bytes on every machine, nobody's home directory ships, and the wasm is smaller.
fn remap_paths() -> Result<Vec<String>> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let sources = home.context("no home directory")?.join("registry/src");
    let mut flags = vec![remap(sh::root(), "inspector")];
    for registry in fs::read_dir(&sources).with_context(|| sources.display().to_string())? {
        flags.push(remap(&registry?.path(), "crates"));
    }
    flags.sort();
    Ok(flags)
}

fn remap(from: &Path, to: &str) -> String {
    format!("--remap-path-prefix={}={to}", from.display())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn artifact(package: &str, file: &str) -> Value {
        json!({ "reason": "compiler-artifact", "package_id": package, "filenames": [file] })
    }

    #[test]
    fn only_our_own_programs_and_build_script_are_collected() {
        let ours = "path+file:///x/inspector#upscope-inspector@0.1.0";
        let compiled = collect(
            [
                artifact("registry+x#leptos@0.8.0", "/t/other.wasm"),
                artifact(ours, "/t/popup.wasm"),
                artifact(ours, "/t/background.wasm"),
                artifact(ours, "/t/recorded.wasm"),
                artifact(ours, "/t/errands.wasm"),
                artifact(ours, "/t/libupscope.rlib"),
                json!({ "reason": "build-script-executed", "package_id": "registry+x#serde@1.0.0", "out_dir": "/o/serde" }),
                json!({ "reason": "build-script-executed", "package_id": ours, "out_dir": "/o/ours" }),
            ]
            .into_iter(),
        )
        .unwrap();
        let programs = ["/t/background.wasm", "/t/errands.wasm", "/t/popup.wasm", "/t/recorded.wasm"];
        assert_eq!(compiled.wasm, programs.map(Path::new));
        assert_eq!(compiled.manifest, Path::new("/o/ours/manifest.json"));
    }

    #[test]
    fn a_missing_program_is_an_error_and_not_an_incomplete_extension() {
        let one = artifact("path+file:///x/upscope-inspector#0.1.0", "/t/popup.wasm");
        assert!(collect([one].into_iter()).is_err());
    }
}
