//! Type-checks the shipped JavaScript with TypeScript, from its JSDoc, and lints all JavaScript. Both tools come from
//! npm; without node and npm they are skipped with a message.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::files::{files, slashed};
use crate::missing_tool::MissingTool;
use crate::npm::{BROWSER_TYPES, OXLINT, TYPESCRIPT};
use crate::parts::with_parts;
use crate::sh;

/// The folders with JavaScript. Only the first two are shipped and type-checked.
const FOLDERS: [&str; 6] = ["extension", "cli/src", "docs/ci", "tests/catalogue", "tests/e2e/suites", "tests/site"];

/// One configuration for the extension's pages and its background, one for the scripts in pages.
const PROJECTS: [(&str, &str); 2] = [
    ("tsconfig.json", include_str!("javascript/tsconfig.json")),
    ("tsconfig.page.json", include_str!("javascript/tsconfig.page.json")),
];
const PAGE_SCRIPTS: &str = "extension/page/";
const GLOBALS: (&str, &str) = ("globals.d.ts", include_str!("javascript/globals.d.ts"));

/// Fails on any type error and any finding of the linter.
pub fn lint(missing: MissingTool) -> Result<()> {
    let (Some(node), Some(typescript), Some(types), Some(oxlint)) =
        (sh::find(&["node"]), TYPESCRIPT.folder()?, BROWSER_TYPES.folder()?, OXLINT.folder()?)
    else {
        return missing.handle("the types of JavaScript and its linter need node 20 and npm");
    };
    let stage = sh::root().join("target/tools/javascript");
    assemble(sh::root(), &stage)?;
    let types = types.parent().context("a package lies in a folder")?;
    for (project, _) in PROJECTS {
        let run = |command: &mut Command| sh::run(command.current_dir(&stage)).context("types of JavaScript");
        run(Command::new(&node)
            .arg(typescript.join("bin/tsc"))
            .args(["--project", project, "--typeRoots"])
            .arg(types))?;
    }
    sh::run(Command::new(&node).arg(oxlint.join("bin/oxlint")).args(["--deny-warnings", "."]).current_dir(&stage))
        .context("linter of JavaScript")
}

/// Copies the scripts of `root` to `stage` with their included parts. A part uses names that it doesn't define, so it
/// isn't copied separately.
fn assemble(root: &Path, stage: &Path) -> Result<()> {
    if stage.exists() {
        fs::remove_dir_all(stage)?;
    }
    // Outside of a repository, oxlint would ignore it like git ignores `target`.
    fs::create_dir_all(stage.join(".git"))?;
    for (name, text) in PROJECTS.iter().chain([&GLOBALS]) {
        fs::write(stage.join(name), text)?;
    }
    for folder in FOLDERS {
        for file in files(&root.join(folder))? {
            let from = root.join(folder).join(&file);
            let is_script = file.extension().is_some_and(|extension| extension == "js" || extension == "mjs");
            if !is_script || is_part(&from)? {
                continue;
            }
            let to = stage.join(staged(&format!("{folder}/{}", slashed(&file))));
            fs::create_dir_all(to.parent().context("a script lies in a folder")?)?;
            fs::write(to, with_parts(&from)?)?;
        }
    }
    Ok(())
}

/// Scripts in pages have other rules, so they are where no `import` of the other scripts finds them.
fn staged(path: &str) -> &str {
    if path.starts_with(PAGE_SCRIPTS) { path.trim_start_matches("extension/") } else { path }
}

/// Whether a script in the same folder or the parent folder includes this file.
fn is_part(file: &Path) -> Result<bool> {
    for folder in file.ancestors().skip(1).take(2) {
        let part = format!("//#include {}", slashed(file.strip_prefix(folder)?));
        for script in fs::read_dir(folder)? {
            let script = script?.path();
            let is_script = script.extension().is_some_and(|extension| extension == "js");
            if is_script && fs::read_to_string(&script)?.lines().any(|line| line.trim() == part) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_checked_with_their_parts_and_parts_only_there() {
        let root = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("extension/page/probe.js", "//#include copy.js\nb;\n"),
            ("extension/page/copy.js", "a;\n"),
            ("extension/popup.css", ""),
            ("cli/src/wrapper.js", "e;\n"),
            ("docs/ci/suite.js", "f;\n"),
            ("tests/catalogue/index.js", "c;\n"),
            ("tests/e2e/suites/cypress/runner.js", "g;\n"),
            ("tests/site/sdk/one.js", "  //#include parts/queue.js\n"),
            ("tests/site/sdk/parts/queue.js", "d;\n"),
        ] {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let stage = root.path().join("stage");
        assemble(root.path(), &stage).unwrap();
        let mut scripts = files(&stage).unwrap();
        scripts.retain(|file| file.extension().is_some_and(|extension| extension == "js"));
        let expected = [
            "cli/src/wrapper.js",
            "docs/ci/suite.js",
            "page/probe.js",
            "tests/catalogue/index.js",
            "tests/e2e/suites/cypress/runner.js",
            "tests/site/sdk/one.js",
        ];
        assert_eq!(scripts, expected.map(Path::new));
        assert_eq!(fs::read_to_string(stage.join("page/probe.js")).unwrap(), "a;\n\nb;\n");
    }
}
