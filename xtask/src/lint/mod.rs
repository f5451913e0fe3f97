//! All static checks of the sources and of the built folder.

mod addon;
mod javascript;
mod tidy;

use anyhow::{Result, bail};

use crate::build::{self, FEATURES, PACKAGE};
use crate::setup::TARGET;
use crate::{setup, sh};

/// All checks, with a new build.
pub fn run() -> Result<()> {
    sources()?;
    build::run()?;
    extension()
}

/// Formatting, clippy on both targets (wasm has code that a native build doesn't), house rules, JavaScript.
pub fn sources() -> Result<()> {
    setup::for_build()?;
    setup::for_lint()?;
    sh::run(sh::cargo().args(["fmt", "--all", "--check"]))?;
    house_rules()?;
    javascript::lint()?;
    let deny = ["--", "--deny", "warnings"];
    sh::run(sh::cargo().args(["clippy", "--workspace", "--all-targets"]).args(deny))?;
    FEATURES.iter().try_for_each(|features| {
        sh::run(
            sh::cargo().args(["clippy", "--package", PACKAGE, "--target", TARGET, "--features", features]).args(deny),
        )
    })
}

/// The add-on linter on the last build.
pub fn extension() -> Result<()> {
    addon::lint(&build::extension_dir())
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
