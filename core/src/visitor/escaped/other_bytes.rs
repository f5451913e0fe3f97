//! Texts that still have the encoding of a URL, or UTF-8 that was read in another character set.

/// Windows-1252 from 0x80 on, which browsers decode numbered entities by (HTML, "Numeric character reference end
/// state").
pub const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// Decodes a text once, if it is certain that it is encoded.
pub fn decoded(text: &str) -> Option<String> {
    percent_decoded(text).or_else(|| read_as_utf8(text))
}

/// Decodes `ada%40acme.example`. In an encoded text, each `%` begins a byte, and there are no spaces. A URL or a part
/// of one may be intentional.
fn percent_decoded(text: &str) -> Option<String> {
    text.contains('%').then_some(())?;
    let is_part_of_url = text.contains([' ', '/', '?', '&', '=', ':', '#']);
    if is_part_of_url || !text.contains(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut parts = text.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    let (mut tells, mut has_plus) = (false, false);
    for part in parts {
        let hex = part.get(..2).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let byte = u8::from_str_radix(hex, 16).ok()?;
        tells |= is_telling(byte);
        has_plus |= byte == b'+';
        bytes.push(byte);
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    let decoded = String::from_utf8(bytes).ok().filter(|decoded| !decoded.contains(char::is_control))?;
    (tells || (has_plus && !is_base64(&decoded))).then_some(decoded)
}

/// Whether the text may be an ID in Base64, of which only some characters are replaced. A telephone number has no
/// letters.
fn is_base64(text: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic();
    text.contains(is_letter) && text.chars().all(|c| is_letter(c) || c.is_ascii_digit() || matches!(c, '+' | '/' | '='))
}

/// Whether an encoder for URLs replaces this byte and it occurs in names and email addresses. `a%3D%3D` may be an ID.
fn is_telling(byte: u8) -> bool {
    matches!(byte, b' ' | b'@' | b'\'' | b'"' | b'%' | b',' | b'&' | b'{' | b'}' | b'<' | b'[' | 0x80..)
}

/// Decodes `RenÃ©e`: the UTF-8 of "Renée", read as Windows-1252. `None` unless all of it is valid and gives letters,
/// quotation marks or dashes.
fn read_as_utf8(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let bytes: Vec<u8> = text.chars().map(windows_byte).collect::<Option<_>>()?;
    let decoded = String::from_utf8(bytes).ok()?;
    let is_plausible = |c: char| c.is_ascii() || (c.is_alphabetic() && !is_phonetic(c)) || is_mark(c);
    decoded.chars().all(is_plausible).then_some(decoded)
}

/// A character that stands for one byte in Windows-1252. Its unused bytes are control characters.
fn windows_byte(c: char) -> Option<u8> {
    match WINDOWS.chars().position(|known| known == c) {
        Some(place) => Some(0x80 + place as u8),
        None => u8::try_from(u32::from(c)).ok(),
    }
}

/// Letters that names don't have: "CAFÉ®" would give one.
fn is_phonetic(c: char) -> bool {
    matches!(c, '\u{180}'..='\u{19f}' | '\u{1a2}'..='\u{1ae}' | '\u{1b1}'..='\u{1cc}' | '\u{1dd}'..='\u{1f7}' | '\u{21c}'..='\u{2ff}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{300}'..='\u{36f}' | '\u{2010}'..='\u{201f}' | '\u{2026}' | '\u{3000}' | '\u{1f300}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_bytes_are_decoded() {
        for (text, says) in [
            ("ada%40acme.example", "ada@acme.example"),
            ("ada%2Bshop%40acme.example", "ada+shop@acme.example"),
            ("%2B4930123456", "+4930123456"),
            ("ada.m%2Bshop", "ada.m+shop"),
            ("Ada%20Marsh", "Ada Marsh"),
            ("M%c3%bcller", "Müller"),
            ("%7B%7Bname%7D%7D", "{{name}}"),
            ("O%27Brien", "O'Brien"),
            ("%22cust-1042%22", "\"cust-1042\""),
            ("RenÃ©e", "Renée"),
            ("FranÃ§ois MÃ¼ller", "François Müller"),
            ("Oâ€™Brien", "O’Brien"),
            ("Å\u{81}ukasz", "Łukasz"),
            ("Nguyá»…n", "Nguyễn"),
            ("Ð¡Ð°Ñ\u{88}Ð°", "Саша"),
            ("ç”°ä¸\u{ad}", "田中"),
        ] {
            assert_eq!(decoded(text).as_deref(), Some(says), "{text}");
        }
    }

    #[test]
    fn other_texts_are_unchanged() {
        for text in [
            "50%20",
            "100%",
            "50%off",
            "save%20 now",
            "100%ada",
            "a1b2c3%3D%3D",
            "cust%2D1042",
            "YWJj%2BZGVm%3D",
            "YWJj%2BZGV%2Fm",
            "https://acme.example/a%20b",
            "acme.example/a%20b",
            "q=a%20b",
            "M%FCller",
            "ada%00",
            "Renée",
            "NESCAFÉ®",
            "CAFÉ™",
            "SÃO PAULO",
            "IRMÃ",
            "São «João»",
            "Ñandú",
            "ÂÃ",
            "À propos",
            "25 °C",
            "5 €",
            "Ada™",
            "Zoë – Étoile",
            "Nguyễn",
            "Саша",
            "田中",
            "«Ада»",
        ] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }
}
