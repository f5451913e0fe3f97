//! Reads JSON without `serde_json`'s parser. With its feature `arbitrary_precision`, which keeps the digits of numbers,
//! that parser reads an object with the key `$serde_json::private::Number` as a number. A page could use this key to
//! pass off one value as another, or to make a whole report invalid. Apart from this key, both accept the same texts
//! and return the same values; tests compare them.

use serde_json::{Map, Number, Value};

/// Maximum depth, as in `serde_json`. Deeper texts could overflow the stack.
const MAX_DEPTH: usize = 127;

/// The position of a syntax error. Line and column start at one; the column counts bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonError {
    pub line: usize,
    pub column: usize,
    /// The text ends too early: it could be the beginning of a JSON text.
    pub cut_off: bool,
}

/// Reads a whole text. Numbers keep their digits. If a key occurs twice, the last value counts.
pub fn read(text: &str) -> Result<Value, JsonError> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(0).filter(|_| {
        reader.space();
        reader.at == text.len()
    });
    value.ok_or_else(|| reader.error())
}

/// Reads a text that is a JSON string.
pub fn read_string(text: &str) -> Option<String> {
    match read(text) {
        Ok(Value::String(text)) => Some(text),
        _ => None,
    }
}

struct Reader<'a> {
    text: &'a str,
    /// The position in bytes.
    at: usize,
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Option<Value> {
        self.space();
        match self.peek()? {
            b'"' => self.string().map(Value::String),
            b'[' if depth < MAX_DEPTH => self.list(depth),
            b'{' if depth < MAX_DEPTH => self.object(depth),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Null),
            b'-' | b'0'..=b'9' => self.number(),
            _ => None,
        }
    }

    fn list(&mut self, depth: usize) -> Option<Value> {
        let mut items = vec![];
        self.at += 1;
        self.space();
        if self.eat(b']') {
            return Some(Value::Array(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.space();
            if self.eat(b']') {
                return Some(Value::Array(items));
            }
            self.eat(b',').then_some(())?;
        }
    }

    fn object(&mut self, depth: usize) -> Option<Value> {
        let mut map = Map::new();
        self.at += 1;
        self.space();
        if self.eat(b'}') {
            return Some(Value::Object(map));
        }
        loop {
            self.space();
            let key = (self.peek()? == b'"').then(|| self.string())??;
            self.space();
            self.eat(b':').then_some(())?;
            map.insert(key, self.value(depth + 1)?);
            self.space();
            if self.eat(b'}') {
                return Some(Value::Object(map));
            }
            self.eat(b',').then_some(())?;
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        self.text[self.at..].starts_with(word).then(|| self.at += word.len())?;
        Some(value)
    }

    fn number(&mut self) -> Option<Value> {
        let start = self.at;
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        let mut number = self.text[start..self.at].to_owned();
        if self.eat(b'e') || self.eat(b'E') {
            // The exponent as `serde_json` writes it, so that equal numbers are equal.
            let minus = !self.eat(b'+') && self.eat(b'-');
            number.push_str(if minus { "e-" } else { "e+" });
            let digits = self.at;
            self.digits()?;
            number.push_str(&self.text[digits..self.at]);
        }
        // Undocumented, and the only constructor that does not use `serde_json`'s parser.
        Some(Value::Number(Number::from_string_unchecked(number)))
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn string(&mut self) -> Option<String> {
        let mut out = String::new();
        self.at += 1;
        loop {
            let start = self.at;
            while !matches!(self.peek()?, b'"' | b'\\' | 0..0x20) {
                self.at += 1;
            }
            // These bytes never occur within a longer character, so both ends are character boundaries.
            out.push_str(&self.text[start..self.at]);
            match self.next()? {
                b'"' => return Some(out),
                b'\\' => out.push(self.escaped()?),
                _ => return None,
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        Some(match self.next()? {
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.code_point(),
            plain @ (b'"' | b'\\' | b'/') => plain.into(),
            _ => return None,
        })
    }

    /// A character in hexadecimal notation: one `\u`, or a surrogate pair.
    fn code_point(&mut self) -> Option<char> {
        let first = self.hex()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        (self.eat(b'\\') && self.eat(b'u')).then_some(())?;
        let second = self.hex().filter(|second| (0xdc00..0xe000).contains(second))?;
        char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))
    }

    fn hex(&mut self) -> Option<u32> {
        let digit = |so_far: u32, byte: u8| Some(so_far * 16 + char::from(byte).to_digit(16)?);
        (0..4).try_fold(0, |so_far, _| digit(so_far, self.next()?))
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn error(&self) -> JsonError {
        // If the text ends too early, the error is at its last byte.
        let at = self.at.min(self.text.len().saturating_sub(1));
        let before = &self.text.as_bytes()[..at];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let begin = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let left = &self.text.as_bytes()[self.at..];
        let cut_off = ["true", "false", "null"].iter().any(|word| word.as_bytes().starts_with(left));
        JsonError { line, column: at - begin + 1, cut_off }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(text: &str) {
        let theirs = serde_json::from_str::<Value>(text);
        match (read(text), theirs) {
            (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs, "{text}"),
            (Err(_), Err(_)) => {}
            (ours, theirs) => panic!("{text}: {ours:?}, serde_json: {theirs:?}"),
        }
    }

    #[test]
    fn it_reads_the_same_as_serde_json() {
        for text in [
            "",
            " ",
            "null",
            "nul",
            "true ",
            " false",
            "tru",
            "nullx",
            "1",
            "-1",
            "-",
            "0",
            "01",
            "1.",
            "1.5",
            ".5",
            "1e5",
            "1E+5",
            "1e-+5",
            "1e-5",
            "1e",
            "-0.0e-0",
            "12345678901234567890123456789.000000001",
            "+1",
            "NaN",
            "\"\"",
            "\"",
            "\"a\\",
            "\"\\q\"",
            "\"\\u00e9\\n\\/\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud83d\"",
            "\"\\ude00\"",
            "\"\\ud83d\\u0041\"",
            "\"\\u12\"",
            "\"é😀\u{7f}\"",
            "\"\n\"",
            "\"\u{0}\"",
            "[]",
            "[",
            "[1",
            "[1,",
            "[1,]",
            "[,]",
            "[1 2]",
            " [ 1 , 2 ] ",
            "[[],[{}]]",
            "{}",
            "{",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1",
            "{\"a\":1,}",
            "{a:1}",
            "{ \"a\" : 1 , \"b\" : [ ] }",
            "{\"a\":1,\"b\":2,\"a\":3}",
            "[]x",
            "\u{feff}1",
            "\u{a0}1",
        ] {
            same(text);
        }
        for depth in [126, 127, 128, 200, 100_000] {
            same(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
            same(&"{\"a\":".repeat(depth));
        }
    }

    /// The crate reads an object with this key as a number: the page could pass off one value as another, or make a
    /// whole report invalid.
    #[test]
    fn no_key_is_special() {
        let text = r#"{"$serde_json::private::Number":"1"}"#;
        assert!(serde_json::from_str::<Value>(text).unwrap().is_number());
        assert_eq!(read(text).unwrap().to_string(), text);
        let text = r#"[{"$serde_json::private::Number":"x"}]"#;
        assert!(serde_json::from_str::<Value>(text).is_err());
        assert_eq!(read(text).unwrap().to_string(), text);
    }

    #[test]
    fn an_error_has_its_position() {
        assert_eq!(read("{\n  \"a\": x\n}"), Err(JsonError { line: 2, column: 8, cut_off: false }));
        assert_eq!(read("[1] 2"), Err(JsonError { line: 1, column: 5, cut_off: false }));
        assert_eq!(read(""), Err(JsonError { line: 1, column: 1, cut_off: true }));
    }
}
