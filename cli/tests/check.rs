//! The program as a person or a build runs it: its output in each format, and its exit codes. `UPDATE=1` writes the
//! snapshots; review the change.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use inspector_core::recording::entry::PageMoment;
use inspector_core::recording::file;
use inspector_core::recording::fixture::Tab;
use serde_json::{Value, json};

/// A folder with recordings and files of expectations, in which the program runs.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.put("shop.json", &recording(&shop(), false));
        folder.put("masked.json", &recording(&shop(), true));
        folder.put("other.json", &recording(&Tab::new(), false).replace("acme.test", "other.test"));
        folder.put("expect.json", &expectations(&all()));
        folder
    }

    fn put(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join(name), text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_upscope-inspector"));
        command.args(arguments).current_dir(self.0.path()).env_remove("CLICOLOR_FORCE").output().unwrap()
    }

    fn check(&self, arguments: &[&str]) -> (i32, String) {
        let output = self.run(&[&["check", "--expect", "expect.json"], arguments].concat());
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    }

    /// The exit code with only these expectations.
    fn code(&self, expectations: &[Value], arguments: &[&str]) -> i32 {
        self.put("expect.json", &self::expectations(expectations));
        self.check(arguments).0
    }
}

/// A page that sends everything except its tags, and then a silent logout.
fn shop() -> Tab {
    let mut tab =
        Tab::connected(json!({"uniqueId": "cust-1042", "identities": ["Ada", "ada@acme.test"], "tags": ["#TRIAL"]}));
    tab.later(30_000).moment(PageMoment::Route, "https://acme.test/logout?from=<menu>,&more");
    tab
}

fn recording(tab: &Tab, masked: bool) -> String {
    file::write(&tab.timeline, 200_000, masked)
}

fn expectation(name: &str, page: &str, expect: Value) -> Value {
    json!({"name": name, "pages": [page], "expect": expect})
}

fn expectations(all: &[Value]) -> String {
    json!({"schema": "upscope-inspector/expectations@1", "expectations": all}).to_string()
}

fn met() -> Value {
    expectation("Named: the visitor, 100%", "https://acme.test/*", json!({"uniqueId": {"matches": "^cust-"}}))
}

fn not_met() -> Value {
    let expect =
        json!({"tags": {"includes": ["#VIP"]}, "uniqueId": {"equals": "cust-7"}, "calls": {"resetOnLogout": true}});
    expectation("A <VIP> # and logged out", "https://acme.test/*", expect)
}

fn unknown() -> Value {
    let expect = json!({"uniqueId": {"present": true}});
    json!({"name": "After a call", "pages": ["https://acme.test/*"], "when": {"after": {"call": "connect"}}, "expect": expect})
}

fn elsewhere() -> Value {
    expectation("Elsewhere", "https://elsewhere.test/*", json!({"connected": true}))
}

fn all() -> Vec<Value> {
    vec![met(), not_met(), unknown(), elsewhere()]
}

/// Compares an output with its snapshot, or writes the snapshot with `UPDATE=1`.
fn differs(name: &str, text: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    (std::fs::read_to_string(&path).unwrap_or_default() != text).then(|| format!("{name}:\n{text}"))
}

#[test]
fn each_format_is_written_as_its_snapshot_says() {
    let folder = Folder::new();
    let mut wrong = vec![];
    for format in ["text", "json", "junit", "github", "tap"] {
        for mask in [&[][..], &["--mask"]] {
            let arguments = [&["shop.json", "other.json", "--format", format], mask].concat();
            let (code, text) = folder.check(&arguments);
            assert_eq!((code, &text), (1, &folder.check(&arguments).1), "the same again");
            let name = format!("{format}{}.txt", if mask.is_empty() { "" } else { "-masked" });
            wrong.extend(differs(&name, &text));
            let personal = ["cust-1042", "cust-7", "TRIAL", "#VIP", "menu"];
            assert!(mask.is_empty() || personal.iter().all(|text_of| !text.contains(text_of)), "{name}: {text}");
            assert!(!text.contains('\u{1b}'), "{name} has colors, and no terminal");
        }
    }
    let expect = json!({"metadata": {"keys": {"plan": {"present": true}}}});
    let within =
        json!({"name": "In time", "pages": ["https://acme.test/*"], "when": {"within": 3600}, "expect": expect});
    folder.put("expect.json", &expectations(&[within]));
    let (code, text) = folder.check(&["shop.json", "--format", "json"]);
    assert_eq!(code, 2, "there is time left");
    wrong.extend(differs("json-left.txt", &text));
    assert!(wrong.is_empty(), "run with UPDATE=1 and read the difference:\n{}", wrong.join("\n"));
}

#[test]
fn a_recording_that_judged_nothing_fails_no_format_if_another_one_did() {
    let folder = Folder::new();
    let mut left_early = Tab::connected(json!({"uniqueId": "cust-1042"}));
    left_early.page("https://elsewhere.test/");
    folder.put("early.json", &recording(&left_early, false));
    let mut expectation = met();
    expectation["when"] = json!({"after": {"call": "updateConnection"}});
    let mut judged = Tab::connected(json!({"uniqueId": "cust-1042"}));
    judged.call("updateConnection", json!([{"uniqueId": "cust-1042"}]));
    folder.put("judged.json", &recording(&judged, false));
    folder.put("expect.json", &expectations(&[expectation]));
    let fails = |recordings: &[&str], format: &str| {
        let (code, text) = folder.check(&[recordings, &["--format", format]].concat());
        let signs = ["<error", "<failure", "not ok", "::warning", "::error"];
        (code, signs.iter().any(|sign| text.contains(sign)))
    };
    for format in ["junit", "tap", "github"] {
        assert_eq!(fails(&["judged.json", "early.json"], format), (0, false), "{format}");
        assert_eq!(fails(&["early.json"], format), (2, true), "{format}: nothing judged");
        assert_eq!(fails(&["other.json"], format), (2, true), "{format}: nothing visited");
    }
}

#[test]
fn the_exit_code_is_the_result() {
    let folder = Folder::new();
    assert_eq!(folder.code(&[met()], &["shop.json"]), 0);
    assert_eq!(folder.code(&[met(), elsewhere()], &["shop.json", "other.json"]), 0);
    assert_eq!(folder.code(&[met(), not_met(), unknown()], &["shop.json"]), 1);
    assert_eq!(folder.code(&[met(), unknown()], &["shop.json"]), 2, "not judged");
    assert_eq!(folder.code(&[met(), unknown()], &["shop.json", "--allow-unknown"]), 0);
    assert_eq!(folder.code(&[met()], &["masked.json"]), 2, "the mask hides the text");
    assert_eq!(folder.code(&[elsewhere()], &["shop.json"]), 2, "no page is meant");
}

#[test]
fn what_cannot_run_has_a_reason() {
    let folder = Folder::new();
    folder.put("wrong.json", "{\n  \"schema\": \"upscope-inspector/expectations@1\",\n  \"expectation\": []\n}");
    folder.put("wrong.toml", "schema = 7\n");
    folder.put("none.json", "[]");
    for (arguments, said) in [
        (&["check", "shop.json", "--expect", "wrong.json"][..], "wrong.json:3:15: unknown field `expectation`"),
        (&["check", "shop.json", "--expect", "wrong.toml"], "wrong.toml:1:10: "),
        (&["check", "shop.json", "--expect", "gone.json"], "gone.json"),
        (&["check", "gone.json", "--expect", "expect.json"], "gone.json"),
        (&["check", "none.json", "--expect", "expect.json"], "none.json: not a recording"),
        (&["check", "shop.json"], "--expect"),
        (&["record", "--out", "out.json"], "expected a URL, or steps"),
        (&["record", "acme.test", "--out", "out.json"], "expected a URL that begins with http:// or https://"),
        (&["record", "https://acme.test/", "--out", "out.json", "--timeout", "9999"], "expected 0 to 3600 seconds"),
        (&["record", "--steps", "none.json", "--out", "out.json"], "none.json: "),
        (&["test", "https://acme.test/", "--expect", "gone.json"], "gone.json"),
        (&["explain", "nonsense"], "no check `nonsense`"),
        (&["man", "nonsense"], "no command `nonsense`; there are check, "),
        (&["nonsense"], "unrecognized"),
    ] {
        let output = folder.run(arguments);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr.contains(said), "{arguments:?}: {stderr}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn the_other_commands_print_what_they_promise() {
    let folder = Folder::new();
    for (arguments, said) in [
        (&["explain", "silent-logout"][..], "Upscope('reset')"),
        (&["schema"], "upscope-inspector/expectations@1"),
        (&["schema", "steps"], "upscope-inspector/steps@1"),
        (&["script"], "upscopeInspectorTake"),
        (&["completions", "bash"], "complete -F"),
        (&["schema", "verdicts"], "upscope-inspector/verdicts@1"),
    ] {
        let output = folder.run(arguments);
        assert!(output.status.success() && String::from_utf8_lossy(&output.stdout).contains(said), "{arguments:?}");
    }
}

/// The words of a text that `is_one` accepts, without the punctuation around them.
fn words(text: &str, is_one: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let all = text.split(|c: char| !(c.is_ascii_alphanumeric() || "-()".contains(c)));
    all.filter(|word| is_one(word)).map(str::to_owned).collect()
}

#[test]
fn each_command_has_a_manual_page_with_its_options() {
    let folder = Folder::new();
    let run = |arguments: &[&str]| {
        let output = folder.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        let page = String::from_utf8(output.stdout).unwrap().replace("\\-", "-");
        // Without the marks of bold and italic text.
        ["\\fB", "\\fI", "\\fR"].iter().fold(page, |page, mark| page.replace(mark, " "))
    };
    let main = run(&["man"]);
    assert!(main.contains(".TH upscope-inspector 1"), "{main}");
    let pages = words(&main, |word| word.ends_with("(1)"));
    for command in ["check", "test", "record", "convert", "explain", "schema", "script", "completions", "man"] {
        assert!(pages.contains(&format!("upscope-inspector-{command}(1)")), "{pages:?}");
    }
    for page in pages {
        let command = page.trim_start_matches("upscope-inspector-").trim_end_matches("(1)");
        let text = run(&["man", command]);
        assert!(text.contains(&format!(".TH upscope-inspector-{command} 1")), "{text}");
        let options = |text: &str| words(text, |word| word.starts_with("--") && word.len() > 2);
        assert!(
            !options(&text).is_empty() && options(&text).is_superset(&options(&run(&[command, "--help"]))),
            "{text}"
        );
        assert!(words(&text, |word| word.ends_with("(1)")).is_empty(), "{text}");
    }
}

#[test]
fn batches_become_a_recording() {
    let folder = Folder::new();
    let text = r#"{\"k\":\"page\",\"t\":1,\"what\":\"start\",\"url\":\"https://acme.test/ada\",\"top\":true}"#;
    folder.put("batches.jsonl", &format!(
        r#"{{"frame":0,"document":"5","url":"https://acme.test/ada","top":true,"less":false,"origin":5,"first":0,"at":9,"texts":["{text}"]}}"#
    ));
    assert!(folder.run(&["convert", "batches.jsonl", "--out", "out.json"]).status.success());
    assert!(folder.run(&["convert", "out.json", "--out", "masked-out.json", "--mask"]).status.success());
    let read = |name: &str| std::fs::read_to_string(PathBuf::from(folder.0.path()).join(name)).unwrap();
    let recording = file::read(&read("out.json")).unwrap();
    assert_eq!((recording.timeline.len(), recording.at, recording.masked), (1, 9, false));
    assert!(!read("masked-out.json").contains("ada"));
}

/// The batches of a test suite that loads this many pages, the first of which has another visitor than the rest.
fn loads(count: usize) -> String {
    let batch = |n: usize| {
        let (url, origin) = (format!("https://acme.test/{n}"), 100_000 * n);
        let visitor = if n == 0 { "nobody" } else { "cust-1042" };
        let texts = [
            json!({"k": "page", "t": 0, "what": "start", "url": url, "top": true}),
            json!({"k": "sdk", "t": 1, "what": "version", "version": "2.2.119", "account": {"apiKey": "K"}}),
            json!({"k": "call", "t": 2, "id": 0, "name": "init", "args": [{"uniqueId": visitor}], "wait": false}),
            json!({"k": "page", "t": 20_000, "what": "hide", "url": url}),
        ];
        let texts: Vec<_> = texts.iter().map(Value::to_string).collect();
        json!({"frame": 0, "document": n.to_string(), "url": url, "top": true, "less": false, "origin": origin, "first": 0,
            "at": origin + 30_000, "texts": texts})
    };
    (0..count).map(|n| batch(n).to_string() + "\n").collect()
}

#[test]
fn a_long_run_of_a_suite_is_judged_whole_or_not_at_all() {
    let folder = Folder::new();
    let first = expectation("First", "https://acme.test/0", json!({"uniqueId": {"equals": "nobody"}}));
    folder.put("run.jsonl", &loads(300));
    assert_eq!(folder.code(&[met()], &["run.jsonl"]), 1, "the first page fails");
    assert_eq!(folder.code(std::slice::from_ref(&first), &["run.jsonl"]), 0);
    // Only the number of the other page loads' entries remains.
    folder.put("part.json", &recording(&shop(), false).replacen(r#""dropped":0"#, r#""dropped":7"#, 1));
    for one in [met(), first] {
        folder.put("expect.json", &expectations(&[one]));
        let (code, text) = folder.check(&["part.json"]);
        assert_eq!((code, text.contains("page loads of the recording are missing")), (2, true), "{text}");
    }
}

#[test]
fn the_readme_shows_what_the_command_says() {
    let readme = include_str!("../../README.md");
    let block = |language: &str| readme.split_once(&format!("```{language}\n")).unwrap().1.split_once("```").unwrap().0;
    let first_screen = readme.lines().take(45).collect::<Vec<_>>().join("\n");
    for shown in ["<img", "**Install**", block("json"), block("console").trim_end()] {
        assert!(first_screen.contains(shown), "{shown}");
    }
    let folder = Folder::new();
    let tab = Tab::connected(json!({"uniqueId": "cust-1042", "tags": ["#TRIAL"]}));
    folder.put(
        "recording.json",
        &recording(&tab, false).replace("acme.test/", "app.acme.com/account").replace("accountapp.js", "app.js"),
    );
    folder.put("upscope-expectations.json", block("json"));
    let (command, shown) = block("console").split_once('\n').unwrap();
    let arguments: Vec<_> = command.split(' ').skip(2).collect();
    assert_eq!(String::from_utf8(folder.run(&arguments).stdout).unwrap(), shown);
}
