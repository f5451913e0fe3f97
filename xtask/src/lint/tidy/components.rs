//! Every component is in the catalogue.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::Source;

/// The folder of their states.
const CATALOGUE: &str = "tests/catalogue/components.json";

const FOLDER: &str = "src/ui/components/";

/// Components without a state, and states of missing components.
pub fn check(root: &Path, sources: &[Source]) -> Result<Vec<String>> {
    let file = root.join(CATALOGUE);
    let text = if file.is_file() { fs::read_to_string(file)? } else { "[]".to_owned() };
    let pages: Vec<Value> = serde_json::from_str(&text).context(CATALOGUE)?;
    let parts = pages.iter().flat_map(|page| page["parts"].as_array().into_iter().flatten());
    let shown: Vec<String> = parts.map(|part| path(part[0].as_str().unwrap_or_default())).collect();
    let there: Vec<&str> = sources.iter().map(|(path, _)| path.as_str()).collect();
    let is_component = |path: &&&str| path.starts_with(FOLDER) && !path.ends_with("/mod.rs");
    let missing = there.iter().filter(is_component).filter(|path| !shown.iter().any(|one| one == **path));
    let missing = missing.map(|path| format!("{path}: it has no state in {CATALOGUE}"));
    let mut gone: Vec<_> = shown.iter().filter(|one| !there.contains(&one.as_str())).collect();
    gone.dedup();
    Ok(missing.chain(gone.into_iter().map(|one| format!("{CATALOGUE}: there is no {one}"))).collect())
}

/// The file of a component: by its name, or by its path if it isn't a shared component.
fn path(of: &str) -> String {
    if of.contains('/') { format!("src/{of}.rs") } else { format!("{FOLDER}{of}.rs") }
}
