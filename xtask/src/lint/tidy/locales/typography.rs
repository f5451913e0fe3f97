//! Spaces, quotation marks, and punctuation by the rules of each language.

/// A no-break space and a narrow one.
const NBSP: char = '\u{a0}';
const NARROW: char = '\u{202f}';

/// The violations in `text`, without placeholders, in `language`.
pub fn problems(language: &str, text: &str) -> Vec<&'static str> {
    let all = [
        (text.contains("..."), "has three dots in place of …"),
        (has_semicolon(text), "has a semicolon: write two sentences"),
    ];
    let own = match language {
        "de" => german(text),
        "fr" => french(text),
        "es" => spanish(text),
        "ja" => japanese(text),
        _ => vec![],
    };
    all.into_iter().chain(own).filter(|(is_wrong, _)| *is_wrong).map(|(_, problem)| problem).collect()
}

/// A semicolon between sentences, not one that ends an HTML character reference (`&#039;`).
fn has_semicolon(text: &str) -> bool {
    let ends_reference = |before: &str| {
        let name = before.rsplit('&').next().unwrap_or_default();
        name.len() < before.len() && !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
    };
    text.match_indices([';', '；']).any(|(at, _)| !ends_reference(&text[..at]))
}

fn german(text: &str) -> Vec<(bool, &'static str)> {
    let count = |mark: char| text.matches(mark).count();
    vec![
        (text.contains(" …"), "has a space before …"),
        (count('„') != count('“') || text.contains('”'), "has quotation marks other than „…“"),
    ]
}

fn french(text: &str) -> Vec<(bool, &'static str)> {
    let letters: Vec<char> = text.chars().collect();
    let pairs = || letters.windows(2).map(|pair| (pair[0], pair[1]));
    let is_space = |letter: char| letter == ' ' || letter == NBSP;
    vec![
        (
            pairs().any(|(before, mark)| matches!(mark, ':' | ';' | '!' | '?') && is_space(before)),
            "needs a narrow no-break space (U+202F) before : ; ! ?",
        ),
        (
            pairs().any(|(a, b)| a == '«' && b != NBSP || b == '»' && a != NBSP),
            "needs a no-break space (U+00A0) inside « »",
        ),
        (text.contains('\'') || text.contains(['“', '”']), "needs ’ for an apostrophe and « » for quotation marks"),
        (pairs().any(|(a, b)| a == NARROW && is_space(b)), "has two spaces"),
    ]
}

fn spanish(text: &str) -> Vec<(bool, &'static str)> {
    let count = |mark: char| text.matches(mark).count();
    vec![(count('¿') != count('?') || count('¡') != count('!'), "needs ¿ before ? and ¡ before !")]
}

/// Half-width colons and parentheses, full-width commas and full stops, and a space between the scripts.
fn japanese(text: &str) -> Vec<(bool, &'static str)> {
    let letters: Vec<char> = text.chars().collect();
    let pairs = || letters.windows(2).map(|pair| (pair[0], pair[1]));
    let is_latin = |letter: char| letter.is_ascii_alphanumeric();
    vec![
        (text.contains(['：', '（', '）', '，', '．']), "has full-width marks in place of : ( ) 、 。"),
        (
            pairs().any(|(a, b)| is_japanese(a) && matches!(b, ',' | '.' | '!' | '?')),
            "needs 、 。 ！ ？ after Japanese letters",
        ),
        (text.contains(['“', '”']), "needs 「」 for quotation marks"),
        (
            pairs().any(|(a, b)| is_japanese(a) && is_latin(b) || is_latin(a) && is_japanese(b)),
            "needs a space between Latin and Japanese letters",
        ),
    ]
}

/// Hiragana, katakana, and kanji.
fn is_japanese(letter: char) -> bool {
    ('\u{3041}'..='\u{30ff}').contains(&letter) && letter != '・' || ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_typography_passes() {
        for (language, text) in [
            ("en", "Don't say “no”: it's a list…"),
            ("en", "O&#039;Brien &amp; Co."),
            ("de", "Wählen Sie „Code anfordern…“."),
            ("fr", "Choisissez «\u{a0}Demander…\u{a0}»\u{202f}: l’ID est zendesk:123"),
            ("fr", "{ \"key\": \"value\" }"),
            ("es", "¿Cerrar? ¡Sí!"),
            ("ja", "SDK 呼び出し (2 件): 「名前」を入力します。"),
        ] {
            assert_eq!(problems(language, text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn each_rule_finds_its_fault() {
        for (language, text) in [
            ("en", "Reading..."),
            ("en", "Ask; then go"),
            ("en", "R&D department; then go"),
            ("de", "Lesen …"),
            ("de", "Wählen Sie “Nein”"),
            ("fr", "Note : oui"),
            ("fr", "Note\u{a0}: oui"),
            ("fr", "« oui\u{a0}»"),
            ("fr", "L'ID"),
            ("es", "Cerrar?"),
            ("ja", "名前：値"),
            ("ja", "名前."),
            ("ja", "“名前”"),
            ("ja", "SDK呼び出し"),
        ] {
            assert_eq!(problems(language, text).len(), 1, "{language}: {text}");
        }
    }
}
