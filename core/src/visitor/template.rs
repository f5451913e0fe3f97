//! Texts that look like an unrendered template (patterns of public pages; docs/sdk-reference.md#real-pages).

use crate::visitor::letters::Letters;

/// Opening and closing delimiters of template expressions, anywhere in a text.
const PAIRS: [(&str, &str); 19] = [
    ("${", "}"),
    // Also Blade's `{{ }}` and `@{{ }}`, Angular, Vue, Handlebars, Liquid, Go.
    ("{{", "}}"),
    ("{%", "%}"),
    ("<?", "?>"),
    ("<%", "%>"),
    ("#{", "}"),
    ("@{", "}"),
    ("[[", "]]"),
    // Blade, unescaped; Visualforce.
    ("{!", "}"),
    // Smarty.
    ("{$", "}"),
    // Struts.
    ("%{", "}"),
    // Velocity, quiet.
    ("$!{", "}"),
    // Python.
    ("%(", ")s"),
    ("%<", ">s"),
    // Mailchimp.
    ("*|", "|*"),
    // Template Toolkit.
    ("[%", "%]"),
    // AMPscript.
    ("%%=", "=%%"),
    // Server side includes.
    ("<!--#", "-->"),
    // Drupal.
    ("[current-user:", "]"),
];

/// Texts that occur in code and not in values of a visitor.
const CODE: [&str; 20] = [
    "process.env.",
    "import.meta.env",
    "$_SESSION[",
    "$_GET[",
    "<?php",
    "<?=",
    // .NET's first argument.
    "{0}",
    // Salesforce Commerce Cloud, ColdFusion.
    "<isprint ",
    "<cfoutput",
    // XSLT, HTML::Template, Perl.
    "<xsl:value-of ",
    "<tmpl_var ",
    "<TMPL_VAR ",
    "$ENV{",
    // Blade and Velocity.
    "@if(",
    "@lang(",
    "$esc.",
    // FreeMarker.
    "<#if ",
    // JavaScript in quotes.
    "localStorage.",
    "sessionStorage.",
    "document.cookie",
];

/// The objects of a Razor page. Other names after an `@` may be personal.
const RAZOR: [&str; 10] =
    ["Model", "ViewBag", "ViewData", "User", "Html", "Request", "Session", "TempData", "HttpContext", "Context"];

/// Schemes that may appear in angle brackets, as in `Ada <mailto:ada@acme.example>`.
const SCHEMES: [&str; 8] = ["mailto", "tel", "sms", "sip", "http", "https", "urn", "xmpp"];

/// Names of variables that aren't words, in lowercase and without separators. `user` or `email` in brackets may be a
/// label.
const VARIABLES: [&str; 22] = [
    "userid",
    "username",
    "useremail",
    "uniqueid",
    "uniqueuserid",
    "customerid",
    "customername",
    "customeremail",
    "visitorid",
    "accountid",
    "memberid",
    "clientid",
    "contactid",
    "personid",
    "firstname",
    "lastname",
    "fullname",
    "emailaddress",
    "currentuser",
    "currentuserid",
    "sessionid",
    "loginid",
];

/// Names that are words, too. They count only between marks on both sides, as in `#EMAIL#`.
const LABELS: [&str; 10] = ["id", "uid", "guid", "name", "email", "mail", "fname", "lname", "phone", "emailaddr"];

/// Drupal's tokens of a user.
const TOKENS: [&str; 5] = ["uid", "name", "mail", "display-name", "account-name"];

/// Marks around the name of a variable.
const MARKS: [char; 19] =
    ['{', '}', '[', ']', '<', '>', '«', '»', '#', '$', '%', '@', '~', '^', '!', '|', '*', '?', '='];

/// Objects of a script that no name begins with.
const SCRIPT: [&str; 6] = ["currentUser.", "current_user.", "this.", "window.", "user?.", "currentUser?."];

/// Common names of variables for the person or the page.
const ROOTS: [&str; 14] = [
    "user",
    "currentUser",
    "current_user",
    "customer",
    "visitor",
    "account",
    "member",
    "client",
    "person",
    "profile",
    "contact",
    "session",
    "request",
    "lead",
];

/// Whether a trimmed text looks like an unrendered template.
pub fn is_unrendered(text: &str) -> bool {
    let letters = Letters::of(text);
    let has = |part: &str| letters.may_contain(part);
    let paired = |(open, close): &(&str, &str)| {
        has(open) && has(close) && text.split_once(open).is_some_and(|(_, rest)| rest.contains(close))
    };
    PAIRS.iter().any(paired)
        || (has("%") && has_format(text))
        || has_tag(text)
        || has_path_in_braces(text)
        || is_named_variable(text)
        || is_marked_label(text)
        || is_code(text)
        || CODE.iter().any(|code| has(code) && text.contains(code))
        || is_path_in(text, "{", "}")
        || is_path_in(text, "$(", ")")
        || is_path_in(text, "#", "#")
        // Maven, Razor, Swift.
        || is_path_in(text, "@", "@")
        || is_path_in(text, "@(", ")")
        || is_path_in(text, "\\(", ")")
        || is_velocity(text)
        || words_after(text, '@').any(|word| is_razor(word) || is_member_of_root(word))
        || words_after(text, '$').any(is_variable)
        || is_build_variable(text)
}

/// Like [`is_unrendered`], but without a sentence that may quote a template, such as the subject of a campaign:
/// `Hi {{first_name}}`. `cust-${id}` and `${first} ${last}` have no words of their own.
pub fn is_only_template(text: &str) -> bool {
    let is_word = |word: &str| word.contains(char::is_alphabetic) && !word.contains(EXPRESSION) && !is_unrendered(word);
    is_unrendered(text)
        && (is_named_variable(text)
            || is_marked_label(text)
            || !without_expressions(text).split_whitespace().any(is_word))
}

/// Replaces each expression in a text.
const EXPRESSION: char = '\0';

fn without_expressions(text: &str) -> String {
    let brackets = [("<", ">"), ("[", "]"), ("{", "}")];
    PAIRS.iter().chain(&brackets).fold(text.to_owned(), |text, (open, close)| {
        let (mut out, mut rest) = (String::with_capacity(text.len()), text.as_str());
        while let Some((start, inside)) = rest.split_once(open)
            && let Some((_, after)) = inside.split_once(close)
        {
            out.push_str(start);
            out.push(EXPRESSION);
            rest = after;
        }
        out + rest
    })
}

/// `%s`, `user-%d`, `%1$s`, and not `50 %d'été`.
fn has_format(text: &str) -> bool {
    ["%s", "%d", "%@", "%1$s", "%2$s"].iter().any(|format| {
        text.match_indices(format).any(|(at, _)| {
            let is_percentage = text[..at].trim_end_matches(' ').ends_with(|c: char| c.is_ascii_digit());
            let behind = text[at + format.len()..].chars().next();
            !is_percentage
                && !text[..at].ends_with(char::is_alphanumeric)
                && behind.is_none_or(|c| !c.is_alphanumeric())
        })
    })
}

/// A tag of a library: `<c:out value="${x}"/>`, `<h:outputText …>`, WordPress' `[wpv-user field="ID"]`.
fn has_tag(text: &str) -> bool {
    let is_library = |rest: &str| {
        let Some((tag, _)) = rest.split_once('>') else { return false };
        let (prefix, name) = tag.split_once(':').unwrap_or((tag, ""));
        let end = name.bytes().position(|b| !is_name_byte(b)).unwrap_or(name.len());
        is_name(prefix) && !SCHEMES.contains(&prefix) && end > 0 && name[end..].starts_with([' ', '/'])
    };
    let is_shortcode = |rest: &str| {
        let Some((tag, _)) = rest.split_once(']') else { return false };
        let Some((name, attribute)) = tag.split_once(' ') else { return false };
        let is_plain = |b: u8| is_name_byte(b) || b == b'-';
        !name.is_empty()
            && name.bytes().all(is_plain)
            && attribute.split_once("=\"").is_some_and(|(key, _)| is_name(key))
    };
    text.split('<').skip(1).any(is_library) || text.split('[').skip(1).any(is_shortcode)
}

/// `cust-{user.id}`, `{user?.id}`, `{user.id || ''}`: a path from a common variable.
fn has_path_in_braces(text: &str) -> bool {
    let mut in_braces = text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.trim_start()));
    in_braces.any(|code| {
        let (root, rest) = code.split_once('.').unwrap_or((code, ""));
        ROOTS.contains(&root.trim_end_matches(['?', '!']))
            && rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
    })
}

/// `{user_id}`, `[USER_ID]`, `<userId>`, `$userId`, `:user_id`, `YOUR_USER_ID`: only the name of a variable.
fn is_named_variable(text: &str) -> bool {
    const DELIMITERS: [(&str, &str); 13] = [
        ("{", "}"),
        ("{:", "}"),
        ("@", ""),
        ("[", "]"),
        ("<", ">"),
        ("«", "»"),
        ("#", "#"),
        ("@@", "@@"),
        ("__", "__"),
        ("$(", ")"),
        ("$", ""),
        (":", ""),
        ("", ""),
    ];
    let is_variable = |name: &str, is_bare: bool| {
        let is_shouted = || name.contains('_') && !name.bytes().any(|b| b.is_ascii_lowercase());
        (!is_bare || is_shouted() || is_yours(name)) && names_variable(name)
    };
    DELIMITERS.iter().any(|(open, close)| {
        let name = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        name.is_some_and(|name| is_variable(name, open.is_empty()))
    })
}

/// `your-user-id`, `Your User ID`: the placeholders of documentation.
fn is_yours(name: &str) -> bool {
    name.get(..4).is_some_and(|your| your.eq_ignore_ascii_case("your")) && name[4..].starts_with(['_', '-', ' '])
}

/// Whether it is one of [`VARIABLES`], also as `YOUR_USER_ID_HERE`.
fn names_variable(name: &str) -> bool {
    let plain: String =
        name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).map(|c| c.to_ascii_lowercase()).collect();
    let plain = plain.strip_prefix("your").unwrap_or(&plain);
    VARIABLES.contains(&plain.strip_suffix("here").unwrap_or(plain))
}

/// `#EMAIL#`, `<<name>>`, `@@name`, `[user:mail]`: a common name that is marked, and nothing else.
fn is_marked_label(text: &str) -> bool {
    let is_mark = |c: char| MARKS.contains(&c);
    let (start, end) = (text.trim_start_matches(is_mark), text.trim_end_matches(is_mark));
    let inner = start.trim_end_matches(is_mark);
    let is_marked = start.len() < text.len() && (end.len() < text.len() || text.starts_with("@@"));
    let token = text.strip_prefix("[user:").and_then(|rest| rest.strip_suffix(']'));
    (is_marked && (names_label(inner) || names_variable(inner)))
        || text.strip_prefix([':', '$']).is_some_and(names_label)
        || token.is_some_and(|token| TOKENS.contains(&token))
}

fn names_label(name: &str) -> bool {
    LABELS.iter().any(|label| name.eq_ignore_ascii_case(label))
}

/// An expression of a script in quotes: `currentUser.id`, `user?.id`, `getUserId()`.
fn is_code(text: &str) -> bool {
    let called = text.strip_suffix("()");
    let path = text.replace("?.", ".");
    SCRIPT.iter().any(|object| text.starts_with(object)) && is_path(&path)
        || called
            .and_then(|called| called.strip_prefix("get"))
            .is_some_and(|name| name.starts_with(|c: char| c.is_ascii_uppercase()) && name.bytes().all(is_name_byte))
        || called
            .and_then(|called| called.split_once('.'))
            .is_some_and(|(root, _)| ROOTS.contains(&root) && is_path(text))
}

/// `@user.Id`: a Razor page's variable. A handle has no capital letter after a dot.
fn is_member_of_root(word: &str) -> bool {
    let Some((root, member)) = word.split_once('.') else { return false };
    ROOTS.contains(&root) && member.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Whether the text is one dotted path in these delimiters: `{user.id}`, `#session.userId#`.
fn is_path_in(text: &str, open: &str, close: &str) -> bool {
    text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)).is_some_and(is_path)
}

/// `user.id`, with names of more than one letter.
fn is_path(text: &str) -> bool {
    let text = text.strip_suffix("()").unwrap_or(text);
    text.contains('.') && text.split('.').all(|name| name.len() > 1 && is_name(name))
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && text.bytes().all(is_name_byte)
}

fn is_name_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_'
}

/// Whether the text is a Velocity reference: `$user.id`, `$!user.getName()`. Prices and tickers are not.
fn is_velocity(text: &str) -> bool {
    let path = text.strip_prefix("$!").or_else(|| text.strip_prefix('$'));
    path.is_some_and(|path| is_path(path) && path.starts_with(|c: char| c.is_ascii_lowercase()))
}

/// The text after each `mark` that doesn't follow a letter or digit, as it does in an email address.
fn words_after(text: &str, mark: char) -> impl Iterator<Item = &str> {
    text.match_indices(mark).filter_map(move |(at, _)| {
        let before = text[..at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric() && c != mark).then(|| &text[at + mark.len_utf8()..])
    })
}

/// `@Model.Id`, `@(Model.Id)`, `@Html.Raw(…)`.
fn is_razor(word: &str) -> bool {
    let word = word.strip_prefix('(').unwrap_or(word);
    let member = |rest: &str| {
        rest.starts_with(['[', '('])
            || rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
    };
    RAZOR.iter().filter_map(|name| word.strip_prefix(name)).any(member)
}

/// `$user.id` among other words; PHP's `$user->id` and `$row['id']`.
fn is_variable(word: &str) -> bool {
    let end = word.bytes().position(|b| !is_name_byte(b)).unwrap_or(word.len());
    let (name, rest) = word.split_at(end);
    let member = |mark: &str| {
        rest.strip_prefix(mark).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'))
    };
    is_name(name) && (member("->") || member("['") || member("[\"") || (member(".") && ROOTS.contains(&name)))
}

/// `%REACT_APP_ID%`, `%user_id%`, `__USER_ID__`: names that a build or a mailer replaces.
fn is_build_variable(text: &str) -> bool {
    let is_named = |name: &str| (is_name(name) && name.len() > 2) || is_path(name) || name.eq_ignore_ascii_case("id");
    between(text, "%").any(|(name, behind)| (is_named(name) || names_variable(name)) && !is_hex_pair(behind))
        || between(text, "__").any(|(name, _)| is_constant(name))
}

/// Each text between two marks that doesn't touch other letters or digits, and the text after it.
fn between<'a>(text: &'a str, mark: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(mark).filter_map(move |(at, _)| {
        let (name, behind) = text[at + mark.len()..].split_once(mark)?;
        is_apart(text[..at].chars().next_back()).then_some((name, behind))
    })
}

/// Whether the text is a percent-encoded byte after its `%`: `caf%C3%A9`.
fn is_hex_pair(text: &str) -> bool {
    let two = text.as_bytes().get(..2);
    two.is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
}

/// An uppercase name of two words, or a name of visitor data. `__ADA__` may be a person's name.
fn is_constant(name: &str) -> bool {
    let is_capital = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    let tells = name.contains('_') || ["USER", "ID", "UID", "EMAIL", "NAME", "CUSTOMER", "TOKEN"].contains(&name);
    is_name(name) && name.bytes().all(is_capital) && !name.starts_with('_') && tells
}

#[cfg(test)]
mod tests;
