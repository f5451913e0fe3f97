//! Optimizes the start of the popup's page: one script, and no stylesheet to fetch. `extension/popup.html` has several
//! files, which other pages use too.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// The page, and the files that it fetches before it can be painted.
const PAGE: &str = "popup.html";
const SCRIPTS: [&str; 2] = ["popup.js", "settings.js"];
const STYLES: &str = "popup.css";

/// The script of the built page: all of [`SCRIPTS`].
const JOINED: &str = "start.js";

/// In the built folder, joins the scripts in the page's order, and inserts the styles into the page.
pub fn assemble(folder: &Path) -> Result<()> {
    let read = |name: &str| fs::read_to_string(folder.join(name)).with_context(|| format!("cannot read {name}"));
    let scripts = SCRIPTS.map(read).into_iter().collect::<Result<Vec<_>>>()?;
    let elements = SCRIPTS.map(|name| format!("<script src=\"{name}\"></script>\n")).concat();
    let page = replace(&read(PAGE)?, &elements, &format!("<script src=\"{JOINED}\"></script>\n"))?;
    let link = format!("<link rel=\"stylesheet\" href=\"{STYLES}\">\n");
    let page = replace(&page, &link, &format!("<style>\n{}</style>\n", without_comments(&read(STYLES)?)))?;
    fs::write(folder.join(JOINED), scripts.concat())?;
    Ok(fs::write(folder.join(PAGE), page)?)
}

fn replace(page: &str, old: &str, new: &str) -> Result<String> {
    let (before, after) = page.split_once(old).with_context(|| format!("{PAGE} has no {old}"))?;
    Ok(format!("{before}{new}{after}"))
}

/// Styles without comments. A test below checks that no string in them contains a comment's delimiters.
fn without_comments(styles: &str) -> String {
    let mut parts = styles.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.filter_map(|part| Some(part.split_once("*/")?.1)).fold(first, |all, part| all + part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{files, sh};

    #[test]
    fn the_page_has_one_script_and_its_styles() {
        let folder = tempfile::tempdir().unwrap();
        files::copy(&sh::root().join("extension"), folder.path()).unwrap();
        assemble(folder.path()).unwrap();
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        let page = read(PAGE);
        assert_eq!(page.matches("<script").count(), 1, "{page}");
        assert!(page.contains("main { flex: 1;") && !page.contains("stylesheet"), "{page}");
        for name in SCRIPTS {
            assert!(read(JOINED).contains(&read(name)), "{name}");
        }
    }

    #[test]
    fn comments_go_and_rules_stay() {
        assert_eq!(without_comments("a { b: c; } /* why */\n/* more\n*/d { e: f; }\n"), "a { b: c; } \nd { e: f; }\n");
    }

    #[test]
    fn no_text_in_the_styles_looks_like_a_comment() {
        let styles = fs::read_to_string(sh::root().join("extension").join(STYLES)).unwrap();
        assert!(!styles.split('"').skip(1).step_by(2).any(|text| text.contains("/*") || text.contains("*/")));
    }
}
