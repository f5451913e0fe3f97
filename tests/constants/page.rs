//! Constants of the scripts in pages.

use std::collections::BTreeSet;

use inspector_core::expectations::IN_TRANSIT;
use inspector_core::page_report::ProbeRefusal;
use inspector_core::recording::VENDOR_DOMAINS;
use inspector_core::visitor::page_value::KEEP;
use upscope_inspector::messages::page::{ASK_TIME, FOUND_PREFIX, SWITCH_MS};

use super::{constant, file, list, names_after, number, script, sorted};

#[test]
fn the_stored_values() {
    assert_eq!(list("page/relay.js", "local"), list("page/probe.js", "STORED"));
    for name in ["page/probe.js", "page/relay.js", "practice/page.js", "practice/sdk.js"] {
        let script = script(name);
        let prefixes = script.matches("__upscope:").count();
        assert!(prefixes > 0 && script.matches("upscope:").count() == prefixes, "{name}");
    }
    assert!(["page/probe.js", "page/relay.js"].into_iter().all(|name| script(name).contains("_upscope__")));
}

#[test]
fn the_types_of_scripts_that_browsers_run() {
    let types = |name| {
        let script = script(name);
        script.lines().find(|line| line.trim_start().starts_with("const OTHER = ")).unwrap().trim().to_owned()
    };
    assert_eq!(types("page/relay.js"), types("page/probe.js"));
}

/// The members of the relay's batches, and of the background's replies.
#[test]
fn the_messages_of_the_relay() {
    let relay = script("page/relay.js");
    let members = |start: &str| {
        let object = relay.split_once(start).unwrap().1.split_once('}').unwrap().0;
        let names = object.split(',').filter_map(|member| member.split(':').next()).map(str::trim);
        sorted(names.filter(|name| name.chars().all(char::is_alphabetic)).map(str::to_owned).collect())
    };
    let background = ["mod.rs", "store.rs"].map(|name| file(&format!("src/background/recording/{name}"))).concat();
    assert_eq!(members("const batch = {"), sorted(names_after(&background, "property(batch, ")));
    assert_eq!(members("onMessage.addListener(({"), sorted(names_after(&background, "object([(")));
}

#[test]
fn the_vendors_domains() {
    let endings: Vec<_> = VENDOR_DOMAINS.iter().map(|domain| domain.strip_prefix("upscope.").unwrap()).collect();
    assert!(constant("page/relay.js", "VENDOR").contains(&format!(r"upscope\.({})", endings.join("|"))));
}

#[test]
fn the_times() {
    assert_eq!(number("page/probe.js", "SWITCH_MS"), SWITCH_MS as usize);
    assert!((number("page/relay.js", "FIRST_MS") as i64) < IN_TRANSIT);
}

#[test]
fn the_commands() {
    let probe = script("page/probe.js");
    assert!(probe.contains(&format!("command === {ASK_TIME:?}")));
    assert!(probe.contains(&format!(r#"get(value, "$") === {KEEP:?}"#)));
    let known: BTreeSet<_> = ProbeRefusal::NAMED.iter().map(|(name, _)| *name).chain(["threw"]).collect();
    let named = names_after(&probe, "refused: ");
    assert_eq!(named.iter().map(String::as_str).collect::<BTreeSet<_>>(), known);
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
