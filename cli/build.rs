//! Writes the scripts that record a page, from the recorder and the relay of the extension.

use std::path::Path;
use std::{env, fs};

use anyhow::Result;

/// Lives with the other tools, where its tests run.
#[path = "../xtask/src/parts.rs"]
mod parts;

const PAGE: &str = "../extension/page";
const RECORDER: &str = "recorder.js";
const PORT: &str = "port.js";

/// Scripts around them: the one that `script` prints, and the one of a browser that the command line drives.
const WRAPPERS: [&str; 2] = ["init_script.js", "relay_world.js"];

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed={PAGE}");
    let [recorder, relay] = [RECORDER, "relay.js"].map(|script| parts::with_parts(&Path::new(PAGE).join(script)));
    let (recorder, relay) = (recorder?, relay?);
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join(RECORDER), &recorder)?;
    for name in WRAPPERS {
        let wrapper = parts::with_parts(&Path::new("src").join(name))?;
        let script = wrapper.replace("/* RELAY */", &relay).replace("/* RECORDER */", &recorder);
        fs::write(Path::new(&out).join(name), script)?;
    }
    WRAPPERS.iter().chain([&PORT]).for_each(|script| println!("cargo::rerun-if-changed=src/{script}"));
    Ok(())
}
