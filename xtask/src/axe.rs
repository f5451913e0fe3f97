//! axe-core, with which the end-to-end tests check accessibility. The driver injects it into pages. It isn't part of
//! the extension.

use std::fs;

use anyhow::Result;

use crate::npm::AXE;

/// The source of axe-core, which defines `axe`. `None` without npm.
pub fn source() -> Result<Option<String>> {
    let folder = AXE.folder()?;
    folder.map(|folder| Ok(fs::read_to_string(folder.join("axe.min.js"))?)).transpose()
}
