//! Copies of the two extensions, with the measuring script added to the popup.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Serialize;
use tempfile::TempDir;

use crate::{files, sh};

/// The measured extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Extension {
    /// The inspector of this build.
    Inspector,
    /// The one to compare with: plain JavaScript, or another build of the inspector.
    Other,
}

impl Extension {
    /// Both, in the order of the interleaved run.
    pub const ALL: [Extension; 2] = [Extension::Inspector, Extension::Other];
}

/// Both extensions in a temporary folder.
pub struct ExtensionCopies(TempDir);

impl ExtensionCopies {
    /// Copies both and adds `marks.js` to their popups: the inspector in `built`, and the unpacked extension in
    /// `against`, or else the baseline with this build's probe.
    pub fn of(built: &Path, against: Option<&Path>) -> Result<ExtensionCopies> {
        let staged = ExtensionCopies(TempDir::with_prefix("bench-")?);
        let tests = sh::root().join("tests/bench");
        files::copy(built, &staged.folder(Extension::Inspector))?;
        let other = staged.folder(Extension::Other);
        match against {
            Some(folder) => files::copy(folder, &other)?,
            None => {
                files::copy(&tests.join("baseline"), &other)?;
                fs::copy(built.join("page/probe.js"), other.join("probe.js"))?;
            }
        }
        for extension in Extension::ALL {
            let folder = staged.folder(extension);
            fs::copy(tests.join("marks.js"), folder.join("marks.js"))?;
            add_marks(&folder.join("popup.html"))?;
        }
        Ok(staged)
    }

    /// A copy of the inspector whose recorder does nothing, as the cost of running any scripts.
    pub fn without_recorder(&self) -> Result<PathBuf> {
        let folder = self.0.path().join("without-recorder");
        files::copy(&self.folder(Extension::Inspector), &folder)?;
        for script in ["recorder.js", "relay.js"] {
            fs::write(folder.join("page").join(script), "(() => {})();\n")?;
        }
        Ok(folder)
    }

    /// The folder to load.
    pub fn folder(&self, extension: Extension) -> PathBuf {
        self.0.path().join(format!("{extension:?}").to_lowercase())
    }
}

fn add_marks(page: &Path) -> Result<()> {
    let html = fs::read_to_string(page)?;
    let (before, after) = html.split_once("</head>").context("a popup.html has a head")?;
    Ok(fs::write(page, format!("{before}<script src=\"marks.js\"></script>\n</head>{after}"))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_baseline_is_staged_with_the_products_probe_and_the_marks() {
        let built = sh::root().join("extension");
        let staged = ExtensionCopies::of(&built, None).unwrap();
        let other = staged.folder(Extension::Other);
        let probe = |path: PathBuf| fs::read_to_string(path).unwrap();
        assert_eq!(probe(other.join("probe.js")), probe(built.join("page/probe.js")));
        for extension in Extension::ALL {
            let html = fs::read_to_string(staged.folder(extension).join("popup.html")).unwrap();
            let (own, marks) = (html.find("popup.js").unwrap(), html.find("marks.js").unwrap());
            assert!(own < marks && marks < html.find("<body>").unwrap(), "{html}");
            assert!(staged.folder(extension).join("marks.js").is_file());
        }
    }
}
