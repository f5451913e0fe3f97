//! Compares a language with English: the same messages with the same arguments, all translated, without extra spaces,
//! and with unchanged code.

use crate::messages::{self, Message};

/// Untranslated words: names, formats, and terms of the SDK and the browsers.
const NAMES: [&str; 12] = [
    "API",
    "Array.prototype.toJSON",
    "Content-Security-Policy",
    "JSON",
    "Prototype.js",
    "SDK",
    "URL",
    "false",
    "init",
    "reset",
    "true",
    "undefined",
];

/// The message with the tag of its language.
const TAG: &str = "languageTag";

/// Messages that are the same as in English, because the language has the same word or it is the name of a setting. A
/// message that differs must be removed from its list.
const SAME: [(&str, &[&str]); 5] = [
    (
        "de",
        &[
            "cellBoolean",
            "cellKept",
            "cellText",
            "detailAutoconnect",
            "detailReferrer",
            "detailRegion",
            "detailSdkRegion",
            "details",
            "fieldTags",
            "findOffline",
            "findOnline",
            "findPresence",
            "findTag",
            "frameLabel",
            "kindNull",
            "live",
            "presetName",
            "rowBrowser",
            "ticketWord",
        ],
    ),
    (
        "es",
        &[
            "cellKept",
            "detailAutoconnect",
            "groupInspector",
            "kindNull",
            "kindOwn",
            "kindScript",
            "no",
            "severityError",
            "ticketWord",
        ],
    ),
    (
        "fr",
        &[
            "cellKept",
            "detailAutoconnect",
            "fieldTags",
            "findTag",
            "groupPages",
            "kindChange",
            "kindNull",
            "kindPage",
            "kindScript",
            "optionsOpen",
            "permHostsName",
            "recSites",
            "ticketWord",
        ],
    ),
    ("ja", &["kindNull"]),
    (
        "pt_BR",
        &[
            "cellKept",
            "detailAutoconnect",
            "fieldTags",
            "findOffline",
            "findOnline",
            "findPresence",
            "findTag",
            "frameLabel",
            "itemOf",
            "kindNull",
            "kindScript",
            "permHostsName",
            "recSites",
            "ticketWord",
        ],
    ),
];

/// The violations in the file `extension/_locales/<language>/messages.json` at `path`.
pub fn problems(path: &str, english: &[Message], translation: &[Message]) -> Vec<String> {
    let language = path.rsplit('/').nth(1).unwrap_or_default();
    let same = SAME.iter().find(|(of, _)| *of == language).map_or(&[][..], |(_, keys)| keys);
    let found = |key: &str| translation.iter().find(|message| message.key == key);
    let said = english.iter().flat_map(|english| match found(&english.key) {
        Some(translated) => of_message(english, translated, same.contains(&&*english.key)),
        None => vec![format!("no `{}`", english.key)],
    });
    let extra = translation.iter().filter(|message| english.iter().all(|english| english.key != message.key));
    let extra = extra.map(|message| format!("`{}` is not in English", message.key));
    let tag = found(TAG).filter(|found| found.text() != messages::tag(language));
    let tag = tag.map(|_| format!("`{TAG}` is not `{}`", messages::tag(language)));
    said.chain(extra).chain(tag).map(|problem| format!("{path}: {problem}")).collect()
}

fn of_message(english: &Message, translated: &Message, may_be_same: bool) -> Vec<String> {
    let (source, text) = (english.text(), translated.text());
    let mut problems = Vec::new();
    if translated.arguments != english.arguments {
        problems.push(format!("has not the placeholders {:?}", english.arguments));
    }
    if text.trim() != text || text.contains("  ") {
        problems.push("has a blank too many".into());
    }
    match (text == source, may_be_same) {
        (true, false) if has_words(&source) => problems.push("is still English".into()),
        (false, true) => problems.push("is listed as the same as English and is not".into()),
        _ => {}
    }
    let lost = code(&source).into_iter().filter(|code| !stands_in(&text, code));
    problems.extend(lost.map(|code| format!("lacks `{code}`")));
    problems.into_iter().map(|problem| format!("`{}` {problem}", english.key)).collect()
}

/// Whether the text has anything to translate besides placeholders and names.
fn has_words(text: &str) -> bool {
    let is_word = |piece: &&str| piece.chars().any(char::is_alphabetic) && !NAMES.contains(piece);
    text.split_whitespace().filter(|piece| !piece.starts_with('{')).any(|piece| is_word(&piece))
}

/// The names and code snippets in a text.
fn code(text: &str) -> Vec<&str> {
    let ends = |letter: char| !letter.is_alphanumeric() && !matches!(letter, '#' | '@' | '/');
    let words = text.split_whitespace().map(|word| (word.contains('"'), word.trim_matches(ends)));
    words.filter(|(quoted, word)| *quoted || is_code(word)).map(|(_, word)| word).collect()
}

/// Whether it has the form of code: `#VIP`, `/v1.3`, `zendesk:123`, `updateConnection`.
fn is_code(word: &str) -> bool {
    let inside = |mark: char| word.trim_matches(mark).contains(mark);
    let hump = word.chars().zip(word.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase());
    NAMES.contains(&word) || word.contains(['#', '@']) || word.starts_with('/') || inside('.') || inside(':') || hump
}

/// Whether `code` occurs as a whole word in `text`. Japanese letters may touch it.
fn stands_in(text: &str, code: &str) -> bool {
    let joins = |letter: char| letter.is_ascii_alphanumeric();
    text.match_indices(code).any(|(at, _)| !text[..at].ends_with(joins) && !text[at + code.len()..].starts_with(joins))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::messages::read;

    fn one(key: &str, text: &str) -> Vec<Message> {
        let placeholder = text.contains("$N$").then(|| json!({ "n": { "content": "$1" } }));
        read(&json!({ key: { "message": text, "placeholders": placeholder } }).to_string()).unwrap()
    }

    /// The violations of a German text for the message `key`.
    fn violations(key: &str, english: &str, german: &str) -> String {
        problems("extension/_locales/de/messages.json", &one(key, english), &one(key, german)).join("; ")
    }

    #[test]
    fn the_tag_is_the_folders() {
        let english = one(TAG, "en");
        let said = |tag| problems("extension/_locales/pt_BR/messages.json", &english, &one(TAG, tag)).join("; ");
        assert_eq!(said("pt-BR"), "");
        assert!(said("pt").ends_with("`languageTag` is not `pt-BR`"), "{}", said("pt"));
    }

    #[test]
    fn a_good_translation_has_no_violations() {
        for (key, english, german) in [
            ("left", "$N$ left", "noch $N$"),
            ("example", "Like #VIP, zendesk:123.", "Etwa #VIP oder zendesk:123"),
            ("call", "init's call (updateConnection)", "Der Aufruf von init, „updateConnection“"),
            ("shape", "Like { \"key\": 1 }", "Etwa { \"key\": 1 }"),
            ("sdk", "SDK $N$", "SDK $N$"),
            ("live", "Live", "Live"),
        ] {
            assert_eq!(violations(key, english, german), "", "{english}");
        }
    }

    #[test]
    fn a_violation_names_the_key() {
        for (key, english, german, problem) in [
            ("left", "$N$ left", "noch etwas", "`left` has not the placeholders [\"n\"]"),
            ("left", "Left", "Left", "`left` is still English"),
            ("left", "SDK left", "SDK left", "`left` is still English"),
            ("left", "Left", "Links ", "`left` has a blank too many"),
            ("left", "Left", "Ganz  links", "`left` has a blank too many"),
            ("live", "Live", "Aktuell", "`live` is listed as the same as English and is not"),
            ("code", "Call init first", "Zuerst initialisieren", "`code` lacks `init`"),
            ("code", "Use /v1.3.", "Etwa v1.3.", "`code` lacks `/v1.3`"),
            ("code", "Give uniqueId", "uniqueID angeben", "`code` lacks `uniqueId`"),
            ("code", "Like { \"key\": 1 }", "Etwa { \"wert\": 1 }", "`code` lacks `key`"),
        ] {
            let found = violations(key, english, german);
            assert_eq!(found, format!("extension/_locales/de/messages.json: {problem}"), "{german}");
        }
    }

    #[test]
    fn missing_and_extra_messages_are_violations() {
        let found = problems("extension/_locales/de/messages.json", &one("a", "Left"), &one("b", "Links"));
        assert!(
            found.len() == 2 && found[0].ends_with("no `a`") && found[1].ends_with("`b` is not in English"),
            "{found:?}"
        );
    }
}
