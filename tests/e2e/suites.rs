//! The documented examples of test suites (`docs/ci`): each records pages of the site with the real suite, and the command line
//! judges them. For Cypress there is a stand-in, because npm doesn't have its program.

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

/// The file that the examples write.
const RECORDING: &str = "upscope.jsonl";

/// The page that all of them visit, and what it tells Upscope.
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
    sh::run(&mut suite.visit()).unwrap();
    suite.assert_recorded(&Shown::InTab);
    suite.assert_judged();
}

#[test]
fn a_recording_of_selenium_is_judged() {
    let Ok(driver) = CHROMEDRIVER.find() else { return eprintln!("NOT CHECKED: Selenium needs ChromeDriver") };
    let Some(suite) = Suite::with_package("docs/ci/selenium", &SELENIUM) else { return };
    sh::run(suite.visit().env(CHROMEDRIVER.variable, driver)).unwrap();
    suite.assert_recorded(&Shown::InTab);
    suite.assert_judged();
}

#[test]
fn a_recording_of_webdriver_bidi_is_judged() {
    let suite = Suite::new();
    let script = String::from_utf8(suite.run(&["script"]).stdout).unwrap();
    let lines = bidi::record(&script, &suite.site.url(PAGE), || {
        let is_told = |visitor: &xtask::site::Visitor| visitor.unique_id == Some(UNIQUE_ID.into());
        suite.site.wait_for("the call", SOON, |record| record.visitors.iter().any(is_told).then_some(())).unwrap();
    });
    fs::write(suite.folder.path().join(RECORDING), lines.join("\n")).unwrap();
    suite.assert_recorded(&Shown::InTab);
    suite.assert_judged();
}

#[test]
fn a_recording_of_cypress_is_judged() {
    let Some(suite) = Suite::with_package("docs/ci/cypress", &PLAYWRIGHT) else { return };
    suite.copy("tests/e2e/suites/cypress");
    sh::run(&mut suite.node(&["stand_in.mjs", &suite.site.url("/"), "leaving.cy.js", "origins.cy.js"])).unwrap();
    let history = suite.assert_recorded(&Shown::InFrame);
    suite.assert_judged();
    let site = &suite.site;
    let others = ["/no-upscope?next", "/no-upscope?left", "/no-upscope?first"].map(|path| site.url(path));
    for url in others.into_iter().chain([site.url_on("localhost", "/no-upscope?second")]) {
        let page = history.documents.iter().find(|page| page.url == url);
        assert!(page.is_some_and(|page| page.top && page.complete), "{url}: {page:?}");
    }
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

    /// The page is recorded as by the extension.
    fn assert_recorded(&self, shown: &Shown) -> TabHistory {
        let converted = self.run(&["convert", RECORDING, "--out", "recording.json"]);
        assert!(converted.status.success(), "{converted:?}");
        let text = fs::read_to_string(self.folder.path().join("recording.json")).unwrap();
        let recording = file::read(&text).unwrap();
        assert_eq!((recording.unreadable, recording.timeline.losses().total()), (0, 0));
        let history = replay(&recording.timeline);
        let page = history.documents.iter().find(|page| page.url.ends_with(PAGE)).unwrap();
        assert!(page.top && page.complete && page.less_trusted == matches!(shown, Shown::InFrame), "{page:?}");
        assert_eq!((page.version(), page.marks.handshakes.len()), (Some("2.2.119"), 1));
        let id = page.value_history(ValueKey::Field(Field::UniqueId));
        assert_eq!(id.now().unwrap().cause, Cause::Call);
        assert!(id.steps.iter().any(|step| step.sent.is_some()), "{id:?}");
        let call = page.calls_of("updateConnection").next().unwrap();
        assert!(call.at().is_some_and(|at| at.url.ends_with(PAGE)), "{call:?}");
        history
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
        self.run(&["check", RECORDING, "--expect", "expect.json"])
    }
}
