//! axe-core, the rules by which the end-to-end tests judge whether everybody can use what is shown. It is injected into
//! pages by the driver, and lies in no extension.

use std::fs;

use anyhow::Result;

use crate::npm::Package;

pub const PACKAGE: Package = Package { name: "axe-core", version: "4.14.1" };

/// Its source, which defines `axe`; `None` without npm.
pub fn source() -> Result<Option<String>> {
    let folder = PACKAGE.folder()?;
    folder.map(|folder| Ok(fs::read_to_string(folder.join("axe.min.js"))?)).transpose()
}
