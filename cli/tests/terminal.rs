//! The program on a terminal, and its behavior when a person ends it.
#![cfg(unix)]

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use inspector_core::recording::file;
use inspector_core::recording::fixture::Tab;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use serde_json::json;
use tempfile::TempDir;

/// The time limit of what a test waits for.
const LIMIT: Duration = Duration::from_secs(60);

const EXPECTATIONS: &str = r#"{"schema": "upscope-inspector/expectations@1", "expectations": [
    {"name": "named", "pages": ["https://acme.test/*"], "expect": {"uniqueId": {"present": true}}},
    {"name": "tagged", "pages": ["https://acme.test/*"], "expect": {"tags": {"includes": ["a"]}}}
]}"#;

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let tab = Tab::connected(json!({"uniqueId": "cust-1042"}));
    std::fs::write(folder.path().join("shop.json"), file::write(&tab.timeline, 200_000, false)).unwrap();
    std::fs::write(folder.path().join("expect.json"), EXPECTATIONS).unwrap();
    folder
}

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_upscope-inspector"));
    command.args(arguments).current_dir(folder).env("TERM", "xterm").stdin(Stdio::null());
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI"] {
        command.env_remove(variable);
    }
    command
}

/// A shell script in place of a browser.
fn browser(folder: &Path, script: &str) -> std::path::PathBuf {
    let path = folder.join("browser");
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

/// The output of a command on a terminal, standard output and error.
fn on_terminal(mut command: Command) -> String {
    let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&controller).unwrap();
    unlockpt(&controller).unwrap();
    let name = ptsname(&controller, vec![]).unwrap();
    let terminal = OpenOptions::new().read(true).write(true).open(name.to_str().unwrap()).unwrap();
    let mut child = command.stdout(terminal.try_clone().unwrap()).stderr(terminal).spawn().unwrap();
    // While copies of the terminal are open here, reading never ends.
    drop(command);
    let mut printed = vec![];
    let mut controller = File::from(controller);
    let mut some = [0; 4096];
    // On Linux, reading fails when the last program has closed the terminal.
    while let Ok(read @ 1..) = controller.read(&mut some) {
        printed.extend_from_slice(&some[..read]);
    }
    child.wait().unwrap();
    String::from_utf8(printed).unwrap()
}

#[test]
fn colors_are_on_a_terminal() {
    let folder = folder();
    let check = || program(folder.path(), &["check", "shop.json", "--expect", "expect.json"]);
    let printed = on_terminal(check());
    assert!(printed.contains("\u{1b}[32m✓ met\u{1b}[0m named"), "{printed:?}");
    assert!(printed.contains("\u{1b}[31m✗ not met\u{1b}[0m tagged"), "{printed:?}");
    let mut plain = check();
    plain.env("NO_COLOR", "1");
    let printed = on_terminal(plain);
    assert!(printed.contains("✓ met named") && !printed.contains('\u{1b}'), "{printed:?}");
}

#[test]
fn progress_is_one_line_of_a_terminal() {
    let folder = folder();
    let record = || {
        let mut record = program(folder.path(), &["record", "https://acme.test/", "--out", "out.json"]);
        record.env("CHROMIUM", browser(folder.path(), "exit 1"));
        record
    };
    let printed = on_terminal(record());
    // The line is replaced by nothing before the error.
    let begun = "\r\u{1b}[2Kstarting the browser\r\u{1b}[2Kerror: the browser ended";
    assert!(printed.starts_with(begun), "{printed:?}");
    let piped = record().output().unwrap();
    let error = String::from_utf8_lossy(&piped.stderr).into_owned();
    assert!(error.starts_with("error: the browser ended"), "{error:?}");
}

#[test]
fn an_interrupt_while_the_browser_starts_ends_the_command() {
    let folder = folder();
    for kind in ["chromium", "firefox"] {
        let started = folder.path().join(kind);
        let script = format!("touch {}; exec sleep 600", started.display());
        let mut record =
            program(folder.path(), &["record", "https://acme.test/", "--out", "out.json", "--browser", kind]);
        record.env(kind.to_uppercase(), browser(folder.path(), &script)).env("TMPDIR", folder.path());
        let child = record.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        wait_for(&started);
        interrupt(&child);
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), &*said), (Some(130), ""), "{kind}");
        let profiles = std::fs::read_dir(folder.path()).unwrap().flatten();
        let is_profile = |name: &str| name.starts_with("upscope-inspector-");
        assert!(!profiles.map(|entry| entry.file_name()).any(|name| is_profile(&name.to_string_lossy())));
    }
}

fn wait_for(path: &Path) {
    let end = Instant::now() + LIMIT;
    while !path.exists() {
        assert!(Instant::now() < end, "{} is not there", path.display());
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn interrupt(child: &Child) {
    let process = rustix::process::Pid::from_child(child);
    rustix::process::kill_process(process, rustix::process::Signal::INT).unwrap();
}
