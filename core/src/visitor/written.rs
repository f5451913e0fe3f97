//! Texts that programs write for an object, a function or a missing value, in place of the intended value.

use crate::visitor::letters::Letters;

/// Parts of such texts: Go, Cocoa, .NET, Swift, Node, PHP, Python, Ruby.
const PARTS: [&str; 17] = [
    "(null)",
    "<nil>",
    "<null>",
    "%!s(",
    "%!d(",
    "%!v(",
    "%!(EXTRA ",
    "System.Collections.Generic.",
    "System.Threading.Tasks.Task",
    "Optional(\"",
    "[Function",
    "[native code]",
    "stdClass Object",
    "<class '",
    "<bound method ",
    "<QuerySet [",
    "Object: null prototype",
];

/// Such texts: Java, .NET, Python, and the errors of spreadsheets.
const WHOLE: [&str; 14] = [
    "Optional.empty",
    "System.Object",
    "System.Object[]",
    "System.String[]",
    "<NoneType>",
    "NoneType",
    "NULL NULL",
    "#REF!",
    "#N/A",
    "#VALUE!",
    "#NAME?",
    "#DIV/0!",
    "#NULL!",
    "#NUM!",
];

/// Replacements for email addresses in pages that hide them from robots (Cloudflare).
const HIDDEN: [&str; 2] = ["[email protected]", "[email\u{a0}protected]"];

/// Wrappers around a value that wasn't unwrapped: Swift, Java, Rust, JavaScript.
const WRAPPED: [(&str, &str); 5] =
    [("Optional(", ")"), ("Optional[", "]"), ("java.util.Optional[", "]"), ("Some(", ")"), ("Symbol(", ")")];

/// Suffixes of class names for persons, in the text that Django writes for an object.
const MODELS: [&str; 8] = ["User", "Customer", "Account", "Member", "Profile", "Client", "Person", "Contact"];

/// Whether a trimmed text is, or contains, a program's text for an object.
pub fn is_written_by_program(text: &str) -> bool {
    let letters = Letters::of(text);
    let contains = |part: &&str| letters.may_contain(part) && text.contains(part);
    PARTS.iter().any(&contains)
        || HIDDEN.iter().any(contains)
        || WHOLE.contains(&text)
        || WRAPPED.iter().any(|(open, close)| text.starts_with(open) && text.ends_with(close))
        || is_function(text)
        || is_of_python(text)
        || is_of_ruby(text)
        || is_of_java(text)
        || is_of_dot_net(text)
}

/// `function () { … }`, `(e) => e.id`.
fn is_function(text: &str) -> bool {
    let after_name =
        |rest: &str| rest.trim_start_matches(|c: char| c == ' ' || c == '*' || is_in_name(c)).starts_with('(');
    let text = text.strip_prefix("async ").unwrap_or(text);
    let is_classic = text.strip_prefix("function").is_some_and(after_name) && text.contains('{') && text.ends_with('}');
    let is_arrow = text.split_once("=>").is_some_and(|(parameters, _)| {
        let parameters = parameters.trim_end();
        parameters.starts_with('(') && parameters.ends_with(')')
    });
    is_classic || is_arrow
}

/// `<User object at 0x7f1c>`, `<function id at 0x7f1c>`, Django's `User object (7)`.
fn is_of_python(text: &str) -> bool {
    let is_address = |(object, _): (&str, &str)| object.contains('<') || object.ends_with(" object");
    let is_model = |(class, key): (&str, &str)| {
        MODELS.iter().any(|model| class.ends_with(model))
            && class.chars().all(is_in_name)
            && key.strip_suffix(')').is_some_and(|key| key == "None" || key.bytes().all(|b| b.is_ascii_digit()))
    };
    text.split_once(" at 0x").is_some_and(is_address) || text.split_once(" object (").is_some_and(is_model)
}

/// `#<User:0x00007f1c>`, `#<User id: 7>`.
fn is_of_ruby(text: &str) -> bool {
    text.split_once("#<")
        .is_some_and(|(_, object)| object.starts_with(|c: char| c.is_ascii_uppercase()) && object.contains('>'))
}

/// A class and a hash: `com.acme.User@1b6d3586`. A class without a package needs letters and digits in its hash.
fn is_of_java(text: &str) -> bool {
    let Some((class, hash)) = text.split_once('@') else { return false };
    let (package, name) = class.rsplit_once('.').unwrap_or(("", class));
    let has = |test: fn(&u8) -> bool| hash.as_bytes().iter().any(test);
    let is_hash =
        (6..=8).contains(&hash.len()) && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let is_mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_lowercase);
    let is_known = package.contains('.') || (package.is_empty() && is_mixed);
    is_hash && is_known && name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// A generic type: ``List`1[System.String]``.
fn is_of_dot_net(text: &str) -> bool {
    text.split_once('`').is_some_and(|(class, rest)| {
        let arity = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        class.ends_with(is_in_name) && arity.len() < rest.len() && arity.starts_with('[') && arity.ends_with(']')
    })
}

fn is_in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_programs_are_found() {
        for text in [
            "<nil>",
            "%!s(<nil>)",
            "%!(EXTRA string=ada)",
            "<User object at 0x7f1c2d>",
            "<function id at 0x7f1c2d>",
            "<bound method User.id of <User 7>>",
            "User object (7)",
            "AppUser object (None)",
            "#<User:0x00007f1c>",
            "#<User id: 7>",
            "com.acme.User@1b6d3586",
            "User@1b6d3586",
            "System.Collections.Generic.List`1[System.String]",
            "Task`1[System.String]",
            "System.String[]",
            "Optional(\"ada\")",
            "Optional(7)",
            "Optional[7]",
            "Optional.empty",
            "Some(7)",
            "Symbol()",
            "Symbol(id)",
            "[Function: id]",
            "[Object: null prototype] {}",
            "function () { return user.id; }",
            "function(){return user.id}",
            "async function id(user) { return user.id }",
            "function getId() { [native code] }",
            "() => user.id",
            "async (user) => user.id",
            "#REF!",
            "NULL NULL",
            "[email protected]",
            "Ada <[email\u{a0}protected]>",
        ] {
            assert!(is_written_by_program(text), "{text}");
        }
    }

    #[test]
    fn names_and_words_are_not() {
        for text in [
            "ada.Marsh@deadbeef.example",
            "Ada@facade",
            "Ada@123456",
            "Optional Group",
            "Symbol",
            "Symbol (Prince)",
            "Function Ltd",
            "function room (large)",
            "Some (not all)",
            "Lost object (found)",
            "Lost object (7)",
            "#<3",
            "O`Brien",
            "Ada => Bob",
            "Meet at 0x7 Club",
            "System.Admin",
            "NULL",
            "JENNIFER NULL",
            "#1",
            "[email]",
        ] {
            assert!(!is_written_by_program(text), "{text}");
        }
    }
}
