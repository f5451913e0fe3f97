//! Every cited section of the documents, `docs/<file>.md#<anchor>`, exists as a heading.

use std::fs;
use std::path::Path;

use super::Source;

/// The prefix of a citation.
const DOCS: &str = "docs/";

/// The citations in these files without a heading.
pub fn check(root: &Path, files: &[Source]) -> Vec<String> {
    let mut problems = Vec::new();
    for (path, text) in files {
        for (number, line) in (1..).zip(text.lines()) {
            let broken = citations(line).filter(|(file, anchor)| !has_heading(root, file, anchor));
            problems.extend(broken.map(|(file, anchor)| format!("{path}:{number}: no section `{file}#{anchor}`")));
        }
    }
    problems
}

/// The citations `docs/…md#…` in a line, as file and anchor.
fn citations(line: &str) -> impl Iterator<Item = (&str, &str)> {
    line.match_indices(DOCS).filter_map(|(at, _)| {
        let (file, rest) = line[at..].split_once('#')?;
        let is_path = file.ends_with(".md") && file.chars().all(|c| c.is_ascii_alphanumeric() || "/-_.".contains(c));
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(rest.len());
        (is_path && end > 0).then(|| (file, &rest[..end]))
    })
}

fn has_heading(root: &Path, file: &str, anchor: &str) -> bool {
    let text = fs::read_to_string(root.join(file)).unwrap_or_default();
    text.lines().filter(|line| line.starts_with('#')).any(|line| anchor_of(line) == anchor)
}

/// The anchor that Markdown renderers give to a heading.
fn anchor_of(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    text.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_without_its_section_is_named() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("docs")).unwrap();
        fs::write(root.path().join("docs/sdk.md"), "# SDK\n\n## Dead queue (2.x)\n").unwrap();
        let problems = |text: &str| check(root.path(), &[("src/a.rs".to_owned(), text.to_owned())]);
        assert_eq!(problems("/// As seen (docs/sdk.md#dead-queue-2x).\n/// See docs/sdk.md."), Vec::<String>::new());
        assert_eq!(problems("//\n// docs/sdk.md#gone"), ["src/a.rs:2: no section `docs/sdk.md#gone`"]);
        assert_eq!(problems("// docs/none.md#dead-queue-2x"), ["src/a.rs:1: no section `docs/none.md#dead-queue-2x`"]);
    }
}
