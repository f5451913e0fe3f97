//! Spaces, quotation marks, and punctuation by the rules of each language.

/// A no-break space and a narrow one.
const NBSP: char = '\u{a0}';
const NARROW: char = '\u{202f}';

/// Code that ends with a colon. No French space belongs before it.
const CODE_WITH_COLON: &str = "zendesk:";

/// The violations in `text`, with placeholders as `{name}`, in `language`.
pub fn problems(language: &str, text: &str) -> Vec<&'static str> {
    let all = [
        (text.contains("..."), "has three dots in place of …"),
        (has_semicolon(text), "has a semicolon: write two sentences"),
        (has_straight_quotes(text), "has straight quotation marks outside of code"),
    ];
    let own = match language {
        "en" | "pt_BR" => curly_quotes(text),
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

/// Straight quotation marks are only in code in braces: `{ "key": "value" }`.
fn has_straight_quotes(text: &str) -> bool {
    let mut depth = 0;
    text.chars().any(|letter| {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        letter == '"' && depth == 0
    })
}

/// English and Portuguese.
fn curly_quotes(text: &str) -> Vec<(bool, &'static str)> {
    let is_wrong = !are_pairs(text, '“', '”') || text.contains(['„', '«', '»']);
    vec![(is_wrong, "has quotation marks other than “…”")]
}

/// Whether there are as many opening marks as closing ones.
fn are_pairs(text: &str, open: char, close: char) -> bool {
    text.matches(open).count() == text.matches(close).count()
}

fn german(text: &str) -> Vec<(bool, &'static str)> {
    let has_other_quotes = !are_pairs(text, '„', '“') || text.contains(['”', '«', '»']);
    vec![(text.contains(" …"), "has a space before …"), (has_other_quotes, "has quotation marks other than „…“")]
}

fn french(text: &str) -> Vec<(bool, &'static str)> {
    let letters: Vec<char> = text.chars().collect();
    let pairs = || letters.windows(2).map(|pair| (pair[0], pair[1]));
    let is_space = |letter: char| letter == ' ' || letter == NBSP;
    vec![
        (
            pairs().any(|(before, mark)| matches!(mark, ':' | ';' | '!' | '?') && is_space(before))
                || lacks_space(text),
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

/// Whether : ! or ? touches the word before it, outside of code like `zendesk:123`, `https://` and `"key":`.
fn lacks_space(text: &str) -> bool {
    let letters: Vec<char> = text.replace(CODE_WITH_COLON, "").chars().collect();
    letters.windows(2).enumerate().any(|(at, pair)| {
        let after = letters.get(at + 2).copied().unwrap_or(' ');
        let is_code = pair[0] == '"' || after.is_alphanumeric() || matches!(after, '/' | '{');
        let may_touch = matches!(pair[0], NARROW | NBSP | ' ' | ':' | '!' | '?');
        matches!(pair[1], ':' | '!' | '?') && !may_touch && !is_code
    })
}

fn spanish(text: &str) -> Vec<(bool, &'static str)> {
    let questions = are_pairs(text, '¿', '?') && are_pairs(text, '¡', '!');
    let has_other_quotes = !are_pairs(text, '«', '»') || text.contains(['“', '”', '„']);
    let has_spaces = ["« ", "«\u{a0}", " »", "\u{a0}»"].iter().any(|spaced| text.contains(spaced));
    vec![
        (!questions, "needs ¿ before ? and ¡ before !"),
        (has_other_quotes || has_spaces, "has quotation marks other than «…» without spaces"),
    ]
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
            ("en", "Like { \"key\": \"value\" }"),
            ("de", "Wählen Sie „Code anfordern…“."),
            ("de", "Muss ein Objekt sein: { \"key\": \"value\" }"),
            ("fr", "Choisissez «\u{a0}Demander…\u{a0}»\u{202f}: l’ID est zendesk:123"),
            ("fr", "{ \"key\": \"value\" }"),
            ("fr", "Nom\u{202f}: {name}\u{202f}? https://example.com, zendesk:{id}, zendesk:"),
            ("es", "¿Cerrar? ¡Sí! Elija «Pedir…»."),
            ("pt_BR", "Escolha “Pedir…”."),
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
            ("en", "Choose \"No\""),
            ("en", "Choose “No"),
            ("en", "Choose «No»"),
            ("de", "Lesen …"),
            ("de", "Wählen Sie “Nein”"),
            ("de", "Wählen Sie \"Nein\""),
            ("de", "Wählen Sie »Nein«"),
            ("fr", "Note : oui"),
            ("fr", "Note\u{a0}: oui"),
            ("fr", "Note: oui"),
            ("fr", "{name}: oui"),
            ("fr", "Vraiment?"),
            ("fr", "Choisissez \"Oui\""),
            ("fr", "« oui\u{a0}»"),
            ("fr", "L'ID"),
            ("es", "Cerrar?"),
            ("es", "Elija “No”"),
            ("es", "Elija \"No\""),
            ("es", "Elija « No »"),
            ("pt_BR", "Escolha «Não»"),
            ("pt_BR", "Escolha \"Não\""),
            ("ja", "名前：値"),
            ("ja", "名前."),
            ("ja", "“名前”"),
            ("ja", "SDK呼び出し"),
        ] {
            assert_eq!(problems(language, text).len(), 1, "{language}: {text}");
        }
    }
}
