//! Constants that the Rust code and the JavaScript share. Each language has its own copy; these tests compare them.

#[path = "constants/extension.rs"]
mod extension;
#[path = "constants/page.rs"]
mod page;

use std::fs;

use inspector_core::expectations::MAX_FILE;
use inspector_core::policy::MAX_EXPECTATIONS_FILE;
use inspector_core::recording::storage::MAX_BATCH;
use inspector_core::recording::wire::{MAX_ARGS, MAX_ENTRY, MAX_VALUE};
use inspector_core::visitor::Field;
use upscope_inspector::messages::page::MAX_TEXT;

fn file(path: &str) -> String {
    fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn script(name: &str) -> String {
    file(&format!("extension/{name}"))
}

/// The text, list or number that the script assigns to `name`.
fn constant(script_name: &str, name: &str) -> String {
    let script = script(script_name);
    let value = [" = ", ": "].iter().find_map(|between| script.split_once(&format!("{name}{between}")));
    let value = value.unwrap_or_else(|| panic!("no `{name}` in {script_name}")).1;
    let end = match &value[..1] {
        "[" => value.find(']').map(|at| at + 1),
        "\"" => value[1..].find('"').map(|at| at + 2),
        _ => value.find([',', ';']),
    };
    value[..end.unwrap()].to_owned()
}

fn number(script: &str, name: &str) -> usize {
    constant(script, name).replace('_', "").parse().unwrap()
}

fn list(script: &str, name: &str) -> Vec<String> {
    serde_json::from_str(&constant(script, name)).unwrap()
}

/// The texts in quotes that directly follow `start`.
fn names_after(text: &str, start: &str) -> Vec<String> {
    let quoted = text.split(start).skip(1).filter_map(|rest| rest.strip_prefix('"')?.split_once('"'));
    quoted.map(|(name, _)| name.to_owned()).collect()
}

#[test]
fn the_fields() {
    let keys = Field::ALL.map(Field::key).map(str::to_owned).to_vec();
    assert_eq!(sorted(list("page/probe.js", "FIELDS")), sorted(keys.clone()));
    assert_eq!(list("page/recorder.js", "FIELDS"), list("page/probe.js", "FIELDS"));
    assert!(list("page/probe.js", "SETTINGS").starts_with(&list("page/probe.js", "FIELDS")));
    // The practice page has no metadata.
    let practised: Vec<_> = keys.into_iter().filter(|key| key != Field::Metadata.key()).collect();
    assert_eq!(sorted(list("practice/sdk.js", "IDENTITY")), sorted(practised));
}

#[test]
fn the_caps() {
    assert_eq!(number("page/copy.js", "MAX_VALUE"), MAX_VALUE);
    assert_eq!(number("page/relay.js", "MAX_TEXT"), MAX_ENTRY);
    assert_eq!(2 * number("page/probe.js", "REPORT"), MAX_TEXT, "what one value may exceed it by has room");
    assert_eq!(number("page/relay.js", "MAX_VALUE"), MAX_VALUE);
    assert_eq!(2 * number("page/relay.js", "BATCH"), MAX_BATCH);
    assert_eq!(number("page/recorder.js", "MAX_PARTS"), MAX_ARGS + 1, "the name and the arguments");
    assert_eq!(MAX_EXPECTATIONS_FILE, MAX_FILE, "of a policy and of the reader");
    assert_eq!(number("popup.js", "COPY_REQUEST_MS"), number("background.js", "COPY_REQUEST_MS"));
}

fn sorted(mut list: Vec<String>) -> Vec<String> {
    list.sort();
    list
}
