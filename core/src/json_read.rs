//! Reading JSON. As with the writing (`json_text`), the library's own reader brings along what no text here needs, errors in
//! words and numbers as floats above all: 7 KB gzip of every program that reads. This one takes exactly what that one
//! takes, which a test holds it to.

use serde_json::{Map, Number, Value};

/// How deep lists and objects may stand in one another, as in the library: a page could nest them until the stack ends.
const MAX_DEPTH: usize = 127;

/// Where a text stops being JSON, counted from one; the column in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotJson {
    pub line: usize,
    pub column: usize,
    /// It ends there, and could go on to be JSON.
    pub cut_off: bool,
}

/// The value of a text that is JSON from its beginning to its end. Of two equal keys the later counts; numbers keep their
/// digits.
pub fn read(text: &str) -> Result<Value, NotJson> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(0).filter(|_| {
        reader.space();
        reader.at == text.len()
    });
    value.ok_or_else(|| reader.place())
}

/// The text of a JSON string.
pub fn read_string(text: &str) -> Option<String> {
    match read(text) {
        Ok(Value::String(text)) => Some(text),
        _ => None,
    }
}

struct Reader<'a> {
    text: &'a str,
    /// In bytes.
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
            // Written as the library does, so that equal numbers are equal.
            let minus = !self.eat(b'+') && self.eat(b'-');
            number.push_str(if minus { "e-" } else { "e+" });
            let digits = self.at;
            self.digits()?;
            number.push_str(&self.text[digits..self.at]);
        }
        // Hidden in the library's documentation, and the only way to a number that does not go through its parser.
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
            // These bytes stand in no longer character, so both ends are ends of characters.
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

    /// A character by its number, or by the two halves of it.
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

    fn place(&self) -> NotJson {
        // Where more is missing, it is after the last byte there is.
        let at = self.at.min(self.text.len().saturating_sub(1));
        let before = &self.text.as_bytes()[..at];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let begin = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let left = &self.text.as_bytes()[self.at..];
        let cut_off = ["true", "false", "null"].iter().any(|word| word.as_bytes().starts_with(left));
        NotJson { line, column: at - begin + 1, cut_off }
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
            (ours, theirs) => panic!("{text}: {ours:?}, the library: {theirs:?}"),
        }
    }

    #[test]
    fn it_reads_what_the_library_reads() {
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

    #[test]
    fn it_tells_where_a_text_stops_being_json() {
        assert_eq!(read("{\n  \"a\": x\n}"), Err(NotJson { line: 2, column: 8, cut_off: false }));
        assert_eq!(read("[1] 2"), Err(NotJson { line: 1, column: 5, cut_off: false }));
        assert_eq!(read(""), Err(NotJson { line: 1, column: 1, cut_off: true }));
    }
}
