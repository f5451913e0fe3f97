//! The behavior of a check whose tool is missing.

use anyhow::{Result, bail};

/// What to do when the tool of a check isn't installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingTool {
    /// Print that it is not checked, and continue. This is for developers' machines, most of which lack some tools.
    Tell,
    /// Fail: a release is checked in full.
    Fail,
}

impl MissingTool {
    /// Applies it to a sentence such as `the linter needs node`.
    ///
    /// # Errors
    /// For [`MissingTool::Fail`].
    pub fn handle(self, why: &str) -> Result<()> {
        match self {
            MissingTool::Tell => eprintln!("NOT CHECKED: {why}"),
            MissingTool::Fail => bail!("not checked: {why}"),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_release_needs_every_tool() {
        assert!(MissingTool::Tell.handle("the test of this needs nothing").is_ok());
        assert_eq!(MissingTool::Fail.handle("x needs y").unwrap_err().to_string(), "not checked: x needs y");
    }
}
