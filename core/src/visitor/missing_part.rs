//! Texts joined from parts, one of them missing: `Ada undefined`, `user-NaN`, `Acme ([object Object])`.

use crate::visitor::letters::Letters;

/// Characters that may join two parts of an ID.
const JOINTS: [char; 7] = ['-', '_', ':', '/', '|', '#', '.'];

/// Words of a sentence about a missing value, as in an error message: "Cannot read properties of undefined".
const SENTENCE: [&str; 22] = [
    "is",
    "are",
    "was",
    "of",
    "be",
    "or",
    "and",
    "not",
    "no",
    "to",
    "an",
    "as",
    "from",
    "with",
    "value",
    "values",
    "behavior",
    "behaviour",
    "method",
    "variable",
    "property",
    "reference",
];

/// What programs write instead of a missing value or of an object: Go, Cocoa, .NET, Swift, Java, Node.
const WRITTEN: [&str; 9] =
    ["(null)", "<nil>", "<null>", "%!s(", "%!d(", "%!v(", "System.Collections.Generic.", "Optional(\"", "[Function"];

/// The beginning of an object that was converted to a string.
const OBJECT: &str = "[object ";

/// An invalid date that was converted to a string.
const INVALID_DATE: &str = "Invalid Date";

/// Whether a part of a trimmed text is a missing value or an object converted to a string.
///
/// Case matters: *Null* and *Nan* are names. Lowercase `null` counts unless all of the text is lowercase, as in an
/// email address, and except in "null island" and "/dev/null". A sentence about a missing value is not one.
pub fn has_missing_part(text: &str) -> bool {
    let letters = Letters::of(text);
    let contains = |part: &str| letters.may_contain(part) && text.contains(part);
    let places = |word| letters.may_contain(word).then(|| words(text, word)).into_iter().flatten();
    let is_outside_sentence = |at, word| !is_in_sentence(text, at, word);
    (contains(OBJECT) && has_object(text))
        || (contains(INVALID_DATE) && has_invalid_date(text))
        || WRITTEN.iter().any(|written| contains(written))
        || is_of_python(text)
        || is_of_java(text)
        || places("undefined").any(|at| !is_in_domain(text, at) && is_outside_sentence(at, "undefined"))
        || places("NaN").any(|at| is_outside_sentence(at, "NaN"))
        || places("null")
            .any(|at| !word_at(text, at).contains('@') && is_outside_sentence(at, "null") && replaces_a_part(text, at))
}

/// JavaScript's text of an invalid date, and not "Invalid Date of birth".
fn has_invalid_date(text: &str) -> bool {
    text.split_once(INVALID_DATE).is_some_and(|(_, rest)| !rest.starts_with(|c: char| c == ' ' || c.is_alphanumeric()))
}

/// `None None`, `user-None`, `<User object at 0x7f1c>`.
fn is_of_python(text: &str) -> bool {
    let ends_id = text.strip_suffix("None").is_some_and(|id| ends_with_joint(id) && id.starts_with(char::is_lowercase));
    text == "None None" || ends_id || text.contains(" object at 0x")
}

/// `com.acme.User@1b6d3586`: a class and a hash.
fn is_of_java(text: &str) -> bool {
    let Some((class, hash)) = text.split_once('@') else { return false };
    let name = class.rsplit_once('.').filter(|(package, _)| package.contains('.')).map_or("", |(_, name)| name);
    let is_hash =
        (6..=8).contains(&hash.len()) && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    is_hash && name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// The word with the character at this position, between blanks.
fn word_at(text: &str, at: usize) -> &str {
    let start = text[..at].rfind(' ').map_or(0, |blank| blank + 1);
    text[start..].split(' ').next().unwrap_or_default()
}

fn is_in_sentence(text: &str, at: usize, word: &str) -> bool {
    let before = text[..at].strip_suffix(' ').and_then(|before| before.rsplit(' ').next());
    let behind = text[at + word.len()..].strip_prefix(' ').and_then(|behind| behind.split(' ').next());
    [before, behind].into_iter().flatten().any(|near| SENTENCE.contains(&near.to_ascii_lowercase().as_str()))
}

/// `[object Object]`, `[object Undefined]`, `[object HTMLInputElement]`.
fn has_object(text: &str) -> bool {
    let is_tag = |rest: &str| {
        let name = rest.split_once(']').map_or("", |(name, _)| name);
        name.starts_with(|c: char| c.is_ascii_uppercase()) && name.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    text.match_indices(OBJECT).any(|(at, start)| is_tag(&text[at + start.len()..]))
}

/// The positions of `word` as a separate word.
fn words<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let places = text.match_indices(word).map(|(at, _)| at);
    places
        .filter(move |at| is_apart(text[..*at].chars().next_back()) && is_apart(text[at + word.len()..].chars().next()))
}

/// `undefined.example` may be a domain. `ada@undefined` is not.
fn is_in_domain(text: &str, at: usize) -> bool {
    let host = text[at..].split([' ', '/', '?', '>']).next().unwrap_or_default();
    let is_host_of = text[..at].ends_with(['@', '/', '.']);
    is_host_of && host.contains('.')
}

/// Whether the `null` at this position replaces a name or a number.
fn replaces_a_part(text: &str, at: usize) -> bool {
    let (before, behind) = (&text[..at], &text[at + "null".len()..]);
    let named = text.split(' ').any(|word| word.starts_with(char::is_uppercase));
    let alone = text.split([' ', '-', '_']).all(|word| matches!(word, "null" | "undefined"));
    let ends_id = behind.is_empty() && !before.contains(' ') && ends_with_joint(before);
    let begins_id = before.is_empty() && is_numbered(behind);
    let is_device = before.ends_with("dev/") || before.ends_with("dev-") || before.ends_with("dev.");
    !is_device && (alone || ends_id || begins_id || (named && (before.ends_with(' ') || behind.starts_with(' '))))
}

fn ends_with_joint(before: &str) -> bool {
    let part = before.strip_suffix(JOINTS).unwrap_or_default();
    part.ends_with(char::is_alphanumeric) && !before.ends_with('.')
}

/// `-1042` after the first part of an ID.
fn is_numbered(behind: &str) -> bool {
    let number = behind.strip_prefix(JOINTS).unwrap_or_default();
    !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_parts_are_found() {
        for text in [
            "Ada undefined",
            "user-undefined",
            "undefined undefined",
            "undefined@acme.example",
            "ada@undefined",
            "undefined, Ada",
            "acme/undefined/7",
            "Ms. null",
            "Ada null",
            "null Marsh",
            "null null",
            "user-null",
            "customer_null",
            "null-1042",
            "Ada (null)",
            "NaN",
            "cust-NaN",
            "Acme ([object Object])",
            "[object Object]",
            "[object HTMLInputElement]",
            "since Invalid Date",
            "Ada null <ada@acme.example>",
            "Welcome, undefined!",
            "None None",
            "user-None",
            "<nil>",
            "%!s(<nil>)",
            "<User object at 0x7f1c2d>",
            "com.acme.User@1b6d3586",
            "System.Collections.Generic.List`1[System.String]",
            "Optional(\"ada\")",
            "[Function: id]",
        ] {
            assert!(has_missing_part(text), "{text}");
        }
    }

    #[test]
    fn names_and_words_are_not_missing_parts() {
        for text in [
            "Jennifer Null",
            "jennifer null",
            "j.null@acme.example",
            "null@acme.example",
            "Null Island",
            "null island",
            "/dev/null",
            "dev-null",
            "Undefined Labs",
            "info@undefined.example",
            "https://undefined.example/a",
            "undefinedly",
            "annulled",
            "nullify",
            "Nan Goldin",
            "NaNa",
            "nan@acme.example",
            "object Object",
            "[object]",
            "None",
            "None Ltd",
            "Jean-None",
            "ada.Marsh@deadbeef.example",
            "Cannot read properties of undefined (reading 'id')",
            "x is undefined",
            "undefined is not a function",
            "undefined behaviour",
            "Cannot read property 'id' of null",
            "Result is NaN",
            "No null values",
            "Invalid Date of birth",
        ] {
            assert!(!has_missing_part(text), "{text}");
        }
    }
}
