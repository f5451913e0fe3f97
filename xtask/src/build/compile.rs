//! Compiles the programs and finds the results in cargo's messages.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result};
use cargo_metadata::{Artifact, Message, MetadataCommand, Package, PackageId};

use crate::setup::{self, TARGET};
use crate::sh;

/// The package, and the features for programs with lazy parts and for programs without.
pub const PACKAGE: &str = "upscope-inspector";
pub const FEATURES: [&str; 2] = ["popup,background,split", "popup,background"];

/// The profile in `Cargo.toml`.
const PROFILE: &str = "wasm";

/// Each program is compiled with the feature of the same name.
const PROGRAMS: [&str; 2] = ["background", "popup"];

pub struct CompiledPrograms {
    /// The `.wasm` of each program, by name.
    pub wasm: Vec<PathBuf>,
    /// The manifest with the version of `Cargo.toml`, written by `build.rs`.
    pub manifest: PathBuf,
}

/// Compiles all programs. With `split`, [`super::split`] can extract their lazy parts.
pub fn run(split: bool) -> Result<CompiledPrograms> {
    let flags = flags(split)?;
    let ours = ours()?.id;
    let programs: Vec<_> = PROGRAMS.iter().map(|name| program(name, split, &flags, &ours)).collect::<Result<_>>()?;
    let manifest = programs[0].1.clone();
    Ok(CompiledPrograms { wasm: programs.into_iter().map(|(wasm, _)| wasm).collect(), manifest })
}

/// One cargo run for each program. A program exports every lazy function that its features include, so a single run
/// would add the background's functions to the popup.
fn program(name: &str, split: bool, flags: &str, ours: &PackageId) -> Result<(PathBuf, PathBuf)> {
    let features = if split { format!("{name},split") } else { name.to_owned() };
    let messages = sh::read(
        sh::cargo()
            .args(["build", "--profile", PROFILE, "--package", PACKAGE, "--bin", name])
            .args(["--target", TARGET, "--features", &features])
            .args(["--message-format", "json-render-diagnostics"])
            .env("CARGO_ENCODED_RUSTFLAGS", flags)
            .stdin(Stdio::null()),
    )?;
    let messages = Message::parse_stream(messages.as_bytes()).collect::<Result<Vec<_>, _>>()?;
    collect(messages, ours).with_context(|| format!("the program `{name}`"))
}

/// The extension's package.
pub fn ours() -> Result<Package> {
    let metadata = MetadataCommand::new().current_dir(sh::root()).no_deps().exec()?;
    let ours = metadata.packages.into_iter().find(|package| package.name == PACKAGE);
    ours.context("cargo does not know our package")
}

/// The wasm and the manifest of a cargo run.
fn collect(messages: Vec<Message>, ours: &PackageId) -> Result<(PathBuf, PathBuf)> {
    let (mut wasm, mut out_dir) = (None, None);
    for message in messages {
        match message {
            Message::CompilerArtifact(artifact) if artifact.package_id == *ours => wasm = wasm_file(artifact).or(wasm),
            Message::BuildScriptExecuted(script) if script.package_id == *ours => out_dir = Some(script.out_dir),
            _ => {}
        }
    }
    let manifest = out_dir.context("cargo reported no build script")?.join("manifest.json");
    Ok((wasm.context("cargo reported no wasm file")?, manifest.into()))
}

fn wasm_file(artifact: Artifact) -> Option<PathBuf> {
    artifact.filenames.into_iter().find(|file| file.extension() == Some("wasm")).map(PathBuf::from)
}

/// The flags for rustc, for the environment of cargo.
fn flags(split: bool) -> Result<String> {
    let mut flags = remap_paths()?;
    // One type for all of Leptos' views, so that its rendering is compiled once and not for each view.
    flags.push("--cfg=erase_components".to_owned());
    if split {
        flags.push("-Clink-args=--emit-relocs".to_owned());
    }
    Ok(flags.join("\x1f"))
}

/// Panic messages contain the source paths of all dependencies. Shortened paths make the build reproducible on every
/// machine, reveal no home directory, and reduce the wasm. The standard library's paths are short already, unless its
/// sources are installed (`rust-src`): rustc then writes where they are.
fn remap_paths() -> Result<Vec<String>> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let sources = home.context("no home directory")?.join("registry/src");
    let mut flags = vec![remap(sh::root(), "inspector")];
    for registry in fs::read_dir(&sources).with_context(|| sources.display().to_string())? {
        flags.push(remap(&registry?.path(), "crates"));
    }
    let sources = setup::sysroot()?.join("lib/rustlib/src/rust");
    if sources.is_dir() {
        flags.push(remap(&sources, &format!("/rustc/{}", setup::compiler("commit-hash")?)));
    }
    flags.sort();
    Ok(flags)
}

fn remap(from: &Path, to: &str) -> String {
    format!("--remap-path-prefix={}={to}", from.display())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const OURS: &str = "path+file:///x/inspector#upscope-inspector@0.1.0";

    fn collect(messages: impl IntoIterator<Item = Value>) -> Result<(PathBuf, PathBuf)> {
        let read = |message| serde_json::from_value(message).expect("a message of cargo");
        super::collect(messages.into_iter().map(read).collect(), &PackageId { repr: OURS.to_owned() })
    }

    fn artifact(package: &str, file: &str) -> Value {
        let target = json!({ "name": "popup", "kind": ["bin"], "crate_types": ["bin"], "src_path": "/x/src/popup.rs" });
        let profile = json!({ "opt_level": "z", "debug_assertions": false, "overflow_checks": false, "test": false });
        json!({
            "reason": "compiler-artifact", "package_id": package, "filenames": [file], "manifest_path": "/x/Cargo.toml",
            "target": target, "profile": profile, "features": [], "fresh": true,
        })
    }

    fn script(package: &str, out_dir: &str) -> Value {
        json!({
            "reason": "build-script-executed", "package_id": package, "out_dir": out_dir,
            "linked_libs": [], "linked_paths": [], "cfgs": [], "env": [],
        })
    }

    #[test]
    fn only_our_own_program_and_build_script_are_collected() {
        let (wasm, manifest) = collect([
            artifact("registry+x#leptos@0.8.0", "/t/other.wasm"),
            artifact(OURS, "/t/popup.wasm"),
            artifact(OURS, "/t/libupscope.rlib"),
            script("registry+x#serde@1.0.0", "/o/serde"),
            script(OURS, "/o/ours"),
        ])
        .unwrap();
        assert_eq!(wasm, Path::new("/t/popup.wasm"));
        assert_eq!(manifest, Path::new("/o/ours/manifest.json"));
    }

    #[test]
    fn a_missing_program_is_an_error_and_not_an_incomplete_extension() {
        assert!(collect([script(OURS, "/o")]).is_err());
    }
}
