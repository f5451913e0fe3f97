//! Constants that the Rust code and the JavaScript share. Each language has its own copy; these tests compare them.

use std::fs;

use inspector_core::recording::storage::index_key;
use inspector_core::recording::wire::{MAX_ENTRY, MAX_VALUE};
use inspector_core::visitor::Field;
use upscope_inspector::messages::page::{FOUND_PREFIX, MAX_TEXT};
use upscope_inspector::storage_format::expectations::EXPECTATIONS_KEY;
use upscope_inspector::storage_format::session::{drafts_key, frame_key, journal_key};

fn script(name: &str) -> String {
    fs::read_to_string(format!("{}/extension/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
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
fn the_stored_values() {
    assert_eq!(list("page/relay.js", "local"), list("page/probe.js", "STORED"));
}

#[test]
fn the_caps() {
    assert_eq!(number("page/copy.js", "MAX_VALUE"), MAX_VALUE);
    assert_eq!(number("page/relay.js", "MAX_TEXT"), MAX_ENTRY);
    assert_eq!(2 * number("page/probe.js", "REPORT"), MAX_TEXT, "what one value may exceed it by has room");
    assert!(script("page/relay.js").matches(&format!(".slice(0, {MAX_VALUE})")).count() > 0);
    assert_eq!(number("popup.js", "COPY_REQUEST_MS"), number("background.js", "COPY_REQUEST_MS"));
}

#[test]
fn the_keys_of_what_is_stored() {
    let keys = [drafts_key(7), journal_key(7), frame_key(7), index_key(7)];
    let names: Vec<_> = keys.iter().map(|key| format!("{:?}", key.strip_suffix(":7").unwrap())).collect();
    assert!(script("popup.js").contains(&format!("storage.session.get([{}]", names.join(", "))), "{names:?}");
    let preferences = constant("settings.js", "KEY");
    assert!(script("practice/browser.js").contains(&format!("storage.local.get({preferences})")));
    let plain = preferences.trim_matches('"');
    assert!(script("background.js").contains(&format!("local.onChanged.addListener(({{ {plain}: changed }})")));
    assert!(script("background.js").contains(&format!("updateBadgesFor = ({{ {EXPECTATIONS_KEY} }})")));
}

#[test]
fn the_marks_by_which_scripts_know_each_other() {
    assert_eq!(constant("page/relay.js", "CHANNEL"), constant("page/recorder.js", "CHANNEL"));
    let own = constant("page/recorder.js", "OWN");
    assert!(script("page/probe.js").contains(&format!("`{}${{id}}`", own.trim_matches('"'))));
    let accessor = "\"recorded Upscope\"";
    assert!(["page/probe.js", "page/recorder.js"].into_iter().all(|name| script(name).contains(accessor)));
    let port = r#""recorder""#;
    assert!(script("page/relay.js").contains(&format!("connect({{ name: {port} }})")));
    assert!(script("background.js").contains(&format!("name !== {port}")));
    let found = FOUND_PREFIX.strip_suffix(',').unwrap();
    assert!(script("page/probe.js").contains(&format!("'{found}'")));
}

#[test]
fn the_shortcuts() {
    let read = |name: &str| fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&read("manifest.json")).unwrap();
    let shown = read("src/ui/options/view/shortcuts.rs");
    for command in manifest["commands"].as_object().unwrap().keys() {
        assert!(shown.contains(&format!("(\"{command}\", ")), "the options don't show `{command}`");
    }
}

fn sorted(mut list: Vec<String>) -> Vec<String> {
    list.sort();
    list
}
