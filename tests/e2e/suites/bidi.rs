//! The script in Firefox over WebDriver BiDi, with the two commands that a suite's client provides for it.

use inspector_launch::firefox::{PORT_FILE, SESSION_PATH, command, read_port};
use inspector_launch::{Connection, Process};
use serde_json::{Value, json};
use std::time::Duration;
use xtask::drive::LIMIT;

/// Records a page until the server has its call, and returns the batches.
pub fn record(script: &str, url: &str, wait_for_call: impl FnOnce()) -> Vec<String> {
    let profile = tempfile::tempdir().unwrap();
    let mut process = Process::start(command(profile.path()).unwrap(), profile).unwrap();
    let port = process.wait_for_file(PORT_FILE, read_port, LIMIT).unwrap();
    let connection = Connection::connect(port, SESSION_PATH, LIMIT, |_, _| ()).unwrap();
    let call = |method: &str, params: Value| connection.call(None, method, params).unwrap();
    call("session.new", json!({ "capabilities": {} }));
    let context = call("browsingContext.getTree", json!({}))["contexts"][0]["context"].take();
    call("script.addPreloadScript", json!({ "functionDeclaration": format!("() => {{\n{script}}}") }));
    call("browsingContext.navigate", json!({ "context": context, "url": url, "wait": "complete" }));
    wait_for_call();
    // The expectation must hold within this time.
    std::thread::sleep(Duration::from_secs(3));
    let expression = "window.upscopeInspectorTake ? upscopeInspectorTake() : []";
    let target = json!({ "context": context });
    let rest = call("script.evaluate", json!({ "expression": expression, "target": target, "awaitPromise": true }));
    let lines = rest["result"]["value"].as_array().unwrap_or_else(|| panic!("{rest}"));
    lines.iter().map(|line| line["value"].as_str().unwrap().to_owned()).collect()
}
