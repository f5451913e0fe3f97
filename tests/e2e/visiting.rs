//! `record` and `test` of the command line: pages of the site in a browser that the command line starts.

mod steady;

use crate::in_both;
use crate::recorder::Recorder;
use crate::support::{SOON, World, command_line, leave};
use inspector_core::recording::file::{self, Recording};
use inspector_core::recording::history::{DocumentHistory, ValueKey};
use inspector_core::recording::replay::replay;
use inspector_core::visitor::Field;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use steady::{history, steady};
use tempfile::TempDir;
use xtask::drive::{Kind, LIMIT};
use xtask::site::Site;

/// Defines a test for both browsers from a function `fn(&Visitor)`.
macro_rules! visiting_in_both {
    ($($name:ident;)+) => {$(
        mod $name {
            #[test]
            fn chromium() {
                super::$name(&super::Visitor::new(xtask::drive::Kind::Chromium));
            }
            #[test]
            fn firefox() {
                super::$name(&super::Visitor::new(xtask::drive::Kind::Firefox));
            }
        }
    )+};
}

visiting_in_both! {
    a_recording_is_judged;
    steps_come_before_the_verdicts;
    steps_go_on_at_another_site;
    a_secret_is_nowhere;
    nothing_is_lost_when_a_page_is_left;
    frames_are_recorded;
    a_page_that_never_connects_ends_at_its_limit;
    what_cannot_run_has_a_reason;
    a_browser_that_crashes_is_reported;
    an_interrupt_leaves_nothing;
}

in_both! {
    a_page_is_recorded_as_by_the_extension;
}

const SECRET: &str = "p\"w & 7";

/// The command line with the site, in a folder of its own that also has its temporary files.
struct Visitor {
    kind: Kind,
    site: Site,
    folder: TempDir,
    program: PathBuf,
}

impl Visitor {
    fn new(kind: Kind) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("tmp")).unwrap();
        Self { kind, site: Site::start().unwrap(), folder, program: command_line() }
    }

    fn command(&self, command: &str, arguments: &[&str]) -> Command {
        let mut run = Command::new(&self.program);
        run.args([command, "--browser", &self.kind.to_string().to_lowercase()]).args(arguments);
        run.current_dir(self.folder.path()).env("TMPDIR", self.temporary()).env("SECRET", SECRET);
        run
    }

    fn run(&self, command: &str, arguments: &[&str]) -> Output {
        self.command(command, arguments).output().unwrap()
    }

    fn temporary(&self) -> PathBuf {
        self.folder.path().join("tmp")
    }

    fn put(&self, name: &str, value: &Value) {
        fs::write(self.folder.path().join(name), value.to_string()).unwrap();
    }

    fn steps(&self, steps: &Value) {
        self.put("steps.json", &json!({"schema": "upscope-inspector/steps@1", "steps": steps}));
    }

    fn expect(&self, path: &str, when: &Value, expect: &Value) {
        let expectation = json!({"name": "it", "pages": [self.site.url(path)], "when": when, "expect": expect});
        let file = json!({"schema": "upscope-inspector/expectations@1", "expectations": [expectation]});
        self.put("expect.json", &file);
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap()
    }

    fn recording(&self, name: &str) -> Recording {
        let recording = file::read(&self.text(name)).unwrap();
        assert_eq!((recording.unreadable, recording.timeline.losses().total()), (0, 0));
        recording
    }

    /// Starts to record a page and one that never connects, and waits until the second page's SDK tries to connect. The
    /// program's browser has [`LIMIT`] to start.
    fn start_waiting(&self) -> std::process::Child {
        let [first, second] = ["/connected", "/connecting"].map(|path| self.site.url(path));
        let mut command = self.command("record", &[&first, &second, "--out", "out.json", "--timeout", "120"]);
        let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        self.site
            .wait_for("the visit", LIMIT + SOON, |record| {
                let mut paths = record.requests.iter().map(|request| &request.path);
                let is_open = paths.any(|path| path.starts_with("/connecting"));
                (is_open && paths.any(|path| path.starts_with("/session"))).then_some(())
            })
            .unwrap();
        child
    }
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn a_recording_is_judged(visitor: &Visitor) {
    let urls = [visitor.site.url("/connected"), visitor.site.url("/updated")];
    let output = visitor.run("record", &[&urls[0], &urls[1], "--out", "out.json"]);
    assert_eq!((code(&output), said(&output)), (0, String::new()));
    let history = replay(&visitor.recording("out.json").timeline);
    let pages: Vec<_> = history.documents.iter().filter(|page| page.url.starts_with("http")).collect();
    assert_eq!(pages.iter().map(|page| page.url.as_str()).collect::<Vec<_>>(), urls);
    assert!(
        pages.iter().all(|page| page.top && page.complete && !page.less_trusted && page.marks.handshakes.len() == 1)
    );
    visitor.expect(
        "/connected",
        &json!({"within": 10}),
        &json!({"uniqueId": {"equals": "cust-1042", "setBy": ["init"]}}),
    );
    let checked = |expected| {
        let output = Command::new(&visitor.program)
            .args(["check", "out.json", "--expect", "expect.json"])
            .current_dir(visitor.folder.path())
            .output()
            .unwrap();
        assert_eq!(code(&output), expected, "{}", said(&output));
    };
    checked(0);
    visitor.expect("/connected", &json!({"within": 1}), &json!({"uniqueId": {"equals": "cust-7"}}));
    checked(1);
}

fn steps_come_before_the_verdicts(visitor: &Visitor) {
    visitor.steps(&json!([
        {"goto": visitor.site.url("/spa")},
        {"wait": {"handshake": true, "url": visitor.site.url("/spa")}},
        {"click": "#login"},
        {"wait": {"for": "#who"}}
    ]));
    let when = json!({"after": {"call": "updateConnection"}, "within": 1});
    visitor.expect("/spa*", &when, &json!({"uniqueId": {"equals": "cust-1042", "setBy": ["updateConnection"]}}));
    let test = || visitor.run("test", &["--steps", "steps.json", "--expect", "expect.json", "--timeout", "20"]);
    let output = test();
    assert_eq!((code(&output), said(&output)), (0, "the steps\n  ✓ met it\n1 met\n".to_owned()));
    visitor.expect("/spa*", &when, &json!({"uniqueId": {"equals": "cust-7"}}));
    let output = test();
    assert!(code(&output) == 1 && said(&output).contains("expected \"cust-7\", seen 'cust-1042'"), "{}", said(&output));
    visitor.steps(&json!([{"goto": visitor.site.url("/spa")}, {"click": "#nowhere"}]));
    let output = visitor.run("test", &["--steps", "steps.json", "--expect", "expect.json", "--timeout", "5"]);
    let said = said(&output);
    assert!(
        code(&output) == 2 && said.contains("error: step 2 (click #nowhere)") && said.contains("no element"),
        "{said}"
    );
}

/// For another site, a browser creates another process, in which the protocol's IDs start again.
fn steps_go_on_at_another_site(visitor: &Visitor) {
    let login = [visitor.site.url("/anonymous"), visitor.site.url("/no-upscope"), visitor.site.url("/anonymous")];
    let app = visitor.site.url_on("localhost", "/spa");
    let mut steps: Vec<_> = login.iter().map(|url| json!({"goto": url})).collect();
    steps.extend([
        json!({"goto": app}),
        json!({"wait": {"handshake": true, "url": app}}),
        json!({"click": "#login"}),
        json!({"wait": {"for": "#who"}}),
        // And back to the first one.
        json!({"goto": visitor.site.url("/sign-in")}),
        json!({"fill": {"field": "#email", "with": "ada@acme.example"}}),
        json!({"wait": {"url": visitor.site.url("/sign-in")}}),
    ]);
    visitor.steps(&json!(steps));
    let output = visitor.run("record", &["--steps", "steps.json", "--out", "out.json", "--timeout", "20"]);
    assert_eq!((code(&output), said(&output)), (0, String::new()));
    let history = replay(&visitor.recording("out.json").timeline);
    let page = history.documents.iter().find(|page| page.url == app).unwrap();
    assert_eq!(page.calls_of("updateConnection").count(), 1, "the step has clicked");
}

fn a_secret_is_nowhere(visitor: &Visitor) {
    visitor.steps(&json!([
        {"goto": visitor.site.url("/sign-in")},
        {"fill": {"field": "#email", "with": "ada@acme.example"}},
        {"fill": {"field": "#password", "with": "${ENV:SECRET}"}},
        {"click": "form button"},
        {"wait": {"url": format!("{}#done", visitor.site.url("/sign-in*")), "handshake": true}}
    ]));
    let expect = json!({"metadata": {"keys": {"password": {"equals": "nothing"}}}, "identities": {"includes": ["ada@acme.example"]}});
    visitor.expect("/sign-in*", &json!({"after": {"call": "updateConnection"}, "within": 1}), &expect);
    let arguments = ["--steps", "steps.json", "--expect", "expect.json", "--out", "out.json", "--format", "json"];
    let output = visitor.run("test", &arguments);
    let all = said(&output) + &visitor.text("out.json");
    assert_eq!(code(&output), 1, "{all}");
    assert!(all.contains("seen\": \"'${ENV:SECRET}'\"") && all.contains("ada@acme.example"), "{all}");
    assert!(!all.contains(r#"p"w"#) && !all.contains(r#"p\"w"#) && !all.contains("p%22w"), "{all}");
    let recording = visitor.recording("out.json");
    assert!(recording.masked);
    let history = replay(&recording.timeline);
    let metadata = |page: &_| id(page, Field::Metadata).is_some_and(|value| value.contains("${ENV:SECRET}"));
    assert!(history.documents.iter().any(metadata), "the form was filled");
}

/// A value of a page, as text.
fn id(page: &DocumentHistory, field: Field) -> Option<String> {
    page.value_history(ValueKey::Field(field)).value().map(|value| value.to_json().to_string())
}

fn nothing_is_lost_when_a_page_is_left(visitor: &Visitor) {
    let url = visitor.site.url("/leaves");
    let output = visitor.run("record", &[&url, "--out", "out.json"]);
    assert_eq!((code(&output), said(&output)), (0, String::new()));
    let history = replay(&visitor.recording("out.json").timeline);
    let left = history.documents.iter().find(|page| page.url == url).unwrap();
    assert_eq!(left.calls_of("init").count(), 1);
    assert!(history.documents.iter().any(|page| page.url.ends_with("/anonymous") && !page.marks.handshakes.is_empty()));
}

fn frames_are_recorded(visitor: &Visitor) {
    let url = visitor.site.url("/frames");
    let output = visitor.run("record", &[&url, "--out", "out.json", "--wait", "load", "--stay", "6"]);
    assert_eq!((code(&output), said(&output)), (0, String::new()));
    let history = replay(&visitor.recording("out.json").timeline);
    let frames: Vec<_> = history.documents.iter().filter(|page| !page.top).collect();
    assert!(!frames.is_empty() && frames.iter().all(|frame| frame.frame > 0 && frame.less_trusted), "{frames:?}");
    assert!(frames.iter().any(|frame| !frame.marks.handshakes.is_empty()), "an SDK in a frame");
}

fn a_page_that_never_connects_ends_at_its_limit(visitor: &Visitor) {
    let url = visitor.site.url("/connecting");
    let output = visitor.run("record", &[&url, "--out", "out.json", "--timeout", "10"]);
    assert_eq!((code(&output), said(&output)), (0, format!("note: {url} did not connect within 10 s\n")));
    let history = replay(&visitor.recording("out.json").timeline);
    let page = history.documents.iter().find(|page| page.url == url).unwrap();
    assert!(page.init().is_some() && page.marks.handshakes.is_empty());
    visitor.expect("/connecting", &json!({"within": 1}), &json!({"connected": true}));
    let output = visitor.run("test", &[&url, "--expect", "expect.json", "--timeout", "10"]);
    assert!(code(&output) == 1 && said(&output).contains("expected a connection"), "{}", said(&output));
}

fn what_cannot_run_has_a_reason(visitor: &Visitor) {
    let url = visitor.site.url("/connected");
    let mut missing = visitor.command("record", &[&url, "--out", "out.json"]);
    let missing = missing.env("CHROMIUM", "/nowhere/browser").env("FIREFOX", "/nowhere/browser").output().unwrap();
    let variable = visitor.kind.to_string().to_uppercase();
    let expected = format!("error: {variable} names /nowhere/browser, which is no program\n");
    assert_eq!((code(&missing), said(&missing)), (2, expected));
    let refused = visitor.run("record", &["http://127.0.0.1:9/", "--out", "out.json"]);
    assert!(
        code(&refused) == 2 && said(&refused).starts_with("error: could not open http://127.0.0.1:9/: "),
        "{}",
        said(&refused)
    );
    visitor.steps(&json!([{"goto": "${ENV:NOT_SET_ANYWHERE}"}]));
    let unset = visitor.run("record", &["--steps", "steps.json", "--out", "out.json"]);
    assert!(
        code(&unset) == 2 && said(&unset).contains("the environment variable NOT_SET_ANYWHERE is not set"),
        "{}",
        said(&unset)
    );
}

fn a_browser_that_crashes_is_reported(visitor: &Visitor) {
    let child = visitor.start_waiting();
    let browser = processes(&visitor.temporary()).into_iter().find(|process| leads_its_group(*process)).unwrap();
    assert!(Command::new("kill").args(["-s", "KILL", &browser.to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert!(code(&output) == 2 && said(&output).contains("the browser ended unexpectedly"), "{}", said(&output));
    leaves_nothing(visitor);
    assert!(visitor.text("out.json").contains("/connected"), "what was recorded is kept");
}

fn an_interrupt_leaves_nothing(visitor: &Visitor) {
    let child = visitor.start_waiting();
    assert!(Command::new("kill").args(["-s", "INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), said(&output)), (130, String::new()));
    leaves_nothing(visitor);
}

/// Asserts that no process and no file of the browser remains.
fn leaves_nothing(visitor: &Visitor) {
    let end = Instant::now() + SOON;
    while !processes(&visitor.temporary()).is_empty() {
        assert!(Instant::now() < end, "processes are left");
        std::thread::sleep(Duration::from_millis(50));
    }
    let files: Vec<_> = fs::read_dir(visitor.temporary()).unwrap().flatten().map(|entry| entry.file_name()).collect();
    let profiles = files.iter().filter(|name| name.to_string_lossy().starts_with("upscope-inspector-"));
    assert_eq!(profiles.count(), 0, "{files:?}");
}

/// The processes that were started with a profile in this folder.
fn processes(folder: &Path) -> Vec<u32> {
    let folder = folder.join("upscope-inspector-").display().to_string();
    let all = fs::read_dir("/proc").unwrap().flatten();
    let of_browser = all.filter(|process| {
        let line = fs::read(process.path().join("cmdline")).unwrap_or_default();
        // The shell that guards the browser also names its profile.
        String::from_utf8_lossy(&line).contains(&folder) && !line.starts_with(b"sh\0")
    });
    of_browser.filter_map(|process| process.file_name().to_str()?.parse().ok()).collect()
}

/// Whether a process leads its group, as the browser does. Its ID needn't be the lowest, because process IDs wrap
/// around.
fn leads_its_group(process: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // `pid (name) state parent group …`; the name may contain any character.
    let group = stat.rsplit(") ").next().unwrap_or_default().split(' ').nth(2);
    group.and_then(|group| group.parse().ok()) == Some(process)
}

fn a_page_is_recorded_as_by_the_extension(world: &World) {
    let visitor = Visitor::new(world.browser.kind());
    let recorder = Recorder::start(world);
    for path in ["/updated", "/init-twice", "/live-chat", "/spa", "/strict-mode"] {
        let page = world.open_connected(path);
        let url = page.url().unwrap();
        let by_extension = recorder.wait(&page, "the handshake", |timeline| {
            let history = replay(timeline);
            history.documents.iter().any(|page| page.url == url && !page.marks.handshakes.is_empty())
        });
        // Both wait for the page's later actions.
        std::thread::sleep(Duration::from_secs(2));
        let by_extension =
            Some(recorder.timeline(&page)).filter(|timeline| !timeline.is_empty()).unwrap_or(by_extension);
        let output = visitor.run("record", &[&url, "--out", "out.json", "--stay", "2"]);
        assert_eq!((code(&output), said(&output)), (0, String::new()));
        let by_command = visitor.recording("out.json").timeline;
        assert_eq!(steady(&by_command, &url), steady(&by_extension, &url), "{path}");
        assert!(!history(&by_command, &url).calls.is_empty(), "{path}");
        leave(page);
    }
}
