//! Checks `_locales/<lang>/messages.json` and generates Rust code from it. Shared by the package's `build.rs`, which
//! includes this file, and by the linter, which compares the other languages with English.
//!
//! The format is that of the browsers (MDN, "Internationalization", "Locale-specific message reference") with stricter
//! rules: the contents of placeholders are exactly `$1` to `$9`, in order and without a gap; every placeholder occurs
//! in the text; a `$` in the text belongs to a placeholder or is doubled.

use std::fmt::Write;
use std::path::Path;
use std::{fs, io};

use serde_json::{Map, Value};

/// The module of the messages with placeholders.
const MODULE: &str = "/// The messages with placeholders.\npub mod words";

/// A valid message.
#[derive(Debug, PartialEq)]
pub struct Message {
    /// Its key in the file.
    pub key: String,
    /// The names of its placeholders in lowercase, in the order of their substitutions.
    pub arguments: Vec<String>,
    description: String,
    pieces: Vec<Piece>,
}

/// A part of a message's text.
#[derive(Debug, PartialEq)]
enum Piece {
    Text(String),
    /// The placeholder at this index.
    Argument(usize),
}

/// All languages, sorted: the folders of `_locales`, which are the only list of them.
pub fn languages(locales: &Path) -> io::Result<Vec<String>> {
    let folders = fs::read_dir(locales)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut languages: Vec<_> = folders.collect::<io::Result<_>>()?;
    languages.retain(|name| !name.starts_with('.'));
    languages.sort();
    Ok(languages)
}

/// The language tag of a folder: `pt-BR` for `pt_BR`.
pub fn tag(language: &str) -> String {
    language.replace('_', "-")
}

/// Reads a `messages.json`, sorted by key. An error names the invalid message.
pub fn read(json: &str) -> Result<Vec<Message>, String> {
    let file: Map<String, Value> = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let mut messages = Vec::new();
    for (key, value) in &file {
        messages.push(read_one(key, value).map_err(|why| format!("message `{key}`: {why}"))?);
    }
    messages.sort_by(|a, b| a.key.cmp(&b.key));
    let mut names: Vec<_> = messages.iter().map(|message| message.rust_name()).collect();
    names.sort();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(format!("two messages become `{}` in Rust", pair[0])),
        None => Ok(messages),
    }
}

/// A `message! { … }` for each message, for the macro of `src/i18n.rs`. Those with placeholders are functions, in a module
/// of their own, so that a call of one is not mistaken for a call of a function of the caller's.
pub fn generate(messages: &[Message]) -> String {
    let (constants, functions): (Vec<_>, Vec<_>) = messages.iter().partition(|message| message.arguments.is_empty());
    let declare = |messages: Vec<&Message>| messages.into_iter().map(Message::declaration).collect::<String>();
    let module = if functions.is_empty() { String::new() } else { format!("{MODULE} {{\n{}}}\n", declare(functions)) };
    declare(constants) + &module
}

impl Message {
    /// `STATE_CONNECTED` for a message without placeholders, `minutes_left` for one with placeholders.
    pub fn rust_name(&self) -> String {
        let mut name = String::new();
        for letter in self.key.chars() {
            if letter.is_ascii_uppercase() {
                name.push('_');
            }
            name.push(letter.to_ascii_lowercase());
        }
        if self.arguments.is_empty() { name.to_ascii_uppercase() } else { name }
    }

    /// `message! { <docs> NAME = "key", "English" }`. With placeholders, the name is followed by `(argument, …)`, and
    /// the English text is a format string.
    fn declaration(&self) -> String {
        let arguments = match self.arguments.as_slice() {
            [] => String::new(),
            names => format!("({})", names.join(", ")),
        };
        let english = self.text();
        let mut code = String::from("message! {\n");
        for line in english.lines().chain(self.description.lines()) {
            // `#[doc]` instead of `///`, because the text may contain anything.
            writeln!(code, "    #[doc = {line:?}]").expect("a String takes all");
        }
        let name = self.rust_name();
        code + &format!("    {name}{arguments} = {:?}, {english:?}\n}}\n", self.key)
    }

    /// The text with placeholders as `{name}`, a format string if there are any.
    pub fn text(&self) -> String {
        let formatted = !self.arguments.is_empty();
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) if formatted => text.replace('{', "{{").replace('}', "}}"),
            Piece::Text(text) => text.clone(),
            Piece::Argument(index) => format!("{{{}}}", self.arguments[*index]),
        };
        self.pieces.iter().map(piece).collect()
    }
}

fn read_one(key: &str, value: &Value) -> Result<Message, String> {
    if !is_camel_case(key) {
        return Err("the key is not camelCase".into());
    }
    let text = value["message"].as_str().ok_or("`message` is no text")?;
    let description = value["description"].as_str().unwrap_or_default().to_owned();
    let arguments = read_placeholders(&value["placeholders"])?;
    let pieces = split(text, &arguments)?;
    for (index, name) in arguments.iter().enumerate() {
        if !pieces.contains(&Piece::Argument(index)) {
            return Err(format!("the placeholder `{name}` does not stand in the text"));
        }
    }
    Ok(Message { key: key.to_owned(), arguments, description, pieces })
}

/// The names in the order of their `$1`, `$2`, …
fn read_placeholders(placeholders: &Value) -> Result<Vec<String>, String> {
    let Some(placeholders) = placeholders.as_object() else {
        return if placeholders.is_null() { Ok(vec![]) } else { Err("`placeholders` is no object".into()) };
    };
    let mut names = vec![None; placeholders.len()];
    for (name, placeholder) in placeholders {
        if !is_argument(name) {
            return Err(format!("the placeholder `{name}` is not lower_case or is a word of Rust"));
        }
        let number = placeholder["content"].as_str().and_then(|content| content.strip_prefix('$'));
        let number = number.filter(|digits| digits.len() == 1).and_then(|digit| digit.parse().ok());
        let slot = number.and_then(|number: usize| names.get_mut(number.wrapping_sub(1)));
        let slot = slot.ok_or(format!("the content of `{name}` is not one of $1 to ${}", placeholders.len()))?;
        if slot.replace(name.clone()).is_some() {
            return Err(format!("two placeholders share the content of `{name}`"));
        }
    }
    Ok(names.into_iter().flatten().collect())
}

/// Splits at `$NAME$` (case-insensitive, as in browsers). `$$` is a dollar sign.
fn split(text: &str, arguments: &[String]) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut parts = text.split('$');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    while let Some(name) = parts.next() {
        let after = parts.next().ok_or("a single `$`: write `$$`, or `$NAME$` for a placeholder")?;
        if name.is_empty() {
            plain.push('$');
        } else {
            let index = arguments.iter().position(|argument| argument.eq_ignore_ascii_case(name));
            let index = index.ok_or_else(|| format!("there is no placeholder `{name}`"))?;
            pieces.push(Piece::Text(std::mem::take(&mut plain)));
            pieces.push(Piece::Argument(index));
        }
        plain.push_str(after);
    }
    pieces.push(Piece::Text(plain));
    pieces.retain(|piece| *piece != Piece::Text(String::new()));
    Ok(pieces)
}

fn is_camel_case(key: &str) -> bool {
    key.starts_with(|first: char| first.is_ascii_lowercase())
        && key.chars().all(|letter| letter.is_ascii_alphanumeric())
}

fn is_argument(name: &str) -> bool {
    const WORDS: [&str; 9] = ["type", "in", "for", "as", "where", "move", "ref", "match", "use"];
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|letter| matches!(letter, 'a'..='z' | '0'..='9' | '_'))
        && !WORDS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(message: &str, placeholders: &str) -> Result<Vec<Message>, String> {
        read(&format!(r#"{{ "key": {{ "message": "{message}", "placeholders": {{ {placeholders} }} }} }}"#))
    }

    #[test]
    fn a_plain_message_becomes_a_constant() {
        let messages =
            read(r#"{ "stateNotConnected": { "message": "Not {connected}", "description": "A \"state\"." } }"#);
        let expected = "message! {\n    #[doc = \"Not {connected}\"]\n    #[doc = \"A \\\"state\\\".\"]\n    \
                        STATE_NOT_CONNECTED = \"stateNotConnected\", \"Not {connected}\"\n}\n";
        assert_eq!(generate(&messages.unwrap()), expected);
    }

    #[test]
    fn placeholders_become_arguments_in_the_order_of_their_substitutions() {
        let messages =
            read_text("$$5 {of} $WHOLE$: $Part$", r#""whole": { "content": "$2" }, "part": { "content": "$1" }"#);
        let code = generate(&messages.unwrap());
        assert!(code.contains(r#"key(part, whole) = "key", "$5 {{of}} {whole}: {part}""#), "{code}");
    }

    #[test]
    fn what_a_browser_would_show_wrongly_is_refused() {
        let good = r#""n": { "content": "$1" }"#;
        assert!(read_text("$N$ left", good).is_ok());
        for (text, placeholders, why) in [
            ("left", good, "does not stand in the text"),
            ("$M$ left", good, "no placeholder `M`"),
            ("$N$ left for $5", good, "a single `$`"),
            ("$1 left", "", "a single `$`"),
            ("$N$ left", r#""n": { "content": "$2" }"#, "not one of $1 to $1"),
            ("$N$ left", r#""n": { "content": "$0" }"#, "not one of $1 to $1"),
            ("$N$ left", r#""n": { "content": "$1 min" }"#, "not one of $1 to $1"),
            ("$N$ left", r#""n": {}"#, "not one of $1 to $1"),
            ("$N$$M$", r#""n": { "content": "$1" }, "m": { "content": "$1" }"#, "two placeholders share"),
            ("$N-1$", r#""n-1": { "content": "$1" }"#, "not lower_case"),
            ("$TYPE$", r#""type": { "content": "$1" }"#, "word of Rust"),
        ] {
            let error = read_text(text, placeholders).unwrap_err();
            assert!(error.contains(why), "{text}: {error}");
        }
    }

    #[test]
    fn keys_are_camel_case_and_distinct_in_rust() {
        for json in [r#"{ "Key": { "message": "" } }"#, r#"{ "a_b": { "message": "" } }"#, r#"{ "a": {} }"#] {
            assert!(read(json).is_err(), "{json}");
        }
    }
}
