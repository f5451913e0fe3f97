//! The guide quotes the interface, so that a person can search it for the text on the screen.

use std::path::Path;

/// The first cell of each row in the tables headed "you see".
fn quoted(page: &str) -> Vec<&str> {
    let mut rows = vec![];
    let mut in_table = false;
    for line in page.lines() {
        let cell = line.strip_prefix("| ").and_then(|rest| rest.split(" |").next());
        in_table = line.starts_with('|') && (in_table || cell == Some("you see"));
        rows.extend(cell.filter(|cell| in_table && *cell != "you see"));
    }
    rows
}

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn troubleshooting_quotes_the_texts_that_the_interface_shows() {
    let messages: serde_json::Value = serde_json::from_str(&read("extension/_locales/en/messages.json")).unwrap();
    let texts: Vec<_> = messages.as_object().unwrap().values().map(|message| &message["message"]).collect();
    let page = read("docs/guide/troubleshooting.md");
    let quoted = quoted(&page);
    assert!(quoted.len() > 30, "{}", quoted.len());
    for text in quoted {
        assert!(texts.iter().any(|message| *message == text), "no message reads “{text}”");
    }
}
