//! Texts joined from parts, one of them missing: `Ada undefined`, `user-NaN`, `Acme ([object Object])`.

use crate::visitor::letters::Letters;

/// Characters that may join two parts of an ID.
const JOINTS: [char; 7] = ['-', '_', ':', '/', '|', '#', '.'];

/// The beginning of an object that was converted to a string.
const OBJECT: &str = "[object ";

/// Whether a part of a trimmed text is a missing value or an object converted to a string.
///
/// Case matters: *Null* and *Nan* are names. Lowercase `null` counts unless all of the text is lowercase, as in an
/// email address, and except in "null island" and "/dev/null".
pub fn has_missing_part(text: &str) -> bool {
    let letters = Letters::of(text);
    let contains = |part| letters.may_contain(part) && text.contains(part);
    let words = |word| letters.may_contain(word).then(|| words(text, word)).into_iter().flatten();
    (contains(OBJECT) && has_object(text))
        || contains("Invalid Date")
        || contains("(null)")
        || words("undefined").any(|at| !is_in_domain(text, at))
        || words("NaN").next().is_some()
        || words("null").any(|at| !text.contains('@') && replaces_a_part(text, at))
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
        ] {
            assert!(!has_missing_part(text), "{text}");
        }
    }
}
