//! Names of keys in tests, and the properties that browsers need.

use anyhow::{Result, bail};

/// A key with its modifiers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chord {
    /// `KeyboardEvent.key`.
    pub key: String,
    /// `KeyboardEvent.code` in the US layout; empty for characters that are not on it.
    pub code: String,
    /// The legacy key code, which Chromium's editing commands use.
    pub key_code: u32,
    /// The text that the key types without Control, Alt or Meta.
    pub text: Option<String>,
    pub alt: bool,
    pub control: bool,
    pub meta: bool,
    pub shift: bool,
}

impl Chord {
    /// Parses `"Enter"`, `"/"`, `"a"`, `"Shift+Tab"`, `"Control+Enter"`.
    pub fn parse(name: &str) -> Result<Chord> {
        // `"+"` and `"Control++"` name the plus key.
        let (modifiers, key) = match name.strip_suffix('+') {
            Some(rest) => (rest.strip_suffix('+').unwrap_or(rest), "+"),
            None => name.rsplit_once('+').unwrap_or(("", name)),
        };
        let mut chord = Chord::plain(key)?;
        for modifier in modifiers.split('+').filter(|part| !part.is_empty()) {
            match modifier {
                "Alt" => chord.alt = true,
                "Control" => chord.control = true,
                "Meta" => chord.meta = true,
                "Shift" => chord.shift = true,
                other => bail!("no modifier is called {other:?} (in {name:?})"),
            }
        }
        if chord.alt || chord.control || chord.meta {
            chord.text = None;
        }
        Ok(chord)
    }

    fn plain(key: &str) -> Result<Chord> {
        let mut chars = key.chars();
        let (code, key_code, text) = match (chars.next(), chars.next()) {
            (Some(char), None) => {
                let (code, key_code) = code_of(char);
                (code, key_code, Some(char.to_string()))
            }
            _ => {
                let Some(&(_, code)) = NAMED.iter().find(|(name, _)| *name == key) else {
                    bail!("no key is called {key:?}");
                };
                (key.to_owned(), code, (key == "Enter").then(|| "\r".to_owned()))
            }
        };
        Ok(Chord { key: key.to_owned(), code, key_code, text, alt: false, control: false, meta: false, shift: false })
    }
}

/// The named keys and their legacy codes (UI Events, section "Legacy key and code attributes").
const NAMED: [(&str, u32); 15] = [
    ("Backspace", 8),
    ("Tab", 9),
    ("Enter", 13),
    ("Escape", 27),
    ("PageUp", 33),
    ("PageDown", 34),
    ("End", 35),
    ("Home", 36),
    ("ArrowLeft", 37),
    ("ArrowUp", 38),
    ("ArrowRight", 39),
    ("ArrowDown", 40),
    ("Insert", 45),
    ("Delete", 46),
    ("F5", 116),
];

fn code_of(char: char) -> (String, u32) {
    let upper = char.to_ascii_uppercase();
    match char {
        'a'..='z' | 'A'..='Z' => (format!("Key{upper}"), upper.into()),
        '0'..='9' => (format!("Digit{char}"), char.into()),
        ' ' => ("Space".into(), 32),
        '/' => ("Slash".into(), 191),
        '.' => ("Period".into(), 190),
        ',' => ("Comma".into(), 188),
        '-' => ("Minus".into(), 189),
        _ => (String::new(), 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chords_are_read() {
        let chord = Chord::parse("Control+Shift+Enter").unwrap();
        assert!(chord.control && chord.shift && !chord.alt);
        assert_eq!((chord.key.as_str(), chord.key_code, chord.text), ("Enter", 13, None));
        assert_eq!(Chord::parse("/").unwrap().code, "Slash");
        assert_eq!(Chord::parse("+").unwrap().key, "+");
        assert!(Chord::parse("Control++").unwrap().control);
        assert!(Chord::parse("Hyper+a").is_err());
        assert!(Chord::parse("Entr").is_err());
    }
}
