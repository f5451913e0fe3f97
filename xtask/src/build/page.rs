//! The scripts that run in pages, reduced for shipping.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::parts::with_parts;

/// The scripts that run at each inspection, or while a recorded page loads.
const SCRIPTS: [&str; 3] = ["probe.js", "recorder.js", "relay.js"];

/// The part that the build includes in several of them.
const PARTS: [&str; 1] = ["copy.js"];

/// Includes the parts and strips the scripts in the built folder.
pub fn assemble(folder: &Path) -> Result<()> {
    for script in SCRIPTS {
        let path = folder.join(script);
        fs::write(&path, stripped(&with_parts(&path)?))?;
    }
    for part in PARTS {
        fs::remove_file(folder.join(part)).with_context(|| format!("cannot remove {part}"))?;
    }
    Ok(())
}

/// Removes comment lines and indentation. No string in these scripts spans several lines, which a test checks. `//# …`
/// is for the browser.
fn stripped(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut in_comment = false;
    for line in source.lines().map(str::trim) {
        let opens = line.starts_with("/*");
        let is_comment = in_comment || opens || (line.starts_with("//") && !line.starts_with("//#"));
        in_comment = (in_comment || opens) && !line.ends_with("*/");
        if !is_comment && !line.is_empty() {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sh;

    #[test]
    fn comments_and_indentation_go_and_code_stays() {
        let source = "// why\n(() => {\n  /** one line */\n  /**\n   * more\n   */\n  a(\"//b\"); // here\n\n})();\n//# sourceURL=x\n";
        assert_eq!(stripped(source), "(() => {\na(\"//b\"); // here\n})();\n//# sourceURL=x\n");
    }

    #[test]
    fn no_text_of_the_scripts_spans_lines() {
        for script in SCRIPTS.into_iter().chain(PARTS) {
            let source = fs::read_to_string(sh::root().join("extension/page").join(script)).unwrap();
            let code = source.lines().filter(|line| !line.trim().starts_with(['/', '*']));
            for line in code {
                assert_eq!(line.matches('`').count() % 2, 0, "{script}: {line}");
            }
        }
    }
}
