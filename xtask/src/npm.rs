//! Tools from npm, for checks. None is part of the extension. Without npm a check is skipped with a message.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use anyhow::Result;

use crate::sh;

/// A package with an exact version.
pub struct Package {
    pub name: &'static str,
    pub version: &'static str,
}

/// Checks the types of JavaScript.
pub const TYPESCRIPT: Package = Package { name: "typescript", version: "7.0.2" };
/// The types of the browsers' interfaces for extensions.
pub const BROWSER_TYPES: Package = Package { name: "@types/chrome", version: "0.3.7" };
/// The linter of JavaScript.
pub const OXLINT: Package = Package { name: "oxlint", version: "1.94.0" };
/// Mozilla's add-on linter.
pub const ADDON_LINTER: Package = Package { name: "addons-linter", version: "10.13.0" };
/// The accessibility checks.
pub const AXE: Package = Package { name: "axe-core", version: "4.14.1" };
/// A test suite, for its documented example and for the stand-in of Cypress.
pub const PLAYWRIGHT: Package = Package { name: "playwright-core", version: "1.65.1" };
/// A test suite, for its documented example.
pub const SELENIUM: Package = Package { name: "selenium-webdriver", version: "4.49.0" };

/// All packages.
pub const PACKAGES: [&Package; 7] = [&TYPESCRIPT, &BROWSER_TYPES, &OXLINT, &ADDON_LINTER, &AXE, &PLAYWRIGHT, &SELENIUM];

/// Parallel tests may install the same package.
static INSTALLING: Mutex<()> = Mutex::new(());

impl Package {
    /// The package's folder, after installing it if necessary; `None` without npm.
    pub fn folder(&self) -> Result<Option<PathBuf>> {
        let _alone = INSTALLING.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        // A separate folder for each package, because npm removes folders that it doesn't know.
        let prefix = sh::root().join("target/tools").join(self.name);
        let folder = prefix.join("node_modules").join(self.name);
        if version(&folder).as_deref() == Some(self.version) {
            return Ok(Some(folder));
        }
        let Some(npm) = sh::find(&["npm"]) else { return Ok(None) };
        self.install(&npm, &prefix).map(|()| Some(folder))
    }

    fn install(&self, npm: &Path, prefix: &Path) -> Result<()> {
        fs::create_dir_all(prefix)?;
        sh::run(
            Command::new(npm)
                .args(["install", "--silent", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"])
                .arg("--prefix")
                .arg(prefix)
                .arg(format!("{}@{}", self.name, self.version)),
        )
    }
}

fn version(package: &Path) -> Option<String> {
    let json = fs::read_to_string(package.join("package.json")).ok()?;
    let json: serde_json::Value = serde_json::from_str(&json).ok()?;
    json["version"].as_str().map(str::to_owned)
}
