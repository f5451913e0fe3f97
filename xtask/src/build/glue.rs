//! Generates the JavaScript glue and the final wasm of a compiled program.
//!
//! `wasm-opt` is not used. The one in Debian 12 (Binaryen 108) breaks programs with two tables, which wasm-bindgen
//! generates for the current rustc: both browsers fail in `__wbindgen_init_externref_table` with "Argument 1 is invalid
//! for table". Binaryen 132 works and reduces the gzip size by 4 %, but is only available from npm, as 104 MB, and the
//! build would depend on whether node is installed.

use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

/// Writes `<name>.js` and `<name>_bg.wasm`. The generator is a library in this workspace, so its version always matches
/// the program's `wasm-bindgen`.
pub fn write(name: &str, wasm: Vec<u8>, to: &Path) -> Result<()> {
    Bindgen::new()
        .input_bytes(name, wasm)
        .web(true)?
        .typescript(false)
        // As in wasm-bindgen's command, unlike in the library: `init()` finds the wasm next to the glue.
        .omit_default_module_path(false)
        // The lazy parts import what they share with the main part by these names.
        .keep_lld_exports(true)
        .demangle(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(to)
        .with_context(|| format!("wasm-bindgen failed on {name}.wasm"))
}
