//! The SDK stand-in behaves as `docs/sdk-reference.md` documents. Its own cases run in both browsers, and each names
//! its section.

use crate::in_both;
use crate::support::{World, repository};
use std::fs;
use std::time::Duration;

in_both! { the_stand_in_behaves_as_the_reference_says; }

fn the_stand_in_behaves_as_the_reference_says(world: &World) {
    let page = world.open("/_selftest");
    let results = page.wait_for(
        "the cases",
        "document.body.dataset.results && JSON.parse(document.body.dataset.results)",
        Duration::from_secs(240),
    );
    let results = results.unwrap();
    let cases = results.as_array().expect("a list of cases");
    let failed: Vec<_> = cases.iter().filter(|case| case["ok"] != true).collect();
    assert!(!cases.is_empty() && failed.is_empty(), "{failed:#?}");
    let reference = fs::read_to_string(repository().join("docs/sdk-reference.md")).unwrap();
    let is_section = |name: &str| reference.lines().any(|line| line.strip_prefix("## ") == Some(name));
    let uncited: Vec<_> = cases.iter().filter(|case| !case["section"].as_str().is_some_and(is_section)).collect();
    assert!(uncited.is_empty(), "no such section: {uncited:#?}");
}
