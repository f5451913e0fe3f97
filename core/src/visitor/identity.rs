//! The meaning of an ID: a visitor who isn't logged in, or the same person in another form.

use crate::visitor::page_value::{PageValue, is_zero};
use crate::visitor::{edges, escaped};
use unicode_normalization::UnicodeNormalization;

/// The word in the mask of an email address, by which [`is_email`] recognizes it.
pub const MASKED_EMAIL: &str = "email";

/// IDs of visitors who are not logged in, in lowercase: words, user 0 of WordPress and Drupal, `Guid.Empty` of .NET,
/// `AnonymousUser` of Django, and these words in the languages of the inspector.
const NOBODY: [&str; 33] = [
    "",
    "undefined",
    "null",
    "nil",
    "none",
    "nan",
    "n/a",
    "false",
    "0",
    "-1",
    "guest",
    "anonymous",
    "anonymoususer",
    "unknown",
    "anon",
    "anonymous user",
    "guest user",
    "nobody",
    "not logged in",
    "not-logged-in",
    "unauthenticated",
    "gast",
    "anonym",
    "invité",
    "anonyme",
    "invitado",
    "anónimo",
    "convidado",
    "anônimo",
    "ゲスト",
    "匿名",
    "00000000000000000000000000000000",
    "00000000-0000-0000-0000-000000000000",
];

/// Whether an ID means that the visitor isn't logged in. A person may have such an ID too, so it isn't a flaw. It shows
/// a visitor who isn't logged in only if it comes between the IDs of others.
pub fn is_nobody(value: &PageValue) -> bool {
    match value {
        PageValue::Undefined | PageValue::Bool(false) => true,
        PageValue::Number(n) => is_zero(n),
        PageValue::Text(text) => is_id_of_nobody(text),
        _ => false,
    }
}

/// Whether an ID was generated for a visitor who isn't identified yet: `guest-17`, `anon_8f3e`, `$device:8f3e`. After a
/// login, the same person has another ID.
pub fn is_anonymous(value: &PageValue) -> bool {
    value.as_text().is_some_and(is_made_id)
}

/// Whether an ID may have been generated for a visitor before the login that `next` shows: [`is_anonymous`], or a
/// random ID where the site's own IDs have another form.
pub fn may_precede_login(id: &PageValue, next: &PageValue) -> bool {
    is_anonymous(id) || is_random(id) && !is_random(next)
}

/// Whether an ID is a UUID, also without hyphens.
fn is_random(id: &PageValue) -> bool {
    let Some(text) = id.as_text().map(|text| without_braces(edges::trim(text))) else { return false };
    let has_hyphens = text.len() == 36 && [8, 13, 18, 23].iter().all(|at| text.as_bytes()[*at] == b'-');
    let digits = text.bytes().filter(u8::is_ascii_hexdigit).count();
    digits == 32 && (has_hyphens || text.len() == 32)
}

/// [`is_anonymous`] for a text.
pub fn is_made_id(text: &str) -> bool {
    const MADE: [&str; 10] =
        ["sess", "session", "anonymous", "anon", "guest", "visitor", "device", "temp", "tmp", "unknown"];
    let id = edges::trim(text).trim_start_matches('$').to_lowercase();
    MADE.iter().filter_map(|made| id.strip_prefix(made)).any(|rest| {
        rest.contains(|c: char| c.is_ascii_digit()) && !rest.starts_with(char::is_alphabetic) && !rest.contains('@')
    })
}

/// Whether the text is an email address, or the mask of one.
pub fn is_email(text: &str) -> bool {
    text.contains('@') || text.strip_prefix('‹').is_some_and(|mask| folded(mask).starts_with(MASKED_EMAIL))
}

/// Like [`is_nobody`], for a text.
pub fn is_id_of_nobody(text: &str) -> bool {
    let id = edges::trim(text).to_lowercase();
    NOBODY.contains(&id.as_str())
}

/// Whether two IDs differ only in their form: a number as text, the case of an email address, white space at the edges,
/// the braces of a GUID, the provider before an ID of Auth0, the Unicode form of a character (NFKC), or an encoding
/// that was not decoded.
pub fn is_same_id(one: &PageValue, other: &PageValue) -> bool {
    one == other || plain(one).is_some_and(|id| Some(id) == plain(other))
}

/// Whether two texts may be one name in two forms: `Ada Marsh`, `Marsh, Ada`, `Ada`.
pub fn is_same_name(one: &PageValue, other: &PageValue) -> bool {
    let (one, other) = (words(one), words(other));
    let all_in = |some: &[String], others: &[String]| some.iter().all(|word| others.contains(word));
    !one.is_empty() && !other.is_empty() && (all_in(&one, &other) || all_in(&other, &one))
}

/// The words of a name in one form. An ID and an email address are no names.
fn words(name: &PageValue) -> Vec<String> {
    let text = plain(name).filter(|text| !is_email(text) && !text.contains(|c: char| c.is_ascii_digit()));
    let text = text.unwrap_or_default();
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn plain(id: &PageValue) -> Option<String> {
    match id {
        PageValue::Number(n) => Some(n.as_str().to_owned()),
        PageValue::Text(text) => {
            let text = escaped::decoded(text).unwrap_or_else(|| edges::trim(text).to_owned());
            Some(folded(without_provider(without_braces(&text))).nfkc().collect())
        }
        _ => None,
    }
}

/// The ID without the provider in `auth0|5f7c8ec7`.
fn without_provider(id: &str) -> &str {
    let (provider, own) = id.rsplit_once('|').unwrap_or(("", id));
    if own.is_empty() || !provider.starts_with(|c: char| c.is_ascii_alphabetic()) { id } else { own }
}

/// The GUID without the braces that .NET and Windows write.
fn without_braces(id: &str) -> &str {
    let inner = id.strip_prefix('{').and_then(|id| id.strip_suffix('}'));
    inner.filter(|inner| inner.len() == 36).unwrap_or(id)
}

/// The text in lowercase, with `%40` decoded, because the SDK takes the ID from the URL undecoded.
pub fn folded(text: &str) -> String {
    text.replace("%40", "@").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn one_id_has_many_forms() {
        let is_same = |one: serde_json::Value, other| is_same_id(&PageValue::decode(one), &PageValue::decode(other));
        for (one, other) in [
            (json!(42), json!("42")),
            (json!("Ada@acme.example"), json!("ada@acme.example")),
            (json!(" cust-1 "), json!("cust-1")),
            (json!("ada%40acme.example"), json!("ada@acme.example")),
            (json!("O&#039;Brien"), json!("O'Brien")),
            (json!("auth0|17"), json!(17)),
            (json!("Zoe\u{308}"), json!("Zo\u{eb}")),
            (json!("ｉｄ－１７"), json!("id-17")),
            (json!("{550E8400-E29B-41D4-A716-446655440000}"), json!("550e8400-e29b-41d4-a716-446655440000")),
        ] {
            assert!(is_same(one.clone(), other), "{one}");
        }
        for (one, other) in [(json!("042"), json!(42)), (json!("ada"), json!("bob")), (json!(["a"]), json!(["b"]))] {
            assert!(!is_same(one.clone(), other), "{one}");
        }
    }

    #[test]
    fn ids_that_were_made_for_a_visitor_are_recognized() {
        for id in [
            "guest-17",
            "guest17",
            "anon_8f3e",
            "Anonymous:42",
            "$device:8f3e",
            "visitor.1042",
            "sess_8f3e2a",
            "session-17",
        ] {
            assert!(is_anonymous(&PageValue::Text(id.into())), "{id}");
        }
        for id in ["guest", "guest-house", "guesthouse17", "anonymouse7", "temperance9", "guest-7@acme.example", "17"] {
            assert!(!is_anonymous(&PageValue::Text(id.into())), "{id}");
        }
    }

    #[test]
    fn a_random_id_precedes_another_form() {
        let precedes =
            |id: &str, next: &str| may_precede_login(&PageValue::Text(id.into()), &PageValue::Text(next.into()));
        for id in ["550e8400-e29b-41d4-a716-446655440000", "550E8400E29B41D4A716446655440000", "guest-17"] {
            assert!(precedes(id, "cust-1042"), "{id}");
        }
        assert!(!precedes("550e8400-e29b-41d4-a716-446655440000", "{6ba7b810-9dad-41d1-80b4-00c04fd430c8}"));
        for id in [
            "550e8400-e29b-41d4-a716",
            "cust-1042",
            "550e8400+e29b+41d4+a716+446655440000",
            "ä50e8400e29b41d4a71644665544000",
        ] {
            assert!(!precedes(id, "cust-1043"), "{id}");
        }
    }

    #[test]
    fn one_name_has_many_forms() {
        let is_same =
            |one: &str, other: &str| is_same_name(&PageValue::Text(one.into()), &PageValue::Text(other.into()));
        for other in ["Marsh, Ada", "ada marsh", "Ada", "Ada Lou Marsh"] {
            assert!(is_same("Ada Marsh", other), "{other}");
        }
        for other in ["Tom Marsh", "ada.marsh@acme.example", "#1042", "", "-"] {
            assert!(!is_same("Ada Marsh", other), "{other}");
        }
    }

    #[test]
    fn ids_of_nobody_are_recognized() {
        for id in [
            json!(0),
            json!("0"),
            json!(false),
            json!("Guest"),
            json!(" anonymous "),
            json!("Gast"),
            json!("INVITÉ"),
            json!("ゲスト"),
            json!("Guest User"),
            json!({"$": "undefined"}),
        ] {
            assert!(is_nobody(&PageValue::decode(id.clone())), "{id}");
        }
        for id in [json!(7), json!("00"), json!("guest-17"), json!("Jennifer Null"), json!(null), json!(["guest"])] {
            assert!(!is_nobody(&PageValue::decode(id.clone())), "{id}");
        }
    }
}
