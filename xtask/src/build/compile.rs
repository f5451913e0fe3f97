//! Compiles the programs and learns from cargo itself where the results lie.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::sh;

/// Our package, the target triple, and the features that make the programs: with lazy parts, and in one piece.
pub const PACKAGE: &str = "upscope-inspector";
pub const TARGET: &str = "wasm32-unknown-unknown";
pub const FEATURES: [&str; 2] = ["popup,background,split", "popup,background"];

/// Each program, and the feature of the same name that compiles it.
const PROGRAMS: [&str; 2] = ["background", "popup"];

pub struct Compiled {
    /// One `.wasm` per program, in order of name.
    pub wasm: Vec<PathBuf>,
    /// The manifest with the version of `Cargo.toml`, as `build.rs` wrote it.
    pub manifest: PathBuf,
}

/// Compiles every program; with `split` so that [`super::split`] can take its lazy parts out of it.
pub fn run(split: bool) -> Result<Compiled> {
    let flags = flags(split)?;
    let programs: Vec<_> = PROGRAMS.iter().map(|name| program(name, split, &flags)).collect::<Result<_>>()?;
    let manifest = programs[0].1.clone();
    Ok(Compiled { wasm: programs.into_iter().map(|(wasm, _)| wasm).collect(), manifest })
}

/// One cargo run for each program: a lazy function is exported from every program whose features include it, so one run
/// for all would put the background's functions into the popup.
fn program(name: &str, split: bool, flags: &str) -> Result<(PathBuf, PathBuf)> {
    let features = if split { format!("{name},split") } else { name.to_owned() };
    let messages = sh::read(
        sh::cargo()
            .args(["build", "--release", "--package", PACKAGE, "--bin", name])
            .args(["--target", TARGET, "--features", &features])
            .args(["--message-format", "json-render-diagnostics"])
            .env("CARGO_ENCODED_RUSTFLAGS", flags)
            .stdin(Stdio::null()),
    )?;
    collect(messages.lines().filter_map(|line| serde_json::from_str(line).ok()))
        .with_context(|| format!("the program `{name}`"))
}

/// The wasm and the manifest that a cargo run made.
fn collect(messages: impl Iterator<Item = Value>) -> Result<(PathBuf, PathBuf)> {
    let (mut wasm, mut out_dir) = (None, None);
    for message in messages.filter(is_ours) {
        match message["reason"].as_str() {
            Some("compiler-artifact") => wasm = wasm_file(&message).or(wasm),
            Some("build-script-executed") => out_dir = message["out_dir"].as_str().map(PathBuf::from),
            _ => {}
        }
    }
    let manifest = out_dir.context("cargo reported no build script")?.join("manifest.json");
    Ok((wasm.context("cargo reported no wasm file")?, manifest))
}

/// A package id ends in `…#upscope-inspector@0.1.0`, or in `…/upscope-inspector#0.1.0` when the folder
/// already says the name.
fn is_ours(message: &Value) -> bool {
    message["package_id"]
        .as_str()
        .is_some_and(|id| id.contains(&format!("#{PACKAGE}@")) || id.contains(&format!("/{PACKAGE}#")))
}

fn wasm_file(message: &Value) -> Option<PathBuf> {
    let files = message["filenames"].as_array()?.iter().filter_map(Value::as_str);
    files.map(PathBuf::from).find(|file| file.extension().is_some_and(|kind| kind == "wasm"))
}

/// The flags for rustc, as the environment hands them to cargo.
fn flags(split: bool) -> Result<String> {
    let mut flags = remap_paths()?;
    // One type for all of Leptos' views, so that its rendering is compiled once and not once for each view.
    flags.push("--cfg=erase_components".to_owned());
    if split {
        flags.push("-Clink-args=--emit-relocs".to_owned());
    }
    Ok(flags.join("\x1f"))
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
    fn only_our_own_program_and_build_script_are_collected() {
        let ours = "path+file:///x/inspector#upscope-inspector@0.1.0";
        let messages = [
            artifact("registry+x#leptos@0.8.0", "/t/other.wasm"),
            artifact(ours, "/t/popup.wasm"),
            artifact(ours, "/t/libupscope.rlib"),
            json!({ "reason": "build-script-executed", "package_id": "registry+x#serde@1.0.0", "out_dir": "/o/serde" }),
            json!({ "reason": "build-script-executed", "package_id": ours, "out_dir": "/o/ours" }),
        ];
        let (wasm, manifest) = collect(messages.into_iter()).unwrap();
        assert_eq!(wasm, Path::new("/t/popup.wasm"));
        assert_eq!(manifest, Path::new("/o/ours/manifest.json"));
    }

    #[test]
    fn a_missing_program_is_an_error_and_not_an_incomplete_extension() {
        let built = json!({ "reason": "build-script-executed", "package_id": "path+file:///x/upscope-inspector#0.1.0", "out_dir": "/o" });
        assert!(collect([built].into_iter()).is_err());
    }
}
