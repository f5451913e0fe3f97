//! Texts joined from parts, one of them missing: `Ada undefined`, `user-NaN`, `Acme ([object Object])`.

use crate::visitor::letters::Letters;
use crate::visitor::written::is_written_by_program;

/// Characters that may join two parts of an ID.
const JOINTS: [char; 7] = ['-', '_', ':', '/', '|', '#', '.'];

/// Words of a sentence about a missing value, as in an error message: "Cannot read properties of undefined". In German
/// and Dutch, "null" is the number.
const SENTENCE: [&str; 42] = [
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
    "hypothesis",
    "zu",
    "auf",
    "bei",
    "von",
    "mit",
    "unter",
    "über",
    "und",
    "nach",
    "op",
    "uur",
    "euro",
    "cent",
    "prozent",
    "procent",
    "uhr",
    "grad",
    "komma",
    "punkt",
];

/// Missing values as texts.
const NOTHING: [&str; 4] = ["undefined", "null", "NaN", "None"];

/// Legal forms of companies. A company may call itself "undefined GmbH".
const COMPANIES: [&str; 19] = [
    "gmbh", "ag", "ug", "kg", "ltd", "limited", "inc", "llc", "corp", "co", "plc", "sa", "sas", "sarl", "srl", "bv",
    "oy", "ab", "pty",
];

/// Words before the number in an ID, as in `user-null`. Another word may be a given name: `jennifer-null`.
const SUBJECTS: [&str; 34] = [
    "user",
    "usr",
    "u",
    "uid",
    "id",
    "userid",
    "cust",
    "customer",
    "customers",
    "client",
    "kunde",
    "member",
    "account",
    "acct",
    "acc",
    "visitor",
    "person",
    "contact",
    "lead",
    "org",
    "organization",
    "company",
    "firm",
    "tenant",
    "team",
    "group",
    "crm",
    "shop",
    "store",
    "site",
    "order",
    "session",
    "email",
    "users",
];

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
        || is_written_by_program(text)
        || is_only_nothing(text)
        || is_none(text)
        || places("undefined").any(|at| !is_in_domain(text, at) && is_outside_sentence(at, "undefined"))
        || is_glued(text)
        || places("NaN").any(|at| is_outside_sentence(at, "NaN"))
        || places("null")
            .any(|at| !word_at(text, at).contains('@') && is_outside_sentence(at, "null") && replaces_a_part(text, at))
}

/// JavaScript's text of an invalid date, and not "Invalid Date of birth".
fn has_invalid_date(text: &str) -> bool {
    text.split_once(INVALID_DATE).is_some_and(|(_, rest)| !rest.starts_with(|c: char| c == ' ' || c.is_alphanumeric()))
}

/// Python's `user-None`.
fn is_none(text: &str) -> bool {
    text.strip_suffix("None").is_some_and(|id| ends_with_joint(id) && id.starts_with(char::is_lowercase))
}

/// Several missing values and nothing else: `undefinedundefined`, `null, null`, `null@null`, `None None`.
fn is_only_nothing(text: &str) -> bool {
    let mut count = 0;
    let mut rest = text;
    while let Some(next) = NOTHING.iter().find_map(|nothing| rest.strip_prefix(nothing)) {
        count += 1;
        rest = next.trim_start_matches([' ', ',', ';', '@', '&', '+']).trim_start_matches(JOINTS);
    }
    count > 1 && rest.is_empty()
}

/// The word with the character at this position, between blanks.
fn word_at(text: &str, at: usize) -> &str {
    let start = text[..at].rfind(' ').map_or(0, |blank| blank + 1);
    text[start..].split(' ').next().unwrap_or_default()
}

fn is_in_sentence(text: &str, at: usize, word: &str) -> bool {
    let before = text[..at].strip_suffix(' ').and_then(|before| before.rsplit(' ').next());
    let behind = text[at + word.len()..].strip_prefix(' ').and_then(|behind| behind.split(' ').next());
    let company = behind.map(|behind| behind.trim_matches(['.', ',', '"', ')']).to_ascii_lowercase());
    [before, behind].into_iter().flatten().any(|near| SENTENCE.contains(&near.to_ascii_lowercase().as_str()))
        || company.is_some_and(|form| COMPANIES.contains(&form.as_str()))
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

/// `undefined.example` may be a domain. `ada@undefined` is not, and `undefined.marsh` alone may be a name.
fn is_in_domain(text: &str, at: usize) -> bool {
    let host = text[at..].split([' ', '/', '?', '>', ')', ',']).next().unwrap_or_default();
    let is_host_of = text[..at].ends_with(['@', '/', '.']);
    let is_apart = text[..at].is_empty() || text[..at].ends_with([' ', '(', '<', '@']);
    let ends_short = host.rsplit('.').next().is_some_and(|end| matches!(end.len(), 2 | 3));
    host.contains('.') && (is_host_of || (is_apart && ends_short && !host.contains('@')))
}

/// `1042undefined`, `Adaundefined`: a part that was appended without a blank.
fn is_glued(text: &str) -> bool {
    let Some(before) = text.strip_suffix("undefined") else { return false };
    let word = before.rsplit(' ').next().unwrap_or_default();
    let is_name =
        word.starts_with(char::is_uppercase) && word.len() > 2 && word.chars().skip(1).all(char::is_lowercase);
    is_name || before.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether the `null` at this position replaces a name or a number.
fn replaces_a_part(text: &str, at: usize) -> bool {
    let (before, behind) = (&text[..at], &text[at + "null".len()..]);
    let named = text.split(' ').any(|word| word.starts_with(char::is_uppercase));
    let in_id = !before.contains(' ') && is_subject(before) && (behind.is_empty() || is_numbered(behind));
    let begins_id = before.is_empty() && is_numbered(behind);
    let is_value = before.ends_with(": ") || before.ends_with('=');
    let is_prose = behind.strip_prefix(' ').is_some_and(|behind| behind.starts_with(char::is_lowercase));
    let is_in_name = named && !is_prose && (before.ends_with(' ') || behind.starts_with([' ', ',']));
    in_id || begins_id || is_value || is_in_name
}

/// Whether the text is the beginning of an ID: `user-`, `acme:`, `42_`. `jennifer-` may be that of a name.
fn is_subject(before: &str) -> bool {
    let Some(joint) = before.chars().next_back().filter(|joint| JOINTS.contains(joint)) else { return false };
    let part = &before[..before.len() - joint.len_utf8()];
    let last = part.rsplit(JOINTS).next().unwrap_or_default();
    let is_known = SUBJECTS.contains(&last.to_ascii_lowercase().as_str()) || last.bytes().any(|b| b.is_ascii_digit());
    let is_joined = matches!(joint, ':' | '/' | '|' | '#') && last.ends_with(char::is_alphanumeric) && last != "dev";
    is_known || is_joined
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
            "None@None",
            "undefinedundefined",
            "nullnull",
            "undefinednull",
            "null@null",
            "null, null",
            "null.null",
            "1042undefined",
            "Adaundefined",
            "undefined.marsh",
            "acme:null",
            "acme|null|7",
            "cust-null-7",
            "user=null",
            "id: null",
            "null, Ada",
            "NULL NULL",
            "User object (7)",
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
            "undefined GmbH",
            "Ada, undefined GmbH",
            "NaN Inc.",
            "null Ltd",
            "undefined.io",
            "Ada (undefined.io)",
            "https://undefined.io/ada",
            "theundefined",
            "jennifer-null",
            "j_null",
            "non-null",
            "The null hypothesis",
            "Rejecting null results early",
            "Finanzierung zu null Prozent",
            "Start um null Uhr",
            "Anzahlung null Euro",
        ] {
            assert!(!has_missing_part(text), "{text}");
        }
    }
}
