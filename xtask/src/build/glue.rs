//! From a compiled program to what a browser loads: the JavaScript glue and the wasm it starts.
//!
//! No `wasm-opt` behind it. Debian 12's (Binaryen 108) breaks a program with two tables, which is what
//! wasm-bindgen writes for today's rustc: both browsers stop in `__wbindgen_init_externref_table` with
//! "Argument 1 is invalid for table". Binaryen 132 works and takes 4 % off the gzip (1 KB of 29), but comes
//! only by npm, as 104 MB: a build whose bytes depend on whether node is installed costs more than that.

use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

/// Writes `<name>.js` and `<name>_bg.wasm` for one program. The generator is a library of this very
/// workspace, so its version always matches the `wasm-bindgen` that the program was compiled with.
pub fn write(name: &str, wasm: Vec<u8>, to: &Path) -> Result<()> {
    Bindgen::new()
        .input_bytes(name, wasm)
        .web(true)?
        .typescript(false)
        // As in wasm-bindgen's own program, unlike in the library: `init()` finds the wasm beside the glue.
        .omit_default_module_path(false)
        // The lazy parts import by these names what they share with the main part.
        .keep_lld_exports(true)
        .demangle(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(to)
        .with_context(|| format!("wasm-bindgen failed on {name}.wasm"))
}
