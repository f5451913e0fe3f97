//! The packages of others whose code is in the extension.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use cargo_metadata::{CargoOpt, MetadataCommand, Package};

use super::{FEATURES, PACKAGE};
use crate::setup::TARGET;
use crate::sh;

/// Packages of the build that write code of their own into the extension: the glue, and the loader of lazy parts.
const GENERATORS: [&str; 2] = ["wasm-bindgen-cli-support", "wasm_split_cli_support"];

/// A package whose code, or code that it generates, is in the extension.
pub struct Shipped {
    pub package: Package,
    /// Whether it is compiled into the wasm. If not, it's a macro or a generator.
    pub is_linked: bool,
}

/// All of them but our own, by name and version.
pub fn packages() -> Result<Vec<Shipped>> {
    let (used, linked) = (tree("normal")?, tree("normal,no-proc-macro")?);
    let features = FEATURES[0].split(',').map(str::to_owned).collect();
    let metadata = MetadataCommand::new().current_dir(sh::root()).features(CargoOpt::SomeFeatures(features)).exec()?;
    let (mut shipped, mut unknown) = (Vec::new(), used.clone());
    for package in metadata.packages {
        let name = (package.name.to_string(), package.version.to_string());
        unknown.remove(&name);
        // Without a source, it's one of ours.
        if package.source.is_some() && (used.contains(&name) || GENERATORS.contains(&name.0.as_str())) {
            shipped.push(Shipped { package, is_linked: linked.contains(&name) });
        }
    }
    shipped.sort_by(|a, b| (&*a.package.name, &a.package.version).cmp(&(&*b.package.name, &b.package.version)));
    ensure!(unknown.is_empty(), "cargo tells nothing of these packages: {unknown:?}");
    Ok(shipped)
}

/// The names and versions of what the programs depend on. `cargo metadata` would add what other members of the
/// workspace enable.
fn tree(edges: &str) -> Result<BTreeSet<(String, String)>> {
    let tree = sh::read(
        sh::cargo()
            .args(["tree", "--package", PACKAGE, "--target", TARGET, "--features", FEATURES[0]])
            .args(["--edges", edges, "--prefix", "none", "--format", "{p}"]),
    )?;
    tree.lines().filter(|line| !line.is_empty()).map(name_and_version).collect()
}

/// Reads `serde v1.0.229 (*)`.
fn name_and_version(line: &str) -> Result<(String, String)> {
    let mut words = line.split(' ');
    let name_and_version = words.next().zip(words.next().and_then(|version| version.strip_prefix('v')));
    let (name, version) = name_and_version.with_context(|| format!("`cargo tree` says {line:?}"))?;
    Ok((name.to_owned(), version.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn macros_are_not_linked_and_tests_are_not_shipped() {
        let packages = packages().unwrap();
        let is_linked = |name: &str| {
            let mut named = packages.iter().filter(|one| one.package.name == name);
            named.next().map(|one| one.is_linked)
        };
        assert_eq!((is_linked("leptos"), is_linked("leptos_macro")), (Some(true), Some(false)));
        assert_eq!((is_linked("wasm-bindgen-cli-support"), is_linked("proptest")), (Some(false), None));
        // Only a feature that the extension doesn't enable needs it.
        assert_eq!((is_linked("upscope-inspector"), is_linked("jsonschema")), (None, None));
    }

    #[test]
    fn a_line_of_the_tree_is_a_name_and_a_version() {
        let read = |line| name_and_version(line).ok();
        let expected = Some(("toml".to_owned(), "1.2.1+spec-1.1.0".to_owned()));
        assert_eq!(read("toml v1.2.1+spec-1.1.0"), expected);
        assert_eq!(read("toml v1.2.1+spec-1.1.0 (proc-macro) (*)"), expected);
        assert_eq!(read("[build-dependencies]"), None);
    }
}
