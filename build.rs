//! Writes to `OUT_DIR` what the sources and the built extension take from other files:
//! `manifest.json` with the version of `Cargo.toml`, `messages.rs`, a Rust name for every message,
//! so that a missing message does not compile, and `languages.rs`, the list of languages.

use std::path::Path;
use std::{env, fs, process};

/// Lives with the other tools, where its tests run.
#[allow(dead_code, reason = "the other tools use more of it")]
#[path = "xtask/src/messages.rs"]
mod messages;

const MANIFEST: &str = "manifest.json";
const MESSAGES: &str = "extension/_locales/en/messages.json";
const LOCALES: &str = "extension/_locales";

/// What `manifest.json` says in the place of the version.
const NO_VERSION: &str = "\"version\": \"0.0.0\"";

fn main() {
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    generate(MANIFEST, Path::new(&out).join("manifest.json").as_path(), manifest);
    generate(MESSAGES, Path::new(&out).join("messages.rs").as_path(), |json| {
        messages::read(json).map(|messages| messages::generate(&messages))
    });
    write(LOCALES, Path::new(&out).join("languages.rs").as_path(), languages());
}

/// Turns one file into another; a file at fault is reported by name and without a backtrace.
fn generate(source: &str, target: &Path, by: impl Fn(&str) -> Result<String, String>) {
    write(source, target, fs::read_to_string(source).map_err(|error| error.to_string()).and_then(|text| by(&text)));
}

/// Writes what was made of a file or a folder.
fn write(source: &str, target: &Path, made: Result<String, String>) {
    println!("cargo::rerun-if-changed={source}");
    let written = made.and_then(|text| fs::write(target, text).map_err(|error| error.to_string()));
    if let Err(why) = written {
        println!("cargo::error={source}: {why}");
        process::exit(1);
    }
}

fn languages() -> Result<String, String> {
    let languages = messages::languages(Path::new(LOCALES)).map_err(|error| error.to_string())?;
    Ok(format!(
        "/// The languages there are, by their folder in `extension/_locales`.\npub const LANGUAGES: &[&str] = &{languages:?};\n"
    ))
}

fn manifest(text: &str) -> Result<String, String> {
    let version = env!("CARGO_PKG_VERSION");
    // Browsers take up to four numbers and refuse a pre-release.
    if !version.split('.').all(|number| number.parse::<u16>().is_ok()) {
        return Err(format!("a browser does not take the version {version}"));
    }
    if text.matches(NO_VERSION).count() != 1 {
        return Err(format!("it must say {NO_VERSION} once: the version comes from Cargo.toml"));
    }
    Ok(text.replace(NO_VERSION, &format!("\"version\": \"{version}\"")))
}
