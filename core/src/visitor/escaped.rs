//! Texts that were encoded too often: for HTML, as JSON, for a quoted string, for a URL, or in the wrong character set.

use crate::json_read;
use crate::visitor::edges;
use other_bytes::WINDOWS;
use serde_json::Value;

mod other_bytes;

/// How often a text is decoded: one template may be rendered within another.
const ROUNDS: usize = 4;

/// The entities of Latin 1, from U+00A0 on, in the order of their characters (HTML, section "Named character
/// references").
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 \
    acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig \
    Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave \
    Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave \
    iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// The Greek letters from U+0391 and from U+03B1 on, in the same order. The seventeenth of the second is `sigmaf`.
const GREEK: &str = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma \
    tau upsilon phi chi psi omega";

/// The letters of Latin Extended-A, from U+0100 on, likewise; `-` for one without a name.
const LATIN_EXTENDED: &str = "Amacr amacr Abreve abreve Aogon aogon Cacute cacute Ccirc ccirc Cdot cdot Ccaron ccaron Dcaron \
    dcaron Dstrok dstrok Emacr emacr - - Edot edot Eogon eogon Ecaron ecaron Gcirc gcirc Gbreve gbreve Gdot gdot Gcedil - \
    Hcirc hcirc Hstrok hstrok Itilde itilde Imacr imacr - - Iogon iogon Idot imath IJlig ijlig Jcirc jcirc Kcedil kcedil \
    kgreen Lacute lacute Lcedil lcedil Lcaron lcaron Lmidot lmidot Lstrok lstrok Nacute nacute Ncedil ncedil Ncaron ncaron \
    napos ENG eng Omacr omacr - - Odblac odblac OElig oelig Racute racute Rcedil rcedil Rcaron rcaron Sacute sacute Scirc \
    scirc Scedil scedil Scaron scaron Tcedil tcedil Tcaron tcaron Tstrok tstrok Utilde utilde Umacr umacr Ubreve ubreve Uring \
    uring Udblac udblac Uogon uogon Wcirc wcirc Ycirc ycirc Yuml Zacute zacute Zdot zdot Zcaron zcaron";

/// The capital letters from U+0410 on, without the ending `cy`, in the same order.
const CYRILLIC: &str = "A B V G D IE ZH Z I J K L M N O P R S T U F KH TS CH SH SHCH HARD Y SOFT E YU YA";

/// Names that encoders of all characters use, and those of invisible ones.
const OTHERS: [(&str, char); 31] = [
    ("commat", '@'),
    ("period", '.'),
    ("comma", ','),
    ("colon", ':'),
    ("semi", ';'),
    ("sol", '/'),
    ("bsol", '\\'),
    ("num", '#'),
    ("plus", '+'),
    ("equals", '='),
    ("percnt", '%'),
    ("excl", '!'),
    ("quest", '?'),
    ("lowbar", '_'),
    ("hyphen", '\u{2010}'),
    ("dollar", '$'),
    ("ast", '*'),
    ("lpar", '('),
    ("rpar", ')'),
    ("lsqb", '['),
    ("rsqb", ']'),
    ("lbrace", '{'),
    ("lcub", '{'),
    ("rbrace", '}'),
    ("rcub", '}'),
    ("grave", '`'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("lrm", '\u{200e}'),
    ("rlm", '\u{200f}'),
    ("ensp", '\u{2002}'),
];

/// The names of the characters of [`WINDOWS`]; `-` for one without a name.
const WINDOWS_NAMES: &str = "euro - sbquo fnof bdquo hellip dagger Dagger circ permil Scaron lsaquo OElig - - - - lsquo \
    rsquo ldquo rdquo bull ndash mdash tilde trade scaron rsaquo oelig - - Yuml";

/// Decodes and trims an encoded text; `None` if it is not encoded.
pub fn decoded(text: &str) -> Option<String> {
    let step = |text: &str| {
        let quoted = || json_string(text).or_else(|| quoted_string(text)).or_else(|| backslashes(text));
        entities(text).or_else(quoted).or_else(|| code_units(text)).or_else(|| other_bytes::decoded(text))
    };
    rounds(text, step)
}

/// Like [`decoded`], but recognizes only HTML entities, as for free text.
pub fn decoded_entities(text: &str) -> Option<String> {
    rounds(text, entities)
}

/// Whether the text is a list or an object that was written as JSON, and not only a number in brackets.
pub fn is_json(text: &str) -> bool {
    let is_value = |value: &Value| !value.is_number();
    text.starts_with(['[', '{'])
        && match json_read::read(text) {
            Ok(Value::Array(items)) => items.iter().any(is_value),
            Ok(Value::Object(members)) => !members.is_empty(),
            _ => false,
        }
}

fn rounds(text: &str, step: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut now = step(text)?;
    for _ in 1..ROUNDS {
        let Some(next) = step(&now) else { break };
        now = next;
    }
    Some(edges::trim(&now).to_owned())
}

/// Decodes HTML entities, unless the text is HTML.
fn entities(text: &str) -> Option<String> {
    text.contains('&').then_some(())?;
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match entity(after) {
            Some((c, behind)) => {
                out.push(c);
                rest = behind;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    (out != text && !is_markup(text)).then_some(out)
}

/// The character of the entity whose `&` precedes `text`, and the rest.
fn entity(text: &str) -> Option<(char, &str)> {
    let (name, behind) = text.split_once(';').filter(|(name, _)| name.len() <= 8)?;
    let c = match name {
        "amp" | "AMP" => '&',
        "lt" | "LT" => '<',
        "gt" | "GT" => '>',
        "quot" | "QUOT" => '"',
        "apos" => '\'',
        _ => numbered(name).or_else(|| named(name))?,
    };
    Some((c, behind))
}

fn numbered(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => digits.parse(),
    };
    match code.ok()? {
        0 => None,
        code @ 0x80..0xa0 => WINDOWS.chars().nth(code as usize - 0x80),
        code => char::from_u32(code),
    }
}

fn named(name: &str) -> Option<char> {
    let place = |names: &str, name: &str| names.split_whitespace().position(|known| known == name);
    let from = |first: u32, names: &str, name: &str| char::from_u32(first + place(names, name)? as u32);
    let windows = || WINDOWS.chars().nth(place(WINDOWS_NAMES, name).filter(|_| name != "-")?);
    let capital = || {
        let (first, rest) = name.split_at_checked(1)?;
        let is_capital = first.starts_with(|c: char| c.is_ascii_uppercase());
        from(0x391, GREEK, &(first.to_ascii_lowercase() + rest)).filter(|_| is_capital)
    };
    let extended = || from(0x100, LATIN_EXTENDED, name).filter(|_| name != "-");
    let cyrillic = || {
        let letter = name.strip_suffix("cy")?;
        let is_small = letter.bytes().all(|b| b.is_ascii_lowercase());
        from(if is_small { 0x430 } else { 0x410 }, CYRILLIC, &letter.to_ascii_uppercase())
    };
    let other = || OTHERS.iter().find(|(other, _)| *other == name).map(|(_, c)| *c);
    from(0xa0, LATIN, name)
        .or_else(windows)
        .or_else(other)
        .or_else(cyrillic)
        .or_else(extended)
        .or_else(|| from(0x3b1, GREEK, name))
        .or_else(capital)
}

/// Whether the text contains an HTML element. Entities are correct there.
fn is_markup(text: &str) -> bool {
    let starts_tag = |part: &str| part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') && part.contains('>');
    text.split('<').skip(1).any(starts_tag)
}

/// The text of a quoted JSON string.
fn json_string(text: &str) -> Option<String> {
    let quoted = text.len() > 2 && text.starts_with('"') && text.ends_with('"');
    quoted.then(|| json_read::read_string(text)).flatten().filter(|inner| !edges::trim(inner).is_empty())
}

/// The text of a quoted string of a script or of Python: `'cust-1042'`, `b'ada'`.
fn quoted_string(text: &str) -> Option<String> {
    let inner = |text: &str, quote: char| {
        let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
        (!edges::trim(inner).is_empty() && !inner.contains(quote)).then(|| inner.to_owned())
    };
    let of_python = text.strip_prefix(['b', 'u']).and_then(|rest| inner(rest, '\'').or_else(|| inner(rest, '"')));
    of_python.or_else(|| inner(text, '\'')).or_else(|| inner(text, '`'))
}

/// Removes backslashes before quotes. A backslash before anything else may belong to a Windows account.
fn backslashes(text: &str) -> Option<String> {
    text.contains('\\').then_some(())?;
    let plain = text.replace("\\'", "'").replace("\\\"", "\"");
    (plain != text).then_some(plain)
}

/// Decodes JSON's escapes `\u00e9`. A single one with four digits may be the name of a Windows account, `ACME\u1234`.
fn code_units(text: &str) -> Option<String> {
    let unit = |part: &str| {
        let hex = part.get(..4).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
        u16::from_str_radix(hex, 16).ok()
    };
    text.contains("\\u").then_some(())?;
    let parts: Vec<_> = text.split("\\u").collect();
    let units: Vec<_> = parts.iter().skip(1).map(|part| unit(part)).collect::<Option<_>>()?;
    let is_letter = |unit: &u16| (0xc0..=0xff).contains(unit);
    let is_mark = |unit: &u16| [0x22, 0x26, 0x27, 0x3c, 0x3e].contains(unit);
    let ends_name = parts.last()?.len() == 4;
    if units.len() < 2 && !units.first().is_some_and(|unit| is_letter(unit) || (is_mark(unit) && !ends_name)) {
        return None;
    }
    let behind =
        parts.iter().skip(1).zip(units).flat_map(|(part, unit)| std::iter::once(unit).chain(part[4..].encode_utf16()));
    String::from_utf16(&parts[0].encode_utf16().chain(behind).collect::<Vec<_>>()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_texts_are_decoded() {
        for (text, says) in [
            ("O&#039;Brien", "O'Brien"),
            ("O&#x27;Brien", "O'Brien"),
            ("Sin&#233;ad O&apos;Brien", "Sinéad O'Brien"),
            ("Tom &amp; Co.", "Tom & Co."),
            ("Tom &amp;amp; Co.", "Tom & Co."),
            ("Ren&eacute;e M&uuml;ller", "Renée Müller"),
            ("Ada&nbsp;", "Ada"),
            ("&quot;cust-1042&quot;", "cust-1042"),
            ("\"ada@acme.example\"", "ada@acme.example"),
            ("O\\'Brien", "O'Brien"),
            ("&lt;none&gt;", "<none>"),
            ("O&#146;Brien", "O\u{2019}Brien"),
            ("&ldquo;Ada&rdquo; &mdash; Acme&trade;", "\u{201c}Ada\u{201d} \u{2014} Acme\u{2122}"),
            ("&Scaron;imon", "\u{160}imon"),
            ("&Zcaron;i&zcaron;ek &Lstrok;&oacute;d&zacute;", "Žižek Łódź"),
            ("TOM &AMP; CO.", "TOM & CO."),
            ("O\\u0027Brien", "O'Brien"),
            ("Tom \\u0026 Co.", "Tom & Co."),
            ("Ren\\u00e9e", "Renée"),
            ("\\u0421\\u0430\\u0448\\u0430", "Саша"),
            ("\\ud83d\\ude00 Ada", "😀 Ada"),
            ("ada&commat;acme&period;example", "ada@acme.example"),
            ("&Scy;&acy;&shcy;&acy;", "Саша"),
            ("&zwnj;Ada", "Ada"),
            ("'cust-1042'", "cust-1042"),
            ("b'ada'", "ada"),
            ("u\"ada\"", "ada"),
            ("ada%40acme.example", "ada@acme.example"),
            ("Ada%20Marsh", "Ada Marsh"),
            ("Ada%2520Marsh", "Ada Marsh"),
            ("M%C3%BCller", "Müller"),
            ("RenÃ©e MÃ¼ller", "Renée Müller"),
            ("&Sigma;&omicron;&phi;&Omega;", "\u{3a3}\u{3bf}\u{3c6}\u{3a9}"),
        ] {
            assert_eq!(decoded(text).as_deref(), Some(says), "{text}");
        }
    }

    #[test]
    fn plain_texts_are_unchanged() {
        for text in [
            "Tom & Co.",
            "AT&T",
            "a&b;c",
            "R&D; Sales",
            "https://acme.example/?a=1&copy=2",
            "Ada \"the Countess\" Lovelace",
            "\"\"",
            "ACME\\nora",
            "ACME\\u1234",
            "ACME\\u0027",
            "ACME\\user",
            "\\ud83d\\u0020",
            "<b>Tom &amp; Co.</b>",
            "5 < 6 &",
            "&;",
            "&#xZZ;",
            "&#1114112;",
            "&-;",
            "&ALPHA;",
            "'s-Hertogenbosch",
            "'n Sync' 'n'",
            "''",
            "b''",
            "Rock 'n' Roll",
            "O'Brien'",
        ] {
            assert_eq!(decoded(text), None, "{text}");
        }
        assert_eq!(decoded_entities("\"a quotation\""), None);
    }

    #[test]
    fn lists_and_objects_are_json() {
        let number = "[{\"$serde_json::private::Number\":\"ada\"}]";
        for json in ["[\"ada\"]", "{\"id\":7}", "[null]", "[[7]]", "{\"a\": []}", number] {
            assert!(is_json(json), "{json}");
        }
        for other in ["{}", "[]", "[7]", "[1, 2]", "[Ada]", "{id: 7}", "7", "\"ada\"", "[VIP] \"Ada\""] {
            assert!(!is_json(other), "{other}");
        }
    }
}
