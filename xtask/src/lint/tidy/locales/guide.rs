//! The words that `docs/glossary.md` bans, searched in the guide.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::Source;
use super::glossary;

/// The English guide. Translations are in folders named after their language.
pub const FOLDER: &str = "docs/guide";

/// Code in a line, and the target of a link.
static NO_PROSE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"`[^`]*`|\]\([^)]*\)").expect("a pattern"));

/// The violations in the guide's Markdown files, one sentence each, with the file and the line.
pub fn check(guide: &[Source], glossary: &str) -> Vec<String> {
    guide.iter().flat_map(|(path, markdown)| of_page(path, markdown, glossary)).collect()
}

fn of_page(path: &str, markdown: &str, glossary: &str) -> Vec<String> {
    let banned = glossary::read(glossary, &[language_of(path)]);
    let prose = prose(markdown);
    let line = |at: usize| prose[..at].matches('\n').count() + 1;
    // A phrase may continue on the next line.
    let problems = glossary::problems_in_prose(&banned, &prose.replace('\n', " "));
    problems.into_iter().map(|(at, problem)| format!("{path}:{}: {problem}", line(at))).collect()
}

fn language_of(path: &str) -> &str {
    let file = path.strip_prefix(FOLDER).unwrap_or(path).trim_start_matches('/');
    file.split_once('/').map_or("en", |(language, _)| language)
}

/// The text with the same number of lines, but without code and link targets.
fn prose(markdown: &str) -> String {
    let mut is_code = false;
    let mut lines = Vec::new();
    for line in markdown.lines() {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        lines.push(if is_code || is_fence { "" } else { line.trim() });
    }
    let breaks = |found: &Captures| "\n".repeat(found[0].matches('\n').count());
    NO_PROSE.replace_all(&lines.join("\n"), breaks).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLOSSARY: &str = "| en | address, as it is ~ soon as it is | URL |\n| de | Rechner | Computer |\n";

    fn problems_of(path: &str, markdown: &str) -> Vec<String> {
        check(&[(path.to_owned(), markdown.to_owned())], GLOSSARY)
    }

    #[test]
    fn a_banned_word_is_named_with_the_file_and_the_line() {
        for (path, markdown, start) in [
            ("docs/guide/a.md", "# Title\n\nEnter the address.", "docs/guide/a.md:3: uses “address”"),
            ("docs/guide/a.md", "- Leave it as it\n  is.", "docs/guide/a.md:1: uses “as it is”"),
            ("docs/guide/a.md", "`a\nb`\n```js\nx\n```\nAddress", "docs/guide/a.md:6: uses “address”"),
            ("docs/guide/a.md", "[The address](b.md)", "docs/guide/a.md:1: uses “address”"),
            ("docs/guide/de/a.md", "Auf dem Rechner", "docs/guide/de/a.md:1: uses “Rechner”"),
        ] {
            let problems = problems_of(path, markdown);
            assert!(problems.len() == 1 && problems[0].starts_with(start), "{markdown}: {problems:?}");
        }
    }

    #[test]
    fn code_link_targets_exceptions_and_other_languages_are_allowed() {
        for (path, markdown) in [
            ("docs/guide/a.md", "Read `the address\nhere`."),
            ("docs/guide/a.md", "```\naddress\n```\n"),
            ("docs/guide/a.md", "[URL](address.md#the-address)"),
            ("docs/guide/a.md", "As soon\nas it is idle"),
            ("docs/guide/a.md", "Rechner"),
            ("docs/guide/de/a.md", "address"),
        ] {
            assert_eq!(problems_of(path, markdown), Vec::<String>::new(), "{markdown}");
        }
    }
}
