//! The words that `docs/glossary.md` bans, searched in every message and in the guide of their language.

use crate::messages::Message;

/// A word that a language doesn't use.
#[derive(Debug, PartialEq)]
pub struct BannedWord<'a> {
    language: &'a str,
    word: &'a str,
    /// Allowed longer words that contain it.
    except: Vec<&'a str>,
    /// The starts of the keys of messages that may use it.
    keys: Vec<&'a str>,
    instead: &'a str,
}

/// The rows `| language | word, word ~ exception, exception | what to use |` of the glossary for these languages. An
/// exception in code is the start of a message's key.
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
    let (keys, except): (Vec<&str>, Vec<&str>) = list(except).partition(|exception| exception.starts_with('`'));
    let keys: Vec<_> = keys.into_iter().map(|key| key.trim_matches('`')).collect();
    let banned = |word| BannedWord { language, word, except: except.clone(), keys: keys.clone(), instead };
    list(words).map(banned).collect()
}

/// The violations of a message, one sentence for each banned word.
pub fn problems(banned: &[BannedWord], language: &str, message: &Message) -> Vec<String> {
    let text = words_of(message);
    let applies = |banned: &&BannedWord| banned.language == language && !banned.is_allowed_in(&message.key);
    let used = banned.iter().filter(applies).filter(|banned| !banned.positions(&text).is_empty());
    used.map(|banned| format!("`{}` {}", message.key, banned.problem())).collect()
}

/// The violations in a document's prose, by their byte offset. Rows with keys are only for messages.
pub fn problems_in_prose(banned: &[BannedWord], prose: &str) -> Vec<(usize, String)> {
    let with_offsets = |banned: &BannedWord| {
        let problem = banned.problem();
        banned.positions(prose).into_iter().map(|at| (at, problem.clone())).collect::<Vec<_>>()
    };
    let mut problems: Vec<_> = banned.iter().filter(|banned| banned.keys.is_empty()).flat_map(with_offsets).collect();
    problems.sort();
    problems
}

impl BannedWord<'_> {
    fn problem(&self) -> String {
        format!("uses “{}”: write {}", self.word, self.instead)
    }

    fn is_allowed_in(&self, key: &str) -> bool {
        self.keys.iter().any(|start| key.starts_with(*start))
    }

    /// The byte offsets of the word in `text`, outside the exceptions.
    fn positions(&self, text: &str) -> Vec<usize> {
        let hide = |text: String, phrase: String| text.replace(&phrase, &" ".repeat(phrase.len()));
        let text = self.except.iter().flat_map(|phrase| both_cases(phrase)).fold(text.to_owned(), hide);
        let mut positions = both_cases(self.word).map(|word| positions_of(&text, &word)).concat();
        positions.sort();
        positions.dedup();
        positions
    }
}

/// The word with its own and with a capital first letter.
fn both_cases(word: &str) -> [String; 2] {
    [word.to_owned(), capitalized(word)]
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The byte offsets of `word` as a whole word in `text`, not as a part of code: `id` is not in `id:32` or
/// `integration_id`. Japanese doesn't separate words.
fn positions_of(text: &str, word: &str) -> Vec<usize> {
    let is_japanese = word.starts_with(|letter: char| ('\u{3040}'..='\u{9fff}').contains(&letter));
    let joins = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | ':' | '/' | '.');
    let is_whole = |at: &usize| {
        let after = &text[*at + word.len()..];
        let is_code = after.starts_with([':', '.', '/']) && after[1..].starts_with(char::is_alphanumeric);
        let ends = !is_code && !after.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_');
        is_japanese || ends && !text[..*at].ends_with(joins)
    };
    text.match_indices(word).map(|(at, _)| at).filter(is_whole).collect()
}

/// The text without its placeholders, whose names are not words of a language.
fn words_of(message: &Message) -> String {
    let remove = |text: String, name: &String| text.replace(&format!("{{{name}}}"), "");
    message.arguments.iter().fold(message.text(), remove)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_json::json;

    use super::*;
    use crate::{messages, sh};

    const GLOSSARY: &str = "\
        | concept | en | de | fr | es | pt_BR | ja |\n|---|---|---|---|---|---|---|\n\
        | language | don't use | use |\n|---|---|---|\n\
        | en | address, id ~ IP address | URL |\n| en | call ~ SDK call, `check`, `recNote` | SDK call |\n\
        | de | Rechner | Computer |\n| ja | 作業者 | エージェント |\n";

    /// The violations of a message in one of the languages of `glossary`.
    fn problems_with(glossary: &str, language: &str, key: &str, text: &str) -> Vec<String> {
        let placeholder = text.contains("$ADDRESS$").then(|| json!({ "address": { "content": "$1" } }));
        let json = json!({ key: { "message": text, "placeholders": placeholder } });
        let messages = messages::read(&json.to_string()).unwrap();
        problems(&read(glossary, &["en", "de", "fr", "es", "pt_BR", "ja"]), language, &messages[0])
    }

    fn problems_of(language: &str, text: &str) -> Vec<String> {
        problems_with(GLOSSARY, language, "key", text)
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

    #[test]
    fn a_key_of_an_exception_allows_the_word() {
        for (key, count) in [("key", 1), ("recheck", 1), ("check", 0), ("checkInit", 0), ("recNote", 0), ("rec", 1)] {
            assert_eq!(problems_with(GLOSSARY, "en", key, "The call is queued.").len(), count, "{key}");
        }
        assert_eq!(problems_of("en", "The SDK call is queued."), Vec::<String>::new());
    }

    #[test]
    fn each_use_in_prose_has_its_offset() {
        let banned = read(GLOSSARY, &["en"]);
        let problem = |word: &str| format!("uses “{word}”: write URL");
        let found = problems_in_prose(&banned, "Call it. An IP address, an id, an address. Address");
        assert_eq!(found, [(27, problem("id")), (34, problem("address")), (43, problem("address"))]);
    }

    fn real_glossary() -> String {
        fs::read_to_string(sh::root().join("docs/glossary.md")).unwrap()
    }

    /// The count notices that rows are gone. It may grow.
    #[test]
    fn the_glossary_bans_words_in_every_language() {
        let glossary = real_glossary();
        let samples = [
            ("de", 28, "Auf diesem Rechner gespeichert", "Rechner"),
            ("en", 97, "The page takes your change.", "takes"),
            ("es", 21, "El cambio se ha perdido", "perdido"),
            ("fr", 20, "La modification est perdue", "perdue"),
            ("ja", 10, "エージェントの名前", "エージェント"),
            ("pt_BR", 16, "Nesta máquina", "máquina"),
        ];
        let languages = messages::languages(&sh::root().join("extension/_locales")).unwrap();
        assert_eq!(languages, samples.map(|(language, ..)| language));
        for (language, least, text, word) in samples {
            let count = read(&glossary, &[language]).len();
            assert!(count >= least, "{language}: {count} banned words, at least {least} are expected");
            let problems = problems_with(&glossary, language, "key", text);
            let is_found = problems.len() == 1 && problems[0].contains(&format!("“{word}”"));
            assert!(is_found, "{language}: {problems:?}");
        }
    }

    #[test]
    fn the_glossary_bans_the_named_patterns() {
        let glossary = real_glossary();
        for text in [
            "The call is queued.",
            "It lies on the disk.",
            "To take away one ID",
            "There stands a value.",
            "If it is not meant",
            "It may mean two things.",
            "Another behaviour",
            "A colour",
            "Whilst connected",
            "The SDK is initialised.",
        ] {
            assert!(!problems_with(&glossary, "en", "key", text).is_empty(), "{text}");
        }
    }

    #[test]
    fn every_key_in_the_glossary_starts_a_message() {
        let english = fs::read_to_string(sh::root().join("extension/_locales/en/messages.json")).unwrap();
        let english = messages::read(&english).unwrap();
        let glossary = real_glossary();
        for start in read(&glossary, &["en"]).iter().flat_map(|banned| &banned.keys) {
            assert!(english.iter().any(|message| message.key.starts_with(*start)), "{start}");
        }
    }

    #[test]
    fn every_concept_has_a_word_in_every_language() {
        let glossary = real_glossary();
        let cells = |row: &str| row.trim_matches('|').split('|').filter(|cell| !cell.trim().is_empty()).count();
        let (words, _) = glossary.split_once("## Words we don't use").unwrap();
        let rows: Vec<_> = words.lines().filter(|line| line.starts_with('|')).collect();
        assert!(rows.len() >= 27, "{} rows", rows.len());
        for row in rows {
            assert_eq!(cells(row), 7, "{row}");
        }
    }
}
