//! Extracts the lazy parts from a compiled program before wasm-bindgen runs: the functions that `src/lazy.rs` marks,
//! and code that only they use.
//!
//! The splitter rewrites relocations, so it depends on the output of LLVM and wasm-bindgen. All three are pinned.
//! `cargo xtask build --unsplit` works without it.

use std::fs;
use std::path::Path;

use anyhow::{Result, anyhow};
use wasm_encoder::{Module, RawSection};
use wasm_split_cli_support::{Options, transform};
use wasmparser::{Parser, Payload};

/// The file that loads a program's lazy parts.
pub fn loader(name: &str) -> String {
    format!("{name}_split.js")
}

/// Writes the lazy parts and their loader to a folder, and returns the main part.
pub fn write(name: &str, wasm: &[u8], to: &Path) -> Result<Vec<u8>> {
    let main = tempfile::NamedTempFile::new()?;
    let (loader, glue) = (format!("./{}", loader(name)), format!("./{name}.js"));
    let mut options = Options::new(wasm);
    options.output_dir = to;
    options.main_out_path = main.path();
    options.link_name = &loader;
    options.main_module = &glue;
    let parts = transform(options).map_err(|error| anyhow!("cannot split {name}.wasm: {error:#}"))?;
    for part in parts.split_modules {
        fs::write(&part, without_names(&fs::read(&part)?)?)?;
    }
    Ok(fs::read(main.path())?)
}

/// Removes the custom sections, which contain names for debuggers.
fn without_names(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if matches!(payload, Payload::CustomSection(_)) {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            let data = &wasm[range.start as usize..range.end as usize];
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}
