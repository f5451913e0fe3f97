//! Imports point in one direction, according to the table in `src/lib.rs`.

use super::paths::{code, first_name, items};

/// A module of the library and the modules that it may use besides itself.
const MAY_USE: [(&str, &[&str]); 12] = [
    ("errors", &[]),
    ("messages", &[]),
    ("storage_format", &["messages"]),
    ("restriction", &["messages"]),
    ("retry", &[]),
    ("i18n", &[]),
    ("lazy", &[]),
    ("webext", &["errors"]),
    ("managed", &["webext"]),
    ("stored_recordings", &["errors", "storage_format", "webext"]),
    (
        "background",
        &[
            "errors",
            "messages",
            "storage_format",
            "restriction",
            "retry",
            "i18n",
            "lazy",
            "webext",
            "managed",
            "stored_recordings",
        ],
    ),
    ("ui", &["errors", "messages", "storage_format", "i18n", "lazy", "webext", "managed", "stored_recordings"]),
];

/// The paths in `text` that the module of `path` may not use. Comments may link to any module.
pub fn check(path: &str, text: &str) -> Vec<String> {
    let Some((module, allowed)) = MAY_USE.iter().find(|(module, _)| lies_in(path, module)) else {
        return vec![];
    };
    let code = code(text);
    let mut problems = Vec::new();
    for (position, after) in code.match_indices("crate::").map(|(at, word)| (at, &code[at + word.len()..])) {
        let number = code[..position].lines().count().max(1);
        let used = first_names(after).into_iter().filter(|used| used != module);
        for used in used.filter(|used| is_module(used) && !allowed.contains(used)) {
            problems.push(format!("{path}:{number}: `{module}` may not use `{used}`"));
        }
    }
    problems
}

fn lies_in(path: &str, module: &str) -> bool {
    path.starts_with(&format!("src/{module}/")) || path == format!("src/{module}.rs")
}

fn is_module(name: &str) -> bool {
    MAY_USE.iter().any(|(module, _)| *module == name)
}

/// `a` of `a::b`; `a` and `c` of `{a::b, c::{d}}`.
fn first_names(path: &str) -> Vec<&str> {
    match path.strip_prefix('{') {
        Some(group) => items(group).into_iter().map(|item| first_name(item).0).collect(),
        None => vec![first_name(path).0],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_drawn_direction_passes() {
        for (path, line, allowed) in [
            ("src/storage_format/stored.rs", "use crate::messages::Act;", true),
            ("src/storage_format/stored.rs", "use crate::webext::Act;", false),
            ("src/storage_format/stored.rs", "// see crate::webext", true),
            ("src/managed.rs", "use crate::{\n    webext::storage,\n    ui::X,\n};", false),
            ("src/stored_recordings.rs", "use crate::{storage_format::{A, B}, webext};", true),
            ("src/webext/tabs.rs", "fn f(x: crate::messages::Act) {}", false),
            ("src/ui/popup/view/root.rs", "use crate::background::store;", false),
            ("src/ui/popup/view/root.rs", "use crate::retry;", false),
            ("src/background/mod.rs", "use crate::ui::text;", false),
            ("src/background/mod.rs", "use crate::i18n::*;", true),
            ("src/background/mod.rs", "use crate::{retry, webext};", true),
            ("src/bin/popup.rs", "use crate::background::X;", true),
            ("src/lib.rs", "pub use crate::ui;", true),
        ] {
            assert_eq!(check(path, line).is_empty(), allowed, "{path}: {line}");
        }
    }

    #[test]
    fn the_line_of_a_later_import_is_named() {
        let problems = check("src/storage_format/a.rs", "//! A.\n\nuse crate::ui::B;\n");
        assert_eq!(problems, ["src/storage_format/a.rs:3: `storage_format` may not use `ui`"]);
    }
}
