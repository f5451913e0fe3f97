//! Writes `languages.rs` to `OUT_DIR`: the list of languages, from the folders of `extension/_locales`.

use std::path::Path;
use std::{env, fs};

/// Lives with the other tools, where its tests run.
#[allow(dead_code, reason = "the other tools use more of it")]
#[path = "../xtask/src/messages.rs"]
mod messages;

const LOCALES: &str = "../extension/_locales";

fn main() {
    println!("cargo::rerun-if-changed={LOCALES}");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let languages = messages::languages(Path::new(LOCALES)).expect(LOCALES);
    let source = format!(
        "/// The languages there are, by their folder in `extension/_locales`.\npub const LANGUAGES: &[&str] = &{languages:?};\n"
    );
    fs::write(Path::new(&out).join("languages.rs"), source).expect("OUT_DIR can be written");
}
