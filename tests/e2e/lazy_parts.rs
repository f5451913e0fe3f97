//! Parts of the popup's program that fail to load: the place that needs the part shows the reason and the next step.

use crate::support::{World, extension, run_with};
use std::fs;
use tempfile::TempDir;
use xtask::drive::{Kind, Options};
use xtask::files;

/// The editing part can't be loaded until the page has `isReachable`.
const UNREACHABLE: &str = "{
    const { fetch } = globalThis;
    globalThis.fetch = (url, ...rest) =>
        String(url).includes('split_edit') && !globalThis.isReachable ? Promise.reject(new TypeError('not now')) : fetch(url, ...rest);
}";

#[test]
fn chromium() {
    run(Kind::Chromium);
}

#[test]
fn firefox() {
    run(Kind::Firefox);
}

fn run(kind: Kind) {
    let folder = TempDir::new().unwrap();
    files::copy(&extension(), folder.path()).unwrap();
    let script = folder.path().join("start.js");
    let changed = format!("{UNREACHABLE}\n{}", fs::read_to_string(&script).unwrap());
    fs::write(script, changed).unwrap();
    run_with(kind, &Options::new(folder.path()), an_editor_that_was_not_loaded_has_an_error_in_its_place);
}

fn an_editor_that_was_not_loaded_has_an_error_in_its_place(world: &World) {
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    assert!(!popup.exists("[data-action=load-again]"));
    popup.act_on("uniqueId", "edit");
    popup.wait_for("[data-field=uniqueId] [role=alert] [data-action=load-again]");
    popup.wait_for("footer [data-action=load-again]");
    popup.0.eval("globalThis.isReachable = true").unwrap();
    popup.act_on("uniqueId", "load-again");
    popup.wait_for("[data-field=uniqueId] #uniqueId-0");
    popup.wait_for("footer [data-action=discard]");
    assert!(!popup.exists("[data-action=load-again]"));
}
