//! `docs/checks.md` and the pages in `docs/checks` are made from the checks themselves: `UPDATE=1`
//! writes them, and what is out of date fails.

use inspector_core::checks::{CHECKS, Check, Severity};
use std::fmt::Write;
use std::path::{Path, PathBuf};

#[test]
fn the_list_of_checks_and_their_pages_are_up_to_date() {
    let pages = pages();
    let folder = root().join("docs/checks");
    for (path, text) in &pages {
        if std::env::var_os("UPDATE").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let written = std::fs::read_to_string(path).unwrap_or_default();
        assert!(written == *text, "{} is out of date: run with UPDATE=1", path.display());
    }
    let there = std::fs::read_dir(folder).unwrap().count();
    assert_eq!(there, pages.len() - 1, "docs/checks has pages of no check");
}

#[test]
fn every_check_is_listed_once_and_named_as_its_file() {
    let mut ids: Vec<_> = CHECKS.iter().map(|check| check.id.replace('-', "_")).collect();
    ids.sort();
    let files = std::fs::read_dir(root().join("core/src/checks")).unwrap();
    let texts = files.map(|file| file.unwrap().path());
    let mut checks: Vec<_> = texts
        .filter(|path| std::fs::read_to_string(path).unwrap().contains("pub static CHECK: Check"))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .filter(|name| name != "mod")
        .collect();
    checks.sort();
    assert_eq!(ids, checks);
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The list of all checks and a page for each, as paths and texts.
fn pages() -> Vec<(PathBuf, String)> {
    let page = |check: &&'static Check| (root().join(format!("docs/checks/{}.md", check.id)), page(check));
    let list = (root().join("docs/checks.md"), list());
    std::iter::once(list).chain(CHECKS.iter().map(page)).collect()
}

fn list() -> String {
    let mut out = String::from(
        "# Checks\n\nWhat the inspector finds wrong with how a page uses Upscope. Made from the checks' own comments in \
         `core/src/checks`\nby `UPDATE=1 cargo test --test checks`; please do not edit here.\n",
    );
    let all = [
        (Severity::Error, "Errors: something is lost, wrong at the server, or does not work at all"),
        (Severity::Warning, "Warnings: it works today and is likely to hurt"),
        (Severity::Note, "Notes: worth knowing; may be meant"),
    ];
    for (severity, title) in all {
        write!(out, "\n## {title}\n").unwrap();
        for check in CHECKS.iter().filter(|check| check.severity == severity) {
            let title = message(&key(check.id));
            let body = comment(check).body;
            write!(out, "\n### [{title}](checks/{id}.md)\n\n`{id}`\n\n{body}\n", id = check.id).unwrap();
        }
    }
    out
}

/// One check for its reader: the words of the inspector, the background, and an example.
fn page(check: &Check) -> String {
    let Comment { body, example } = comment(check);
    let (id, severity) = (check.id, check.severity.name());
    let [said, why, what] = ["", "Why", "Do"].map(|part| message(&(key(id) + part)).replace('&', "&amp;"));
    format!(
        "<!-- Made by `UPDATE=1 cargo test --test checks` from the check and its messages; please do not edit here. -->\n\
         # {said}\n\n`{id}`, {severity}. [All checks](../checks.md)\n\n\
         ## What the inspector shows\n\n> **{said}**\n>\n> {why}\n>\n> **What to do:** {what}\n\n\
         ## Background\n\n{body}\n\n## Example\n\n{example}\n"
    )
}

/// A check's doc comment: what follows its first line, and its last part, the example.
struct Comment {
    body: String,
    example: String,
}

fn comment(check: &Check) -> Comment {
    let path = format!("core/src/checks/{}.rs", check.id.replace('-', "_"));
    let text = std::fs::read_to_string(root().join(&path)).unwrap();
    let lines = text.lines().map_while(|line| line.strip_prefix("//!"));
    let lines: Vec<_> = lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let told = lines[1..].join("\n");
    for part in ["Why it matters: ", "Rule: ", "Wrong when: ", "Example:\n"] {
        assert!(told.contains(part), "{path} does not say `{}`", part.trim());
    }
    let (body, example) = told.split_once("Example:\n").unwrap();
    let mut body = body.trim().to_owned();
    for part in ["Why it matters", "Rule", "Repair", "Wrong when"] {
        body = body.replace(&format!("{part}: "), &format!("**{part}:** "));
    }
    Comment { body, example: example.trim().to_owned() }
}

/// The key of a check's title among the messages.
fn key(id: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    format!("check{}", id.split('-').map(capital).collect::<String>())
}

fn message(key: &str) -> String {
    let text = std::fs::read_to_string(root().join("extension/_locales/en/messages.json")).unwrap();
    let messages: serde_json::Value = serde_json::from_str(&text).unwrap();
    messages[key]["message"].as_str().unwrap_or_else(|| panic!("there is no message {key}")).to_owned()
}
