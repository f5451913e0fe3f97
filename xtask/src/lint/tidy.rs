//! House rules that no other tool has. Each is a function from a file to its violations.

mod citations;
mod components;
mod cycles;
mod imports;
mod locales;
mod named_tests;
mod paths;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::files::{files, slashed};
use crate::messages;

const MAX_LINES: usize = 400;

/// A page's report is shown as text and never becomes code or markup.
const NOT_IN_JAVASCRIPT: [&str; 6] =
    ["eval(", "new Function", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"];

/// Access for pages to the extension, and permissions that the extension doesn't request. With their quotes, because
/// hosts in `optional_host_permissions` are not granted yet.
const NOT_IN_MANIFEST: [&str; 4] =
    ["\"web_accessible_resources\"", "\"externally_connectable\"", "\"host_permissions\"", "\"content_scripts\""];

/// The server's view never deletes, so the verb doesn't occur anywhere.
const NOT_IN_RUST: [&str; 2] = ["DELETE", "Request::delete"];

/// The violations in `root`, one sentence each, with the file.
pub fn problems(root: &Path) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    let mut sources = read(root, "src")?;
    sources.extend(read(root, "core/src")?);
    let scripts = |(path, _): &Source| path.ends_with(".js");
    let (command_line_scripts, command_line) = read(root, "cli/src")?.into_iter().partition::<Vec<_>, _>(scripts);
    sources.extend(command_line);
    let extension = read(root, "extension")?;
    let manifest = fs::read_to_string(root.join("manifest.json")).context("manifest.json")?;
    let glossary = fs::read_to_string(root.join("docs/glossary.md")).context("docs/glossary.md")?;
    for (path, text) in &sources {
        problems.extend(length(path, text));
        problems.extend(imports::check(path, text));
        problems.extend(forbidden(path, text, &NOT_IN_RUST));
    }
    for (path, text) in extension.iter().chain(&command_line_scripts) {
        problems.extend(opening(path, text));
        problems.extend(forbidden(path, text, &NOT_IN_JAVASCRIPT));
    }
    problems.extend(forbidden("manifest.json", &manifest, &NOT_IN_MANIFEST));
    let tools = [read(root, "launch/src")?, read(root, "xtask/src")?].concat();
    let rust = |dir| read_kind(root, dir, "rs");
    let tests = [rust("tests")?, rust("xtask/tests")?, rust("cli/tests")?].concat();
    problems.extend(tools.iter().chain(&tests).filter_map(|(path, text)| length(path, text)));
    // The linter's own test has citations without a heading.
    let cited = |(path, _): &&Source| !path.starts_with("xtask/src/lint/");
    let files: Vec<_> = [&sources, &extension, &tools, &tests].into_iter().flatten().filter(cited).cloned().collect();
    problems.extend(citations::check(root, &files));
    problems.extend(cycles::check(&[&sources[..], &tools[..]].concat()));
    problems.extend(components::check(root, &sources)?);
    problems.extend(locales::check(&sources, &extension, &manifest, &glossary));
    problems.extend(locales::guide::check(&read_kind(root, locales::guide::FOLDER, "md")?, &glossary));
    let languages = messages::languages(&root.join("extension/_locales"))?;
    let managed = fs::read_to_string(root.join(locales::POLICY)).unwrap_or_default();
    problems.extend(locales::documented(&languages, &managed));
    problems.extend(named_tests::check(root)?);
    Ok(problems)
}

/// A file's path relative to the root, with slashes, and its text.
type Source = (String, String);

fn read(root: &Path, dir: &str) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for file in files(&root.join(dir))? {
        let path = Path::new(dir).join(file);
        let text = fs::read_to_string(root.join(&path)).with_context(|| path.display().to_string())?;
        sources.push((slashed(&path), text));
    }
    Ok(sources)
}

/// The files with this extension in a folder that has others, too. None if there is no such folder.
fn read_kind(root: &Path, dir: &str, kind: &str) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for file in files(&root.join(dir)).unwrap_or_default() {
        let path = Path::new(dir).join(file);
        if path.extension().is_some_and(|extension| extension == kind) {
            sources.push((
                slashed(&path),
                fs::read_to_string(root.join(&path)).with_context(|| path.display().to_string())?,
            ));
        }
    }
    Ok(sources)
}

fn length(path: &str, text: &str) -> Option<String> {
    let lines = text.lines().count();
    (lines > MAX_LINES).then(|| format!("{path}: {lines} lines, at most {MAX_LINES}"))
}

fn opening(path: &str, text: &str) -> Option<String> {
    let opens = text.starts_with("//") || text.starts_with("/*");
    (path.ends_with(".js") && !opens)
        .then(|| format!("{path}: the first line must say why this is JavaScript, and in which world"))
}

fn forbidden(path: &str, text: &str, words: &[&str]) -> Vec<String> {
    let lines = (1..).zip(text.lines());
    let found = lines.flat_map(|(number, line)| {
        let here = words.iter().filter(|word| line.contains(**word));
        here.map(move |word| format!("{path}:{number}: `{word}` is not used here"))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tree with these files and the minimum that the rules require.
    fn problems_of(files: &[(&str, &str)]) -> Vec<String> {
        let root = tempfile::tempdir().unwrap();
        let least = [
            ("manifest.json", "{}"),
            ("src/lib.rs", ""),
            ("core/src/lib.rs", ""),
            ("cli/src/main.rs", ""),
            ("launch/src/lib.rs", ""),
            ("xtask/src/lib.rs", ""),
            ("docs/glossary.md", "| en | word | term |"),
            ("extension/_locales/en/messages.json", "{}"),
            (locales::POLICY, "| `language` | `en` |"),
        ];
        for (path, text) in least.iter().chain(files) {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        problems(root.path()).unwrap()
    }

    #[test]
    fn each_rule_names_the_file() {
        assert_eq!(problems_of(&[]), Vec::<String>::new());
        for (path, text, problem) in [
            ("core/src/long.rs", &*"\n".repeat(401), "core/src/long.rs: 401 lines"),
            ("cli/src/long.rs", &*"\n".repeat(401), "cli/src/long.rs: 401 lines"),
            ("cli/src/p.js", "let x;", "cli/src/p.js: the first line"),
            ("src/webext/a.rs", "use crate::ui::X;", "src/webext/a.rs:1: `webext` may not use `ui`"),
            ("src/background/e.rs", "Method::DELETE", "src/background/e.rs:1: `DELETE`"),
            ("src/ui/components/new.rs", "", "src/ui/components/new.rs: it has no state"),
            (
                "tests/catalogue/components.json",
                r#"[{ "parts": [["old", "default", "p"]] }]"#,
                "no src/ui/components/old.rs",
            ),
            ("extension/page/p.js", "let x;", "extension/page/p.js: the first line"),
            ("extension/p.js", "// Why.\nx.innerHTML = y;", "extension/p.js:2: `innerHTML`"),
            ("manifest.json", "{ \"host_permissions\": [] }", "manifest.json:1: `\"host_permissions\"`"),
            ("extension/_locales/en/messages.json", "{ \"gone\": { \"message\": \"x\" } }", "`gone`"),
            ("docs/guide/a.md", "a\nword", "docs/guide/a.md:2: uses “word”"),
        ] {
            let problems = problems_of(&[(path, text)]);
            assert!(problems.len() == 1 && problems[0].contains(problem), "{path}: {problems:?}");
        }
    }
}
