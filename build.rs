//! Generates two files in `OUT_DIR`: `manifest.json` with the version from `Cargo.toml`, and `messages.rs` with a Rust
//! name for every message, so that a missing message is a compile error.

use std::path::Path;
use std::{env, fs, process};

/// Shared with `xtask`, where its tests run.
#[allow(dead_code, reason = "the other tools use more of it")]
#[path = "xtask/src/messages.rs"]
mod messages;

const MANIFEST: &str = "manifest.json";
const MESSAGES: &str = "extension/_locales/en/messages.json";

/// The placeholder for the version in `manifest.json`.
const NO_VERSION: &str = "\"version\": \"0.0.0\"";

fn main() {
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    generate(MANIFEST, Path::new(&out).join("manifest.json").as_path(), manifest);
    generate(MESSAGES, Path::new(&out).join("messages.rs").as_path(), |json| {
        messages::read(json).map(|messages| messages::generate(&messages))
    });
}

/// Generates one file from another. An error names the source file and has no backtrace.
fn generate(source: &str, target: &Path, by: impl Fn(&str) -> Result<String, String>) {
    println!("cargo::rerun-if-changed={source}");
    let text = fs::read_to_string(source).map_err(|error| error.to_string());
    let generated = text.and_then(|text| by(&text));
    if let Err(why) = generated.and_then(|text| fs::write(target, text).map_err(|error| error.to_string())) {
        println!("cargo::error={source}: {why}");
        process::exit(1);
    }
}

fn manifest(text: &str) -> Result<String, String> {
    let version = env!("CARGO_PKG_VERSION");
    // Browsers accept up to four numbers and no pre-release.
    if !version.split('.').all(|number| number.parse::<u16>().is_ok()) {
        return Err(format!("a browser does not take the version {version}"));
    }
    if text.matches(NO_VERSION).count() != 1 {
        return Err(format!("it must say {NO_VERSION} once: the version comes from Cargo.toml"));
    }
    Ok(text.replace(NO_VERSION, &format!("\"version\": \"{version}\"")))
}
