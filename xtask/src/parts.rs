//! Scripts that include parts in the same scope.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Replaces each line `//#include <part>` of a script with that file of the same folder.
///
/// # Errors
/// If the script or a part can't be read.
pub fn with_parts(script: &Path) -> Result<String> {
    let read = |file: &Path| fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()));
    let mut whole = String::new();
    for line in read(script)?.lines() {
        match line.trim().strip_prefix("//#include ") {
            Some(part) => whole.push_str(&read(&script.with_file_name(part))?),
            None => whole.push_str(line),
        }
        whole.push('\n');
    }
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_stands_where_it_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("whole.js");
        fs::create_dir(folder.path().join("parts")).unwrap();
        fs::write(folder.path().join("parts/middle.js"), "b();").unwrap();
        fs::write(&script, "a();\n  //#include parts/middle.js\nc();\n").unwrap();
        assert_eq!(with_parts(&script).unwrap(), "a();\nb();\nc();\n");
        fs::remove_file(folder.path().join("parts/middle.js")).unwrap();
        assert!(with_parts(&script).unwrap_err().to_string().contains("middle.js"));
    }
}
