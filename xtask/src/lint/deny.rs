//! cargo-deny: the licenses, the sources and the known vulnerabilities of dependencies (`deny.toml`).

use anyhow::Result;

use crate::missing_tool::MissingTool;
use crate::sh;

/// Fails on anything that `deny.toml` doesn't allow. Known vulnerabilities are checked only where no tool may be missing:
/// their list is fetched, and a new entry in it is no fault of the change under test.
pub fn check(missing: MissingTool) -> Result<()> {
    if sh::find(&["cargo-deny"]).is_none() {
        return missing
            .handle("the licenses and known vulnerabilities of dependencies need `cargo install cargo-deny`");
    }
    let mut deny = sh::cargo();
    match missing {
        MissingTool::Fail => deny.args(["deny", "check"]),
        MissingTool::Tell => deny.args(["deny", "--offline", "check", "bans", "licenses", "sources"]),
    };
    sh::run(&mut deny)
}
