//! Messages: every message is used, and every language has all messages.

mod glossary;
pub mod guide;
mod translation;
mod typography;

use super::Source;
use crate::messages::{self, Message};

const ENGLISH: &str = "extension/_locales/en/messages.json";

/// The document that lists the languages for administrators.
pub(super) const POLICY: &str = "docs/managed.md";

/// How its row of the languages begins.
const LANGUAGE_ROW: &str = "| `language` |";

/// Every language is in the document; `docs` is its text.
pub fn documented(languages: &[String], docs: &str) -> Vec<String> {
    let row = docs.lines().find(|line| line.starts_with(LANGUAGE_ROW)).unwrap_or_default();
    let tags = languages.iter().map(|language| messages::tag(language));
    let missing = tags.filter(|tag| !row.contains(&format!("`{tag}`")));
    missing.map(|tag| format!("{POLICY}: the row of `language` lacks `{tag}`")).collect()
}

/// `build.rs` finds missing messages. This finds unused ones, and checks each translation with the glossary and the
/// typography of its language.
pub fn check(sources: &[Source], extension: &[Source], manifest: &str, glossary: &str) -> Vec<String> {
    let files: Vec<_> = extension.iter().filter(|(path, _)| path.ends_with("/messages.json")).collect();
    let languages: Vec<_> = files.iter().map(|(path, _)| language_of(path)).collect();
    let banned = glossary::read(glossary, &languages);
    let (mut english, mut translations, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for (path, text) in files {
        match messages::read(text) {
            Ok(messages) => {
                problems.extend(wording(path, &messages, &banned));
                if path == ENGLISH { english = messages } else { translations.push((path, messages)) }
            }
            Err(why) => problems.push(format!("{path}: {why}")),
        }
    }
    let unused = english.iter().filter(|message| !is_used(message, sources, extension, manifest));
    problems.extend(unused.map(|message| format!("{ENGLISH}: nothing uses `{}`", message.key)));
    for (path, translation) in &translations {
        problems.extend(translation::problems(path, &english, translation));
    }
    problems
}

/// The language of the file at `path`: the name of its folder.
fn language_of(path: &str) -> &str {
    path.rsplit('/').nth(1).unwrap_or_default()
}

/// Banned words and typographic errors in the messages of the file at `path`.
fn wording(path: &str, messages: &[Message], banned: &[glossary::BannedWord]) -> Vec<String> {
    let language = language_of(path);
    let of_message = |message: &Message| {
        let marks = typography::problems(language, &message.text());
        let marks = marks.into_iter().map(|problem| format!("`{}` {problem}", message.key));
        glossary::problems(banned, language, message).into_iter().chain(marks).collect::<Vec<_>>()
    };
    messages.iter().flat_map(of_message).map(|problem| format!("{path}: {problem}")).collect()
}

fn is_used(message: &Message, sources: &[Source], extension: &[Source], manifest: &str) -> bool {
    let by_browser = format!("__MSG_{}__", message.key);
    let by_script = format!("\"{}\"", message.key);
    manifest.contains(&by_browser)
        || sources.iter().any(|(_, text)| has_word(text, &message.rust_name()))
        || extension
            .iter()
            .any(|(path, text)| text.contains(&by_browser) || path.ends_with(".js") && text.contains(&by_script))
}

/// Whether `word` occurs as a whole word: `CONNECTED` is not in `NOT_CONNECTED`.
fn has_word(text: &str, word: &str) -> bool {
    let joins = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(word).any(|(at, _)| !text[..at].ends_with(joins) && !text[at + word.len()..].starts_with(joins))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = r#"{ "minutesLeft": { "message": "$N$ left", "placeholders": { "n": { "content": "$1" } } } }"#;
    const GERMAN: &str =
        r#"{ "minutesLeft": { "message": "noch $N$", "placeholders": { "n": { "content": "$1" } } } }"#;

    fn check_with(source: &str, german: &str) -> Vec<String> {
        let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        let german = file("extension/_locales/de/messages.json", german);
        check(&[file("src/ui/a.rs", source)], &[file(ENGLISH, ONE), german], "{}", "| de | übrig | noch |")
    }

    #[test]
    fn a_message_that_nothing_uses_is_named() {
        assert_eq!(check_with("i18n::minutes_left(n)", GERMAN), Vec::<String>::new());
        assert_eq!(check_with("ten_minutes_left(n)", GERMAN).len(), 1);
    }

    #[test]
    fn an_undocumented_language_is_named() {
        let languages = ["en", "pt_BR"].map(str::to_owned);
        assert_eq!(documented(&languages, "| `language` | text | `en` or `pt-BR`. |"), Vec::<String>::new());
        assert_eq!(documented(&languages, "| `language` | text | `en`. |").len(), 1);
    }

    #[test]
    fn a_banned_word_and_wrong_typography_are_named_with_the_file() {
        let german = GERMAN.replace("noch $N$", "$N$ übrig …");
        let problems = check_with("minutes_left", &german);
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(
            problems.iter().all(|problem| problem.starts_with("extension/_locales/de/messages.json: `minutesLeft`"))
        );
    }

    #[test]
    fn a_translation_is_held_against_english() {
        for german in [ONE, "{}", "{"] {
            assert_eq!(check_with("minutes_left", german).len(), 1, "{german}");
        }
    }
}
