//! Imports point one way: what may know of what, as `src/lib.rs` draws it.

/// A module of the library and the modules it may use besides itself.
const MAY_USE: [(&str, &[&str]); 10] = [
    ("protocol", &[]),
    ("restriction", &["protocol"]),
    ("retry", &[]),
    ("i18n", &[]),
    ("lazy", &[]),
    ("webext", &[]),
    ("managed", &["webext"]),
    ("stored_recordings", &["protocol", "webext"]),
    ("background", &["protocol", "restriction", "retry", "i18n", "lazy", "webext", "managed", "stored_recordings"]),
    ("ui", &["protocol", "i18n", "lazy", "webext", "managed", "stored_recordings"]),
];

/// The paths in `text` that the module of `path` may not use. Comments may link anywhere.
pub fn check(path: &str, text: &str) -> Vec<String> {
    let Some((module, allowed)) = MAY_USE.iter().find(|(module, _)| lies_in(path, module)) else {
        return vec![];
    };
    let code: String = text.lines().map(|line| line.split("//").next().unwrap_or("").to_owned() + "\n").collect();
    let mut problems = Vec::new();
    for (position, after) in code.match_indices("crate::").map(|(at, word)| (at, &code[at + word.len()..])) {
        let number = code[..position].lines().count().max(1);
        let used = first_names(after).into_iter().filter(|used| used != module);
        for used in used.filter(|used| is_module(used) && !allowed.contains(&used.as_str())) {
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

/// `a` of `a::b`, and `a`, `c` of `{a::b, c::{d}}`.
fn first_names(after: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
    let Some(group) = after.strip_prefix('{') else {
        return vec![word(after)];
    };
    let (mut names, mut depth, mut start) = (Vec::new(), 1, 0);
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => {
                names.push(word(group[start..at].trim_start()));
                start = at + 1;
            }
            _ => {}
        }
        if depth == 0 {
            names.push(word(group[start..at].trim_start()));
            break;
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_drawn_direction_passes() {
        for (path, line, allowed) in [
            ("src/protocol/stored.rs", "use crate::protocol::Act;", true),
            ("src/protocol/stored.rs", "use crate::webext::Act;", false),
            ("src/protocol/stored.rs", "// see crate::webext", true),
            ("src/managed.rs", "use crate::{\n    webext::storage,\n    ui::X,\n};", false),
            ("src/stored_recordings.rs", "use crate::{protocol::{Act, Ask}, webext};", true),
            ("src/webext/tabs.rs", "fn f(x: crate::protocol::Act) {}", false),
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
        let problems = check("src/protocol/a.rs", "//! A.\n\nuse crate::ui::B;\n");
        assert_eq!(problems, ["src/protocol/a.rs:3: `protocol` may not use `ui`"]);
    }
}
