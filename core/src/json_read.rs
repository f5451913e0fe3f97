//! Reads JSON without `serde_json`'s parser. With its feature `arbitrary_precision`, which keeps the digits of numbers,
//! that parser reads an object with the key `$serde_json::private::Number` as a number. A page could use this key to
//! pass off one value as another, or to make a whole report invalid. Apart from this key, both accept the same texts
//! and return the same values; tests compare them.

use crate::json::{Json, Member};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::HashMap;

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

/// The most members of an object that are compared with each other to find a key that occurs twice.
const FEW: usize = 16;

/// Reads a whole text. Numbers keep their digits. If a key occurs twice, the last value counts.
pub fn read(text: &str) -> Result<Value, JsonError> {
    read_borrowed(text).map(Value::from)
}

/// Reads a whole text like [`read`], without copies of its texts.
pub fn read_borrowed(text: &str) -> Result<Json<'_>, JsonError> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(0).filter(|_| {
        reader.space();
        reader.at == text.len()
    });
    value.ok_or_else(|| reader.error())
}

/// Reads a text that is a JSON string.
pub fn read_string(text: &str) -> Option<String> {
    match read_borrowed(text) {
        Ok(Json::Text(text)) => Some(text.into_owned()),
        _ => None,
    }
}

/// The text of a JSON string; any other text unchanged. The SDK stores some values as JSON.
pub fn unquote(text: &str) -> String {
    read_string(text).unwrap_or_else(|| text.to_owned())
}

struct Reader<'a> {
    text: &'a str,
    /// The position in bytes.
    at: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Option<Json<'a>> {
        self.space();
        match self.peek()? {
            b'"' => self.string().map(Json::Text),
            b'[' if depth < MAX_DEPTH => self.list(depth),
            b'{' if depth < MAX_DEPTH => self.object(depth),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'n' => self.word("null", Json::Null),
            b'-' | b'0'..=b'9' => self.number(),
            _ => None,
        }
    }

    fn list(&mut self, depth: usize) -> Option<Json<'a>> {
        let mut items = vec![];
        self.at += 1;
        self.space();
        if self.eat(b']') {
            return Some(Json::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.space();
            if self.eat(b']') {
                return Some(Json::List(items));
            }
            self.eat(b',').then_some(())?;
        }
    }

    fn object(&mut self, depth: usize) -> Option<Json<'a>> {
        let mut members = vec![];
        self.at += 1;
        self.space();
        if self.eat(b'}') {
            return Some(Json::Map(members));
        }
        loop {
            self.space();
            let key = (self.peek()? == b'"').then(|| self.string())??;
            self.space();
            self.eat(b':').then_some(())?;
            members.push((key, self.value(depth + 1)?));
            self.space();
            if self.eat(b'}') {
                return Some(Json::Map(distinct(members)));
            }
            self.eat(b',').then_some(())?;
        }
    }

    fn word(&mut self, word: &str, value: Json<'a>) -> Option<Json<'a>> {
        self.text[self.at..].starts_with(word).then(|| self.at += word.len())?;
        Some(value)
    }

    fn number(&mut self) -> Option<Json<'a>> {
        let start = self.at;
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        let number = &self.text[start..self.at];
        if !self.eat(b'e') && !self.eat(b'E') {
            return Some(Json::Number(Cow::Borrowed(number)));
        }
        // The exponent as `serde_json` writes it, so that equal numbers are equal.
        let sign = if !self.eat(b'+') && self.eat(b'-') { '-' } else { '+' };
        let digits = self.at;
        self.digits()?;
        Some(Json::Number(Cow::Owned(format!("{number}e{sign}{}", &self.text[digits..self.at]))))
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        self.at += 1;
        let mut out = Cow::Borrowed(self.plain());
        loop {
            match self.next()? {
                b'"' => return Some(out),
                b'\\' => out.to_mut().push(self.escaped()?),
                _ => return None,
            }
            out += self.plain();
        }
    }

    /// The characters of a string up to its end or an escape.
    fn plain(&mut self) -> &'a str {
        let rest = &self.text.as_bytes()[self.at..];
        let length = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20));
        let start = self.at;
        self.at += length.unwrap_or(rest.len());
        // These bytes never occur within a longer character, so both ends are character boundaries.
        &self.text[start..self.at]
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

/// Of members with the same key, keeps the last value at the place of the first.
fn distinct(members: Vec<Member<'_>>) -> Vec<Member<'_>> {
    let is_before = |(at, (key, _)): (usize, &Member)| members[..at].iter().any(|(other, _)| other == key);
    if members.len() <= FEW && !members.iter().enumerate().any(is_before) {
        return members;
    }
    let mut places: HashMap<Cow<str>, usize> = HashMap::new();
    let mut out: Vec<Member> = Vec::with_capacity(members.len());
    for (key, value) in members {
        match places.get(&key) {
            Some(place) => out[*place].1 = value,
            None => {
                places.insert(key.clone(), out.len());
                out.push((key, value));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests;
