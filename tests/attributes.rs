//! `docs/attributes.md` promises attributes and actions to scripts. The code must set each attribute, and each action
//! must be listed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The text of a file, or of all files in a folder.
fn text(path: &Path) -> String {
    if path.is_dir() {
        fs::read_dir(path).unwrap().map(|entry| text(&entry.unwrap().path())).collect()
    } else {
        fs::read_to_string(path).unwrap()
    }
}

fn of_repository(path: &str) -> String {
    text(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
}

/// The names that follow `before`.
fn names<'a>(text: &'a str, before: &str) -> BTreeSet<&'a str> {
    let is_end = |c: char| !(c.is_ascii_lowercase() || c == '-');
    text.split(before).skip(1).map(|after| after.split(is_end).next().unwrap()).collect()
}

#[test]
fn the_code_sets_each_documented_attribute() {
    let document = of_repository("docs/attributes.md");
    // The theme and the contrast are set before the program starts.
    let code = of_repository("src") + &of_repository("extension/settings.js");
    for name in names(&document, "`data-") {
        let forms = [format!("data-{name}="), format!("\"data-{name}\""), format!("dataset.{name} ")];
        assert!(forms.iter().any(|form| code.contains(form)), "no code sets data-{name}");
    }
}

#[test]
fn each_action_is_documented() {
    let document = of_repository("docs/attributes.md");
    for action in names(&of_repository("src/ui"), "action=\"") {
        assert!(document.contains(&format!("`{action}`")), "docs/attributes.md lacks the action {action}");
    }
}
