//! The pages of the checks.

use anyhow::{Context, Result};
use include_dir::{Dir, include_dir};

static PAGES: Dir = include_dir!("$CARGO_MANIFEST_DIR/../docs/checks");

/// The page of a check, in Markdown.
///
/// # Errors
/// If there is no such check.
pub fn page(check: &str) -> Result<&'static str> {
    let page = PAGES.get_file(format!("{check}.md"));
    let known = || PAGES.files().filter_map(|file| file.path().file_stem()?.to_str()).collect::<Vec<_>>().join(", ");
    page.and_then(|page| page.contents_utf8()).with_context(|| format!("no check `{check}`; there are {}", known()))
}
