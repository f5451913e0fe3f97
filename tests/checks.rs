//! `docs/checks.md` is made from the checks themselves: `UPDATE=1` writes it, and a list that is out of date fails.

use std::fmt::Write;
use std::path::Path;
use upscope_inspector::domain::checks::{CHECKS, Check, Severity};

#[test]
fn the_list_of_checks_is_up_to_date() {
    let path = root().join("docs/checks.md");
    let list = list();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &list).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == list, "docs/checks.md is out of date: run with UPDATE=1");
}

#[test]
fn every_check_is_listed_once_and_named_as_its_file() {
    let mut ids: Vec<_> = CHECKS.iter().map(|check| check.id.replace('-', "_")).collect();
    ids.sort();
    let files = std::fs::read_dir(root().join("src/domain/checks")).unwrap();
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

fn list() -> String {
    let mut out = String::from(
        "# Checks\n\nWhat the inspector finds wrong with how a page uses Upscope. Made from the checks' own comments in \
         `src/domain/checks`\nby `UPDATE=1 cargo test --test checks`; please do not edit here.\n",
    );
    let all = [
        (Severity::Error, "Errors: something is lost, wrong at the server, or does not work at all"),
        (Severity::Warning, "Warnings: it works today and is likely to hurt"),
        (Severity::Note, "Notes: worth knowing; may be meant"),
    ];
    for (severity, title) in all {
        write!(out, "\n## {title}\n").unwrap();
        for check in CHECKS.iter().filter(|check| check.severity == severity) {
            write!(out, "\n{}", section(check)).unwrap();
        }
    }
    out
}

/// The check's doc comment: its first line is the title.
fn section(check: &Check) -> String {
    let path = format!("src/domain/checks/{}.rs", check.id.replace('-', "_"));
    let text = std::fs::read_to_string(root().join(&path)).unwrap();
    let lines: Vec<_> = text.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim).collect();
    let (title, body) = (lines[0].trim_end_matches('.'), lines[1..].join("\n"));
    for part in ["Why it matters: ", "Rule: "] {
        assert!(body.contains(part), "{path} does not say `{part}`");
    }
    let mut body = body.trim().to_owned();
    for part in ["Why it matters", "Rule", "Repair"] {
        body = body.replace(&format!("{part}: "), &format!("**{part}:** "));
    }
    format!("### {title}\n\n`{}`\n\n{body}\n", check.id)
}
