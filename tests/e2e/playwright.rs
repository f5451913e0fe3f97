//! The documented example of Playwright, with a real one: it records a page of the site, and the command line judges it.

use crate::support::{command_line, repository};
use inspector_core::recording::file;
use inspector_core::recording::history::{Cause, ValueKey};
use inspector_core::recording::replay::replay;
use inspector_core::visitor::Field;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use xtask::npm::Package;
use xtask::setup::programs_of_chromium;
use xtask::sh;
use xtask::site::Site;

const PLAYWRIGHT: Package = Package { name: "playwright-core", version: "1.65.1" };

#[test]
fn a_recording_of_playwright_is_judged() {
    let (Some(node), Some(playwright)) = (sh::find(&["node"]), PLAYWRIGHT.folder().unwrap()) else {
        return eprintln!("NOT CHECKED: Playwright needs node 20 and npm");
    };
    let site = Site::start().unwrap();
    let folder = stage(&playwright);
    let program = command_line();
    let path = env::join_paths(
        [program.parent().unwrap().to_owned()].into_iter().chain(env::split_paths(&env::var_os("PATH").unwrap())),
    );
    let chromium = env::var_os("CHROMIUM").map(PathBuf::from).or_else(|| sh::find(programs_of_chromium())).unwrap();
    sh::run(
        Command::new(node)
            .args(["visit.mjs", "upscope.jsonl", &site.url("/updated"), &site.url("/no-upscope")])
            .current_dir(folder.path())
            .env("PATH", path.unwrap())
            .env("CHROMIUM", chromium)
            .env("WAIT", "12000"),
    )
    .unwrap();
    let run = |arguments: &[&str]| Command::new(&program).args(arguments).current_dir(folder.path()).output().unwrap();
    recorded_as_by_the_extension(folder.path(), run(&["convert", "upscope.jsonl", "--out", "recording.json"]));
    judged(&site, folder.path(), run);
}

/// The example's files, and Playwright where Node looks for it.
fn stage(playwright: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in ["recorder.mjs", "visit.mjs"] {
        fs::copy(repository().join("docs/ci/playwright").join(file), folder.path().join(file)).unwrap();
    }
    let modules = folder.path().join("node_modules");
    fs::create_dir(&modules).unwrap();
    std::os::unix::fs::symlink(playwright, modules.join(PLAYWRIGHT.name)).unwrap();
    folder
}

fn recorded_as_by_the_extension(folder: &Path, converted: Output) {
    assert!(converted.status.success(), "{converted:?}");
    let recording = file::read(&fs::read_to_string(folder.join("recording.json")).unwrap()).unwrap();
    assert_eq!((recording.unreadable, recording.timeline.losses().total()), (0, 0));
    let history = replay(&recording.timeline);
    let page = history.documents.iter().find(|page| page.url.ends_with("/updated")).unwrap();
    assert!(page.top && page.complete && !page.less_trusted);
    assert_eq!((page.version(), page.marks.handshakes.len()), (Some("2.2.119"), 1));
    let id = page.value_history(ValueKey::Field(Field::UniqueId));
    assert_eq!(id.now().unwrap().cause, Cause::Call);
    assert!(id.steps.iter().any(|step| step.sent.is_some()), "{id:?}");
    let call = page.calls_of("updateConnection").next().unwrap();
    assert!(call.at().is_some_and(|at| at.url.ends_with("/updated")), "{call:?}");
}

fn judged(site: &Site, folder: &Path, run: impl Fn(&[&str]) -> Output) {
    let check = |id: &str| {
        let expectations = format!(
            r#"{{"schema": "upscope-inspector/expectations@1", "expectations": [{{
                "name": "identified after init", "pages": ["{}"], "when": {{"after": "connected", "within": 4}},
                "expect": {{"uniqueId": {{"equals": "{id}", "setBy": ["updateConnection"]}}, "calls": {{"order": ["init", "updateConnection"]}}}}
            }}]}}"#,
            site.url("/updated"),
        );
        fs::write(folder.join("expect.json"), expectations).unwrap();
        run(&["check", "upscope.jsonl", "--expect", "expect.json"])
    };
    let met = check("cust-1042");
    assert_eq!(met.status.code(), Some(0), "{met:?}");
    let wrong = check("cust-7");
    let text = String::from_utf8_lossy(&wrong.stdout).into_owned();
    assert_eq!(wrong.status.code(), Some(1), "{wrong:?}");
    assert!(text.contains("expected \"cust-7\", seen 'cust-1042'"), "{text}");
}
