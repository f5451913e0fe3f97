//! All static checks of the sources and of the built folder.

mod addon;
mod deny;
mod javascript;
mod package;
mod tidy;

use anyhow::{Result, bail};

use crate::build::{self, FEATURES, PACKAGE};
use crate::missing_tool::MissingTool;
use crate::setup::TARGET;
use crate::{setup, sh};

/// All checks, with a new build.
pub fn run() -> Result<()> {
    let missing = MissingTool::Tell;
    sources(missing)?;
    build::run()?;
    extension(missing)
}

/// Formatting, clippy on both targets (wasm has code that a native build doesn't), house rules, JavaScript.
pub fn sources(missing: MissingTool) -> Result<()> {
    setup::for_build()?;
    setup::for_lint()?;
    sh::run(sh::cargo().args(["fmt", "--all", "--check"]))?;
    house_rules()?;
    javascript::lint(missing)?;
    deny::check(missing)?;
    let deny = ["--", "--deny", "warnings"];
    sh::run(sh::cargo().args(["clippy", "--workspace", "--all-targets"]).args(deny))?;
    FEATURES.iter().try_for_each(|features| {
        sh::run(
            sh::cargo().args(["clippy", "--package", PACKAGE, "--target", TARGET, "--features", features]).args(deny),
        )
    })
}

/// The last build: what it may contain, and the add-on linter.
pub fn extension(missing: MissingTool) -> Result<()> {
    package::check(&build::extension_dir())?;
    addon::lint(&build::extension_dir(), missing)
}

fn house_rules() -> Result<()> {
    let problems = tidy::problems(sh::root())?;
    for problem in &problems {
        eprintln!("tidy: {problem}");
    }
    match problems.len() {
        0 => Ok(()),
        count => bail!("{count} house rules broken"),
    }
}
