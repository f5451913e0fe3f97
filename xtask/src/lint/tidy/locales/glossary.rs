//! The words that `docs/glossary.md` bans, searched in every message of their language.

use crate::messages::Message;

/// A word that a language's messages don't use.
#[derive(Debug, PartialEq)]
pub struct BannedWord<'a> {
    language: &'a str,
    word: &'a str,
    /// Allowed longer words that contain it.
    except: Vec<&'a str>,
    instead: &'a str,
}

/// The rows `| language | word, word ~ exception | what to use |` of the glossary for these languages.
pub fn read<'a>(glossary: &'a str, languages: &[&str]) -> Vec<BannedWord<'a>> {
    glossary.lines().flat_map(|row| read_row(row, languages)).collect()
}

fn read_row<'a>(row: &'a str, languages: &[&str]) -> Vec<BannedWord<'a>> {
    let cells: Vec<_> = row.trim().trim_matches('|').split('|').map(str::trim).collect();
    let [language, words, instead] = cells[..] else { return vec![] };
    if !languages.contains(&language) {
        return vec![];
    }
    let (words, except) = words.split_once('~').unwrap_or((words, ""));
    let list = |text| str::split(text, ',').map(str::trim).filter(|word| !word.is_empty());
    let except: Vec<_> = list(except).collect();
    list(words).map(|word| BannedWord { language, word, except: except.clone(), instead }).collect()
}

/// The violations of a message, one sentence for each banned word.
pub fn problems(banned: &[BannedWord], language: &str, message: &Message) -> Vec<String> {
    let text = words_of(message);
    let used = banned.iter().filter(|banned| banned.language == language && banned.is_in(&text));
    used.map(|banned| format!("`{}` uses “{}”: write {}", message.key, banned.word, banned.instead)).collect()
}

impl BannedWord<'_> {
    fn is_in(&self, text: &str) -> bool {
        let without = self
            .except
            .iter()
            .fold(text.to_owned(), |text, except| text.replace(except, "").replace(&capitalized(except), ""));
        [self.word.to_owned(), capitalized(self.word)].iter().any(|word| has_word(&without, word))
    }
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Whether `word` is a word in `text`, and not part of code: `id` is not in `id:32` or `integration_id`. Japanese
/// doesn't separate words.
fn has_word(text: &str, word: &str) -> bool {
    let is_japanese = word.starts_with(|letter: char| ('\u{3040}'..='\u{9fff}').contains(&letter));
    let joins = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | ':' | '/' | '.');
    text.match_indices(word).any(|(at, _)| {
        let after = &text[at + word.len()..];
        let is_code = after.starts_with([':', '.', '/']) && after[1..].starts_with(char::is_alphanumeric);
        let ends = !is_code && !after.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_');
        is_japanese || ends && !text[..at].ends_with(joins)
    })
}

/// The text without its placeholders, whose names are not words of a language.
pub fn words_of(message: &Message) -> String {
    let remove = |text: String, name: &String| text.replace(&format!("{{{name}}}"), "");
    message.arguments.iter().fold(message.text(), remove)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const GLOSSARY: &str = "\
        | concept | en | de | fr | es | pt_BR | ja |\n|---|---|---|---|---|---|---|\n\
        | language | don't use | use |\n|---|---|---|\n\
        | en | address, id ~ IP address | URL |\n| de | Rechner | Computer |\n| ja | 作業者 | エージェント |\n";

    fn problems_of(language: &str, text: &str) -> Vec<String> {
        let placeholder = text.contains("$ADDRESS$").then(|| json!({ "address": { "content": "$1" } }));
        let json = json!({ "key": { "message": text, "placeholders": placeholder } });
        let messages = crate::messages::read(&json.to_string()).unwrap();
        problems(&read(GLOSSARY, &["en", "de", "ja"]), language, &messages[0])
    }

    #[test]
    fn a_banned_word_is_named_with_the_key_and_the_right_word() {
        assert_eq!(problems_of("en", "Enter the address."), ["`key` uses “address”: write URL"]);
        for (language, text) in
            [("en", "Address: $ADDRESS$"), ("en", "No id."), ("de", "Auf dem Rechner"), ("ja", "この作業者は")]
        {
            assert_eq!(problems_of(language, text).len(), 1, "{text}");
        }
    }

    #[test]
    fn other_words_code_and_exceptions_are_allowed() {
        for (language, text) in [
            ("en", "IP address"),
            ("en", "Unique ID, addressed"),
            ("en", "Use system:id, id:32, or integration_id:1"),
            ("en", "At $ADDRESS$"),
            ("en", "Rechner"),
            ("de", "Taschenrechner und address"),
        ] {
            assert_eq!(problems_of(language, text), Vec::<String>::new(), "{text}");
        }
    }
}
