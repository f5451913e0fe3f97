//! The software bill of materials: every package whose code is in the extension, in the form of CycloneDX 1.5
//! (<https://cyclonedx.org/docs/1.5/json/>).
//!
//! It is written here and not by the crate `cyclonedx-bom`, which would add 25 crates to every build of this one.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::build::{PACKAGE, Shipped, shipped_packages};
use crate::{build, setup, sh};

/// The licenses of our own package, and of the standard library.
const MIT_OR_APACHE: &str = "MIT OR Apache-2.0";

/// Writes it for the last build.
pub fn write(target: &Path, version: &str) -> Result<()> {
    let zip = super::sums::sum(&fs::read(build::zip_path()?)?);
    let bom = bom(version, &zip, &shipped_packages()?, &Lock::read()?)?;
    Ok(fs::write(target, format!("{bom:#}\n"))?)
}

/// `Cargo.lock`, which has the checksums of the packages.
#[derive(Deserialize)]
struct Lock {
    package: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
    version: String,
    checksum: Option<String>,
}

impl Lock {
    fn read() -> Result<Self> {
        Ok(toml::from_str(&fs::read_to_string(sh::root().join("Cargo.lock"))?)?)
    }

    fn checksum(&self, name: &str, version: &str) -> Result<&str> {
        let locked = self.package.iter().find(|locked| locked.name == name && locked.version == version);
        locked.and_then(|locked| locked.checksum.as_deref()).with_context(|| format!("Cargo.lock has no sum of {name}"))
    }
}

/// Without a time and a serial number, which would differ each time.
fn bom(version: &str, zip: &str, shipped: &[Shipped], lock: &Lock) -> Result<Value> {
    let mut components = vec![standard_library()?];
    for shipped in shipped {
        components.push(component(shipped, lock)?);
    }
    Ok(json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": {
            "type": "application", "bom-ref": PACKAGE, "name": PACKAGE, "version": version,
            "hashes": sha256(zip), "licenses": license(MIT_OR_APACHE),
        } },
        "components": components,
    }))
}

fn component(shipped: &Shipped, lock: &Lock) -> Result<Value> {
    let (name, version) = (&*shipped.package.name, shipped.package.version.to_string());
    let expression = shipped.package.license.as_deref().with_context(|| format!("{name} names no license"))?;
    let purl = purl(name, &version);
    Ok(json!({
        "type": "library", "bom-ref": purl, "name": name, "version": version,
        "description": shipped.package.description.as_deref().unwrap_or_default().trim(),
        "scope": if shipped.is_linked { "required" } else { "excluded" },
        "hashes": sha256(lock.checksum(name, &version)?),
        // Old packages separate alternatives with a slash, which isn't valid in an expression.
        "licenses": license(&expression.replace('/', " OR ")),
        "purl": purl,
    }))
}

/// The package URL (<https://github.com/package-url/purl-spec>). Of the characters in a version, only `+` needs an
/// escape.
fn purl(name: &str, version: &str) -> String {
    format!("pkg:cargo/{name}@{}", version.replace('+', "%2B"))
}

/// It comes with the compiler.
fn standard_library() -> Result<Value> {
    Ok(json!({
        "type": "library", "bom-ref": "std", "name": "std", "version": setup::compiler("release")?,
        "description": "The Rust standard library", "scope": "required", "licenses": license(MIT_OR_APACHE),
    }))
}

fn license(expression: &str) -> Value {
    json!([{ "expression": expression }])
}

fn sha256(sum: &str) -> Value {
    json!([{ "alg": "SHA-256", "content": sum }])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn it_names_every_package_with_its_license_and_its_sum() {
        let shipped = shipped_packages().unwrap();
        let bom = bom("1.2.3", &"0".repeat(64), &shipped, &Lock::read().unwrap()).unwrap();
        let components = bom["components"].as_array().unwrap();
        assert_eq!(components.len(), shipped.len() + 1);
        let references: BTreeSet<_> = components.iter().map(|one| one["bom-ref"].as_str().unwrap()).collect();
        assert_eq!(references.len(), components.len(), "a reference is unique");
        for component in components {
            let expression = component["licenses"][0]["expression"].as_str().unwrap();
            assert!(spdx::Expression::parse(expression).is_ok(), "{component}");
            let sum = component["hashes"][0]["content"].as_str().unwrap_or_default();
            assert!(component["name"] == "std" || sum.len() == 64, "{component}");
        }
        let leptos = components.iter().find(|one| one["name"] == "leptos").unwrap();
        assert!(leptos["purl"].as_str().unwrap().starts_with("pkg:cargo/leptos@"), "{leptos}");
        assert_eq!(leptos["scope"], "required");
    }

    #[test]
    fn a_plus_is_escaped() {
        assert_eq!(purl("toml", "1.2.1+spec-1.1.0"), "pkg:cargo/toml@1.2.1%2Bspec-1.1.0");
    }
}
