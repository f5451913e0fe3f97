//! The guide quotes the interface's texts in each of its languages.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

/// The languages of the guide and their folders.
const GUIDES: [(&str, &str); 2] = [("en", "docs/guide"), ("de", "docs/guide/de")];

/// Screens in place of the visitor, and outcomes of a change, which troubleshooting must explain.
const EXPLAINED: [&str; 35] = [
    "restrictedTitle",
    "needsAccessTitle",
    "policyTitle",
    "closedSiteTitle",
    "errorPageTitle",
    "frozenTitle",
    "discardedTitle",
    "busyTitle",
    "noTabTitle",
    "documentTitle",
    "failedTitle",
    "noUpscopeTitle",
    "unreadStateTitle",
    "parkedConsentTitle",
    "parkedMoveTitle",
    "snippetTitle",
    "notInitialisedTitle",
    "refusedTitle",
    "noAnswerTitle",
    "popupBroken",
    "popupCrashed",
    "idleAutoconnectTitle",
    "idleNoHandshakeTitle",
    "idleDeadQueueTitle",
    "idleAfterResetTitle",
    "idleThroughParentTitle",
    "actWaitingTitle",
    "actLostTitle",
    "notDoneMovedTitle",
    "notDoneDownTitle",
    "notDoneLateTitle",
    "notDoneGoneTitle",
    "notDoneRestrictedTitle",
    "unansweredTitle",
    "unsavedTitle",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
}

fn messages(language: &str) -> Map<String, Value> {
    serde_json::from_str(&read(&format!("extension/_locales/{language}/messages.json"))).unwrap()
}

/// The message in the interface, with “…” in place of each placeholder.
fn shown(message: &Value) -> String {
    let text = message["message"].as_str().unwrap();
    text.split('$').enumerate().map(|(at, part)| if at % 2 == 0 { part } else { "…" }).collect()
}

/// Whether `quoted` is the whole message or its first sentence, without the period.
fn quotes(message: &Value, quoted: &str) -> bool {
    let text = shown(message);
    text == quoted || text.strip_prefix(quoted).is_some_and(|rest| rest == "." || rest.starts_with(". "))
}

fn keys_of<'a>(messages: &'a Map<String, Value>, quoted: &str) -> Vec<&'a str> {
    messages.iter().filter(|(_, message)| quotes(message, quoted)).map(|(key, _)| &**key).collect()
}

/// The message keys that each heading of troubleshooting may quote.
fn headings(language: &str, folder: &str) -> Vec<Vec<String>> {
    let (messages, page) = (messages(language), read(&format!("{folder}/troubleshooting.md")));
    let of = |heading: &str| {
        let keys = keys_of(&messages, heading);
        assert!(!keys.is_empty(), "{folder}/troubleshooting.md: no message reads “{heading}”");
        keys.into_iter().map(str::to_owned).collect()
    };
    page.lines().filter_map(|line| line.strip_prefix("### ")).map(of).collect()
}

/// The pages of a guide, without subfolders.
fn pages(folder: &str) -> Vec<String> {
    let names = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<_> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.retain(|name| name.ends_with(".md"));
    names.sort();
    names
}

#[test]
fn headings_of_troubleshooting_are_texts_of_the_interface() {
    for (language, folder) in GUIDES {
        let headings = headings(language, folder);
        for key in EXPLAINED {
            assert!(
                headings.iter().flatten().any(|of| of == key),
                "{folder}/troubleshooting.md does not explain {key}"
            );
        }
    }
}

#[test]
fn languages_of_the_guide_explain_the_same_in_the_same_order() {
    let [english, german] = GUIDES.map(|(language, folder)| headings(language, folder));
    assert_eq!(english.len(), german.len());
    for (english, german) in english.iter().zip(&german) {
        assert!(english.iter().any(|key| german.contains(key)), "{english:?} is not {german:?}");
    }
    let [english, german] = GUIDES.map(|(_, folder)| pages(folder));
    assert_eq!(english, german);
}

#[test]
fn bold_text_of_the_guide_is_text_of_the_interface() {
    for (language, folder) in GUIDES {
        let messages = messages(language);
        for page in pages(folder) {
            let text = read(&format!("{folder}/{page}"));
            let parts: Vec<_> = text.split("**").collect();
            assert!(parts.len() % 2 == 1, "{folder}/{page}: a single `**`");
            for bold in parts.iter().skip(1).step_by(2) {
                let bold = bold.split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(!keys_of(&messages, &bold).is_empty(), "{folder}/{page}: no message reads “{bold}”");
            }
        }
    }
}
