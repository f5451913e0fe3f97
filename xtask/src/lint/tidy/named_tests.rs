//! Documents name the tests that hold what they claim: ``[`name`](../tests/file.rs)``. Each of these must exist.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use anyhow::Result;
use regex::Regex;

use crate::files::{files, slashed};

/// A link from a name in code to a Rust file.
static LINK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\[`([a-z0-9_]+)`\]\(([^)#]+\.rs)\)").expect("a pattern"));

/// Every link in `docs` whose test doesn't exist.
pub fn check(root: &Path) -> Result<Vec<String>> {
    let folder = root.join("docs");
    let documents = if folder.is_dir() { files(&folder)? } else { vec![] };
    let mut problems = Vec::new();
    for document in documents.iter().filter(|file| file.extension().is_some_and(|kind| kind == "md")) {
        let path = folder.join(document);
        let text = fs::read_to_string(&path)?;
        for link in LINK.captures_iter(&text) {
            let (name, file) = (&link[1], &link[2]);
            let source = fs::read_to_string(path.with_file_name("").join(file)).unwrap_or_default();
            if !has_test(&source, name) {
                problems.push(format!("docs/{}: {file} has no test {name}", slashed(document)));
            }
        }
    }
    Ok(problems)
}

/// Whether a file has a test of this name: a function below `#[test]`, or one in the list of a macro that makes tests.
fn has_test(source: &str, name: &str) -> bool {
    let is_listed = source.lines().any(|line| line.trim() == format!("{name};"));
    let mut functions = source.match_indices("#[test]").map(|(at, mark)| source[at + mark.len()..].trim_start());
    let is_marked = functions.any(|rest| rest.starts_with(&format!("fn {name}(")));
    is_marked || is_listed && source.contains(&format!("fn {name}("))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sh;

    #[test]
    fn every_test_that_a_document_names_exists() {
        assert_eq!(check(sh::root()).unwrap(), Vec::<String>::new());
        let model = fs::read_to_string(sh::root().join("docs/threat-model.md")).unwrap();
        assert!(LINK.find_iter(&model).count() > 40, "the links have another form");
        let protections = model.lines().filter(|line| line.starts_with("| ") && line.matches('|').count() == 4);
        let claims = protections.filter(|line| !line.starts_with("| protection |"));
        for claim in claims {
            assert!(LINK.is_match(claim), "no test holds this: {claim}");
        }
    }

    #[test]
    fn a_function_that_is_no_test_is_reported() {
        let source =
            "in_both! {\n    listed;\n}\n\nfn listed(world: &World) {}\n\n#[test]\nfn marked() {}\n\nfn helper() {}\n";
        for (name, expected) in
            [("listed", true), ("marked", true), ("helper", false), ("mark", false), ("gone", false)]
        {
            assert_eq!(has_test(source, name), expected, "{name}");
        }
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("docs/guide")).unwrap();
        fs::write(root.path().join("a.rs"), source).unwrap();
        fs::write(root.path().join("docs/guide/x.md"), "[`marked`](../../a.rs) [`gone`](../../a.rs) [`marked`](b.rs)")
            .unwrap();
        assert_eq!(
            check(root.path()).unwrap(),
            ["docs/guide/x.md: ../../a.rs has no test gone", "docs/guide/x.md: b.rs has no test marked"]
        );
    }
}
