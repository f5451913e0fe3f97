//! The documented examples of test suites (`docs/ci`): each records pages of the site with the real suite, and the
//! command line judges them. For Cypress there is a stand-in, because npm doesn't have its program.

mod bidi;

use crate::support::{SOON, command_line, repository};
use inspector_core::recording::file;
use inspector_core::recording::history::{Cause, TabHistory, ValueKey};
use inspector_core::recording::replay::replay;
use inspector_core::visitor::Field;
use inspector_launch::CHROMIUM;
use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;
use xtask::files;
use xtask::npm::{PLAYWRIGHT, Package, SELENIUM};
use xtask::setup::CHROMEDRIVER;
use xtask::sh;
use xtask::site::Site;

/// The folder for the recordings of the examples, and the file of the examples that visit all pages in one tab.
const RECORDINGS: &str = "upscope";
const RECORDING: &str = "upscope/visit.jsonl";

/// The page that all examples visit, and the unique ID that it sends to Upscope.
const PAGE: &str = "/updated";
const UNIQUE_ID: &str = "cust-1042";

/// The site, and the folder of a suite.
struct Suite {
    site: Site,
    folder: TempDir,
    program: PathBuf,
}

/// Where a suite shows its pages. A page in a frame is less trusted.
enum Shown {
    InTab,
    InFrame,
}

#[test]
fn a_recording_of_playwright_is_judged() {
    let Some(suite) = Suite::with_package("docs/ci/playwright", &PLAYWRIGHT) else { return };
    run(&mut suite.visit());
    suite.assert_recorded(&Shown::InTab);
    suite.assert_judged();
}

#[test]
fn a_recording_of_selenium_is_judged() {
    let Ok(driver) = CHROMEDRIVER.find() else { return eprintln!("NOT CHECKED: Selenium needs ChromeDriver") };
    let Some(suite) = Suite::with_package("docs/ci/selenium", &SELENIUM) else { return };
    run(suite.visit().env(CHROMEDRIVER.variable, driver));
    suite.assert_recorded(&Shown::InTab);
    suite.assert_judged();
}

#[test]
fn a_recording_of_webdriver_bidi_is_judged() {
    let suite = Suite::new();
    let script = String::from_utf8(suite.run(&["script"]).stdout).unwrap();
    let lines = bidi::record(&script, &suite.site.url(PAGE), || {
        let is_identified = |visitor: &xtask::site::Visitor| visitor.unique_id == Some(UNIQUE_ID.into());
        suite
            .site
            .wait_for("the call", SOON, |record| record.visitors.iter().any(is_identified).then_some(()))
            .unwrap();
    });
    fs::create_dir(suite.folder.path().join(RECORDINGS)).unwrap();
    fs::write(suite.folder.path().join(RECORDING), lines.join("\n")).unwrap();
    suite.assert_recorded(&Shown::InTab);
    suite.assert_judged();
}

#[test]
fn a_recording_of_cypress_is_judged() {
    let Some(suite) = Suite::with_package("docs/ci/cypress", &PLAYWRIGHT) else { return };
    suite.copy("tests/e2e/suites/cypress");
    run(&mut suite.node(&["stand_in.mjs", &suite.site.url("/"), "leaving.cy.js", "origins.cy.js"]));
    suite.assert_recorded(&Shown::InFrame);
    suite.assert_judged();
    let site = &suite.site;
    // Each test has its own file; the one that visits nothing has none.
    let files = [
        ("leaving.cy.js-ends-on-a-page-of-another-origin", vec![site.url("/no-upscope?left")]),
        ("leaving.cy.js-visits-another-page", vec![site.url(PAGE), site.url("/no-upscope?next")]),
        ("origins.cy.js-is-on-the-first-origin", vec![site.url("/no-upscope?first")]),
        ("origins.cy.js-is-on-the-second-origin", vec![site.url_on("localhost", "/no-upscope?second")]),
    ];
    suite.assert_files(&files);
}

#[test]
fn each_tab_of_playwright_has_its_own_file() {
    let Some(suite) = Suite::with_package("docs/ci/playwright", &PLAYWRIGHT) else { return };
    suite.copy("tests/e2e/suites/playwright");
    let urls = ["/no-upscope?one", "/no-upscope?two"].map(|path| suite.site.url(path));
    run(&mut suite.node(&["tabs.mjs", RECORDING, &urls[0], &urls[1]]));
    let [one, two] = urls.map(|url| vec![url]);
    suite.assert_files(&[("visit-2", two), ("visit", one)]);
}

/// Runs Node with pipes of its own. Node makes the pipes that it inherits non-blocking until it ends, and of two that run
/// at the same time the last one leaves them so. The tests' own output then fails.
fn run(node: &mut Command) {
    let output = node.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{node:?}\n{}{}", text(&output.stdout), text(&output.stderr));
}

impl Suite {
    fn new() -> Self {
        Self { site: Site::start().unwrap(), folder: tempfile::tempdir().unwrap(), program: command_line() }
    }

    /// With the documented files of a folder, and a package where Node looks for it. `None` without Node and npm.
    fn with_package(example: &str, package: &Package) -> Option<Self> {
        let (Some(_), Some(installed)) = (sh::find(&["node"]), package.folder().unwrap()) else {
            eprintln!("NOT CHECKED: {} needs node 20 and npm", package.name);
            return None;
        };
        let suite = Self::new();
        suite.copy(example);
        let modules = suite.folder.path().join("node_modules");
        fs::create_dir(&modules).unwrap();
        std::os::unix::fs::symlink(installed, modules.join(package.name)).unwrap();
        Some(suite)
    }

    fn copy(&self, folder: &str) {
        files::copy(&repository().join(folder), self.folder.path()).unwrap();
    }

    /// Node in the folder. It finds the command line and Chromium.
    fn node(&self, arguments: &[&str]) -> Command {
        let own = self.program.parent().unwrap().to_owned();
        let path = env::join_paths(std::iter::once(own).chain(env::split_paths(&env::var_os("PATH").unwrap())));
        let mut node = Command::new(sh::find(&["node"]).unwrap());
        node.args(arguments).current_dir(self.folder.path());
        node.env("PATH", path.unwrap()).env(CHROMIUM.variable, CHROMIUM.find().unwrap()).env("WAIT", "6000");
        node
    }

    /// The documented program that visits pages.
    fn visit(&self) -> Command {
        self.node(&["visit.mjs", RECORDING, &self.site.url(PAGE), &self.site.url("/no-upscope")])
    }

    /// Runs the command line in the folder.
    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(&self.program).args(arguments).current_dir(self.folder.path()).output().unwrap()
    }

    /// The files that the suite wrote, in order.
    fn recordings(&self) -> Vec<String> {
        let files = fs::read_dir(self.folder.path().join(RECORDINGS)).unwrap().flatten();
        let mut names: Vec<_> =
            files.map(|file| format!("{RECORDINGS}/{}", file.file_name().to_string_lossy())).collect();
        names.sort();
        names
    }

    /// The history in a file. Asserts that no entries are missing.
    fn history(&self, recording: &str) -> TabHistory {
        let converted = self.run(&["convert", recording, "--out", "recording.json"]);
        assert!(converted.status.success(), "{converted:?}");
        let text = fs::read_to_string(self.folder.path().join("recording.json")).unwrap();
        let recording = file::read(&text).unwrap();
        assert_eq!((recording.unreadable, recording.timeline.losses().total()), (0, 0));
        replay(&recording.timeline)
    }

    /// Asserts that the suite wrote these files, in order, each with these pages.
    fn assert_files(&self, expected: &[(&str, Vec<String>)]) {
        let written = self.recordings().into_iter().map(|recording| {
            let mut pages = self.history(&recording).documents;
            // A new tab starts with an empty document.
            pages.retain(|page| page.url.starts_with("http"));
            assert!(pages.iter().all(|page| page.top && page.complete), "{recording}: {pages:?}");
            (recording, pages.into_iter().map(|page| page.url).collect::<Vec<_>>())
        });
        let expected = expected.iter().map(|(name, urls)| (format!("{RECORDINGS}/{name}.jsonl"), urls.clone()));
        assert_eq!(written.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }

    /// Asserts that the recording of the page has the same data as one of the extension.
    fn assert_recorded(&self, shown: &Shown) {
        let histories: Vec<_> = self.recordings().iter().map(|recording| self.history(recording)).collect();
        let mut pages = histories.iter().flat_map(|history| &history.documents);
        let page = pages.find(|page| page.url.ends_with(PAGE)).unwrap();
        assert!(page.top && page.complete && page.less_trusted == matches!(shown, Shown::InFrame), "{page:?}");
        assert_eq!((page.version(), page.marks.handshakes.len()), (Some("2.2.119"), 1));
        let id = page.value_history(ValueKey::Field(Field::UniqueId));
        assert_eq!(id.now().unwrap().cause, Cause::Call);
        assert!(id.steps.iter().any(|step| step.sent.is_some()), "{id:?}");
        let call = page.calls_of("updateConnection").next().unwrap();
        assert!(call.at().is_some_and(|at| at.url.ends_with(PAGE)), "{call:?}");
    }

    fn assert_judged(&self) {
        let met = self.check(UNIQUE_ID);
        assert_eq!(met.status.code(), Some(0), "{met:?}");
        let wrong = self.check("cust-7");
        let text = String::from_utf8_lossy(&wrong.stdout).into_owned();
        assert_eq!(wrong.status.code(), Some(1), "{wrong:?}");
        assert!(text.contains("expected \"cust-7\", seen 'cust-1042'"), "{text}");
    }

    fn check(&self, id: &str) -> Output {
        let expectations = format!(
            r#"{{"schema": "upscope-inspector/expectations@1", "expectations": [{{
                "name": "identified after init", "pages": ["{}"], "when": {{"after": "connected", "within": 2}},
                "expect": {{"uniqueId": {{"equals": "{id}", "setBy": ["updateConnection"]}}, "calls": {{"order": ["init", "updateConnection"]}}}}
            }}]}}"#,
            self.site.url(PAGE),
        );
        fs::write(self.folder.path().join("expect.json"), expectations).unwrap();
        let recordings = self.recordings();
        let recordings: Vec<_> = recordings.iter().map(String::as_str).collect();
        self.run(&[&["check", "--expect", "expect.json"], &recordings[..]].concat())
    }
}
