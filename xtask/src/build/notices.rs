//! `NOTICES.txt`: the copyright and the license of all code in the extension. The licenses require it to be in every
//! copy.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use cargo_metadata::Package;
use cargo_metadata::camino::Utf8Path;
use spdx::{Expression, Licensee, ParseMode};

use super::shipped;
use crate::sh;

/// The file in the extension.
pub const FILE: &str = "NOTICES.txt";

/// The accepted licenses in order of preference, each with words that only its text contains. A package without an
/// accepted license fails the build. `deny.toml` has the same list.
const ACCEPTED: [(&str, &str); 6] = [
    ("MIT", "obtaining a copy of this software and associated documentation files"),
    ("Zlib", "Altered source versions must be plainly marked"),
    ("BSL-1.0", "Boost Software License"),
    ("Unicode-3.0", "UNICODE LICENSE V3"),
    ("CC0-1.0", "CC0 1.0 Universal"),
    ("Apache-2.0", "Apache License Version 2.0"),
];

const LINE: &str = "--------------------------------------------------------------------------------";

/// A license text and what it covers.
struct Notice {
    covers: Vec<String>,
    text: String,
}

/// Writes the file for the packages in the extension.
pub fn write(extension: &Path) -> Result<()> {
    let mut notices = vec![standard_library()?];
    for shipped in shipped::packages()? {
        for notice in of_package(&shipped.package).with_context(|| shipped.package.name.to_string())? {
            add(&mut notices, notice);
        }
    }
    let ours = fs::read_to_string(sh::root().join("LICENSE-MIT"))?;
    Ok(fs::write(extension.join(FILE), page(&ours, &notices))?)
}

fn page(ours: &str, notices: &[Notice]) -> String {
    let head = "The inspector is licensed under the MIT License, or the Apache License, Version 2.0, at your option.";
    let mut page = format!("{head}\n\n{}\n", ours.trim());
    page.push_str(&format!("\n{LINE}\nIt contains software of others, under these licenses:\n"));
    for Notice { covers, text } in notices {
        page.push_str(&format!("\n{LINE}\n{}\n\n{text}\n", covers.join("\n")));
    }
    page
}

/// Packages with the same text share it.
fn add(notices: &mut Vec<Notice>, new: Notice) {
    match notices.iter_mut().find(|notice| notice.text == new.text) {
        Some(notice) => notice.covers.extend(new.covers),
        None => notices.push(new),
    }
}

/// One notice for each license that must be kept, with the package's own text if it has one.
fn of_package(package: &Package) -> Result<Vec<Notice>> {
    let license = package.license.as_deref().context("it names no license")?;
    let holders = match package.authors.as_slice() {
        [] => format!("the authors of {}", package.name),
        authors => authors.join(", "),
    };
    let own = own_texts(package.manifest_path.parent().context("a package has a folder")?)?;
    let notice = |id: &str| -> Result<Notice> {
        let text = match own.iter().find(|text| is_text_of(text, id)) {
            Some(text) => text.clone(),
            None => standard_text(id, &holders)?,
        };
        Ok(Notice { covers: vec![format!("{} {} ({id})", package.name, package.version)], text })
    };
    chosen(license)?.into_iter().map(notice).collect()
}

/// The licenses that fulfil an expression such as `MIT/Apache-2.0` or `(MIT OR Apache-2.0) AND Unicode-3.0`.
fn chosen(expression: &str) -> Result<Vec<&'static str>> {
    let accepted: Vec<_> = ACCEPTED.iter().map(|(id, _)| Licensee::parse(id)).collect::<Result<_, _>>()?;
    let parsed = Expression::parse_mode(expression, ParseMode::LAX).map_err(|error| anyhow!("{error}"))?;
    let needed = parsed.minimized_requirements(&accepted).with_context(|| format!("{expression} is not accepted"))?;
    Ok(needed.into_iter().filter_map(|need| need.license.id()).map(|id| id.name).collect())
}

/// The texts of the license files in a package's folder, by name.
fn own_texts(folder: &Utf8Path) -> Result<Vec<String>> {
    let mut files: Vec<_> = folder.read_dir_utf8()?.collect::<Result<_, _>>()?;
    files.retain(|file| {
        let name = file.file_name().to_ascii_uppercase();
        ["LICENSE", "LICENCE", "COPYING", "UNLICENSE"].iter().any(|start| name.starts_with(start))
    });
    files.sort_by(|a, b| a.file_name().cmp(b.file_name()));
    let text = |path: &Utf8Path| -> Result<String> { Ok(lines(&String::from_utf8_lossy(&fs::read(path)?))) };
    files.iter().filter(|file| file.path().is_file()).map(|file| text(file.path())).collect()
}

/// A text with line feeds only, and without space at the ends of lines.
fn lines(text: &str) -> String {
    let lines: Vec<_> = text.trim().lines().map(str::trim_end).collect();
    lines.join("\n")
}

fn is_text_of(text: &str, id: &str) -> bool {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    ACCEPTED.iter().any(|(known, mark)| *known == id && words.contains(mark))
}

/// The text of the SPDX list, for a package without a file.
fn standard_text(id: &str, holders: &str) -> Result<String> {
    let text = spdx::license_id(id).with_context(|| format!("{id} is not in the SPDX list"))?.text();
    Ok(lines(text).replace("<year> <copyright holders>", holders))
}

/// What rustc links into every program. It comes with the compiler and not as a package.
fn standard_library() -> Result<Notice> {
    let text = standard_text("MIT", "The Rust Project contributors")?;
    Ok(Notice { covers: vec!["the Rust standard library (MIT)".to_owned()], text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_restrictive_accepted_licenses_are_chosen() {
        assert_eq!(chosen("MIT/Apache-2.0").unwrap(), ["MIT"]);
        assert_eq!(chosen("Unlicense OR MIT").unwrap(), ["MIT"]);
        assert_eq!(chosen("(MIT OR Apache-2.0) AND Unicode-3.0").unwrap(), ["MIT", "Unicode-3.0"]);
        for other in ["GPL-3.0-only", "MIT AND MPL-2.0", "mine"] {
            assert!(chosen(other).is_err(), "{other}");
        }
    }

    #[test]
    fn no_license_is_accepted_that_the_other_list_refuses() {
        let deny = fs::read_to_string(sh::root().join("deny.toml")).unwrap();
        let deny: toml::Table = toml::from_str(&deny).unwrap();
        let allowed: Vec<_> =
            deny["licenses"]["allow"].as_array().unwrap().iter().filter_map(|id| id.as_str()).collect();
        for (id, _) in ACCEPTED {
            assert!(allowed.contains(&id), "{id}");
        }
    }

    #[test]
    fn no_text_passes_for_another_license() {
        for (id, _) in ACCEPTED {
            let text = standard_text(id, "me").unwrap();
            let fits: Vec<_> = ACCEPTED.iter().filter(|(other, _)| is_text_of(&text, other)).collect();
            assert!(matches!(fits.as_slice(), [(only, _)] if *only == id), "{id}: {fits:?}");
        }
        assert!(standard_text("MIT", "Ada").unwrap().contains("Copyright (c) Ada\n"));
    }

    #[test]
    fn every_shipped_package_has_its_notices() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path()).unwrap();
        let page = fs::read_to_string(folder.path().join(FILE)).unwrap();
        for shipped in shipped::packages().unwrap() {
            let name = format!("\n{} {} (", shipped.package.name, shipped.package.version);
            assert!(page.contains(&name), "{name}");
        }
        assert!(page.contains("unicode-ident") && page.contains("(Unicode-3.0)"), "a second license is not forgotten");
        assert!(!page.contains("<copyright holders>") && !page.contains('\r'));
    }

    #[test]
    fn packages_with_the_same_text_share_it() {
        let notice = |name: &str, text: &str| Notice { covers: vec![name.into()], text: text.into() };
        let mut notices = vec![notice("a", "one")];
        add(&mut notices, notice("b", "two"));
        add(&mut notices, notice("c", "one"));
        let page = page("ours\n", &notices);
        assert!(page.contains("\na\nc\n\none\n") && page.contains("\nb\n\ntwo\n"), "{page}");
    }
}
