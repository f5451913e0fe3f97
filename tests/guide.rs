//! The guide quotes the interface's texts in each of its languages.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

/// The languages of the guide and their folders.
const GUIDES: [(&str, &str); 2] = [("en", "docs/guide"), ("de", "docs/guide/de")];

/// Texts that troubleshooting must explain, besides the titles of changes that weren't made.
const EXPLAINED: [&str; 41] = [
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
    "oddUnreadable",
    "parkedConsentTitle",
    "parkedMoveTitle",
    "snippetTitle",
    "notInitialisedTitle",
    "refusedTitle",
    "noAnswerTitle",
    "popupBroken",
    "popupCrashed",
    "panelBroken",
    "idleNotStartedTitle",
    "idleAutoconnectTitle",
    "idleNoHandshakeTitle",
    "idleDeadQueueTitle",
    "idleAfterResetTitle",
    "waitingResetTitle",
    "idleThroughParentTitle",
    "actNoCode",
    "oddListsAsText",
    "actWaitingTitle",
    "actSwitchWaiting",
    "actLostTitle",
    "unansweredTitle",
    "unsavedTitle",
    "fileNotARecording",
    "problemOffline",
    "problemNotJson",
    "problemServerFailed",
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

/// The keys of the texts that troubleshooting must explain.
fn explained() -> Vec<String> {
    let is_refusal = |key: &String| key.starts_with("notDone") && key.ends_with("Title");
    let refusals: Vec<_> = messages("en").into_iter().map(|(key, _)| key).filter(is_refusal).collect();
    assert!(!refusals.is_empty(), "no message is the title of a change that wasn't made");
    EXPLAINED.iter().map(|&key| key.to_owned()).chain(refusals).collect()
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

/// The level of each heading of a page, and 0 for each row of a table, in order.
fn outline(path: &str) -> Vec<usize> {
    let level = |line: &str| match line.split_once(' ') {
        Some((marks, _)) if marks.starts_with('#') && marks.bytes().all(|mark| mark == b'#') => Some(marks.len()),
        _ => line.starts_with('|').then_some(0),
    };
    read(path).lines().filter_map(level).collect()
}

#[test]
fn headings_of_troubleshooting_are_texts_of_the_interface() {
    for (language, folder) in GUIDES {
        let headings = headings(language, folder);
        for key in explained() {
            assert!(
                headings.iter().flatten().any(|of| *of == key),
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
fn pages_of_the_guide_have_the_same_outline_in_each_language() {
    let [(_, english), (_, german)] = GUIDES;
    for page in pages(english) {
        let [english, german] = [english, german].map(|folder| outline(&format!("{folder}/{page}")));
        assert!(english.contains(&1), "{page} has no title");
        assert_eq!(english, german, "{page}");
    }
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
