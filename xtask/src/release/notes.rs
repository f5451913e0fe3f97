//! The release notes: a section of the changelog.

use anyhow::{Context, Result, ensure};

/// The section of what is not released yet.
pub const UNRELEASED: &str = "Unreleased";

/// The text below the heading `## [<version>]`, up to the next one.
///
/// # Errors
/// If there is no such section, or nothing in it.
pub fn section(changelog: &str, version: &str) -> Result<String> {
    let heading = format!("## [{version}]");
    let mut lines = changelog.lines().skip_while(|line| !line.starts_with(&heading));
    lines.next().with_context(|| format!("CHANGELOG.md has no section {heading}"))?;
    let lines: Vec<_> = lines.take_while(|line| !line.starts_with("## [")).collect();
    let text = lines.join("\n");
    ensure!(!text.trim().is_empty(), "CHANGELOG.md has nothing below {heading}");
    Ok(format!("{}\n", text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_ends_at_the_next_one() {
        let changelog = "# Changelog\n\n## [Unreleased]\n\n## [1.1.0] - 2027-01-02\n\n### Added\n\n- One.\n\n## [1.0.0]\n\n- Two.\n";
        assert_eq!(section(changelog, "1.1.0").unwrap(), "### Added\n\n- One.\n");
        assert_eq!(section(changelog, "1.0.0").unwrap(), "- Two.\n");
        for missing in ["Unreleased", "1.2.0"] {
            assert!(section(changelog, missing).is_err(), "{missing}");
        }
    }
}
