//! Writes the init script of `upscope-inspector script`: recorder and relay of the extension in one.

use std::path::Path;
use std::{env, fs};

use anyhow::Result;

/// Lives with the other tools, where its tests run.
#[path = "../xtask/src/parts.rs"]
mod parts;

const PAGE: &str = "../extension/page";
const WRAPPER: &str = "src/init_script.js";

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed={PAGE}");
    println!("cargo::rerun-if-changed={WRAPPER}");
    let [recorder, relay] = ["recorder.js", "relay.js"].map(|script| parts::with_parts(&Path::new(PAGE).join(script)));
    let script = fs::read_to_string(WRAPPER)?.replace("/* RELAY */", &relay?).replace("/* RECORDER */", &recorder?);
    fs::write(Path::new(&env::var("OUT_DIR")?).join("init_script.js"), script)?;
    Ok(())
}
