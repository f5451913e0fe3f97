//! Invisible characters at the edges of a text: white space, and characters without width or ink.

/// Trims invisible characters.
pub fn trim(text: &str) -> &str {
    let mut rest = text.trim_start_matches(is_unseen);
    while let Some(last) = rest.chars().next_back() {
        let before = &rest[..rest.len() - last.len_utf8()];
        if !is_unseen(last) || shapes_a_letter(last, before) {
            break;
        }
        rest = before;
    }
    rest
}

/// Replaces each invisible character at the edges with a symbol.
pub fn visible(text: &str) -> String {
    let kept = trim(text);
    let start = text.len() - text.trim_start_matches(is_unseen).len();
    let end = start + kept.len();
    let symbols = |part: &str| part.chars().map(symbol).collect::<String>();
    format!("{}{kept}{}", symbols(&text[..start]), symbols(&text[end..]))
}

fn is_unseen(c: char) -> bool {
    let blank = matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffc}' | '\u{17b4}' | '\u{17b5}');
    blank || c.is_whitespace() || c.is_control()
}

/// Whether `last` is a joiner that changes the letter before it, as in several scripts, for example in Malayalam names.
fn shapes_a_letter(last: char, before: &str) -> bool {
    let joins = matches!(last, '\u{200c}' | '\u{200d}');
    joins && before.chars().next_back().is_some_and(|c| !c.is_ascii() && !is_unseen(c))
}

fn symbol(c: char) -> String {
    match c {
        ' ' => "␣".into(),
        '\n' => "↵".into(),
        '\t' => "⇥".into(),
        other => format!("⟨U+{:04X}⟩", other as u32),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_trimmed() {
        for padded in [
            "\u{fffc}a b",
            " a b ",
            "\n\t a b\r\n",
            "a b\u{a0}",
            "\u{200b}a b",
            "\u{feff}a b\u{2060}",
            "a b\u{3000}",
            "a b\u{200d}",
        ] {
            assert_eq!(trim(padded), "a b", "{padded:?}");
        }
        assert_eq!((trim(""), trim(" \u{200b}\n")), ("", ""));
    }

    #[test]
    fn joiners_in_a_word_are_unchanged() {
        for whole in ["a\u{200b}b", "രാജന്\u{200d}", "می\u{200c}خواهم", "👨\u{200d}👩", "é", "❤\u{fe0f}"]
        {
            assert_eq!(trim(whole), whole);
        }
    }

    #[test]
    fn invisible_characters_get_symbols() {
        assert_eq!(visible("\n a b\u{a0}"), "↵␣a b⟨U+00A0⟩");
        assert_eq!((visible("a b").as_str(), visible(" \t").as_str()), ("a b", "␣⇥"));
    }
}
