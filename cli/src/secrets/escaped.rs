//! Finds a text in another one, however a page or a browser has escaped it there.

use std::ops::Range;

/// The maximum number of nested escapes: a URL in a URL in JSON in JSON.
const DEPTH: usize = 4;

/// The maximum number of ways to unescape a text. A page may write a text with very many.
const MOST_LEVELS: usize = 40;

/// The maximum length of an HTML character reference and of any other escape.
const LONGEST: usize = 10;

/// The number of characters at the end of a cut text that identify them as the beginning of a secret.
const RECOGNIZED: usize = 3;

/// A character, and its range in the text.
#[derive(Clone, Debug, PartialEq)]
struct Written {
    char: char,
    at: Range<usize>,
}

/// A text in which to find others.
pub struct Text {
    /// The characters to compare: the text unchanged, and each unescaped form.
    levels: Vec<Vec<Written>>,
    /// In bytes.
    length: usize,
}

impl Text {
    pub fn new(text: &str) -> Self {
        Self { levels: levels(text).iter().map(|level| compared(level)).collect(), length: text.len() }
    }
}

/// A text to find.
#[derive(Debug)]
pub struct Needle {
    /// The text, and each unescaped form of it, because a browser doesn't escape a `%` in a URL.
    forms: Vec<Vec<char>>,
}

impl Needle {
    pub fn new(text: &str) -> Self {
        let chars = |level: Vec<Written>| level.into_iter().map(|written| written.char).collect::<Vec<_>>();
        let forms = Text::new(text.trim()).levels.into_iter().map(chars);
        Self { forms: forms.filter(|form| !form.is_empty()).collect() }
    }

    /// The ranges in bytes where it occurs. `is_cut`: whether the text is cut, so that only the beginning may be there.
    pub fn places(&self, text: &Text, is_cut: bool) -> Vec<Range<usize>> {
        let mut places = vec![];
        for level in &text.levels {
            for form in &self.forms {
                let whole = level.windows(form.len()).filter(|window| is(window, form));
                places.extend(whole.map(|window| window[0].at.start..window[form.len() - 1].at.end));
                if is_cut {
                    let begun = ends(level).into_iter().filter_map(|end| beginning(end, form));
                    places.extend(begun.map(|start| start..text.length));
                }
            }
        }
        places
    }
}

fn is(written: &[Written], form: &[char]) -> bool {
    written.iter().map(|written| written.char).eq(form.iter().copied())
}

/// The start of the longest beginning of a form at the end of a cut text.
fn beginning(end: &[Written], form: &[char]) -> Option<usize> {
    let lengths = (RECOGNIZED..form.len()).rev().filter(|length| *length <= end.len());
    let mut places = lengths.map(|length| (&end[end.len() - length..], &form[..length]));
    places.find(|(written, begun)| is(written, begun)).map(|(written, _)| written[0].at.start)
}

/// The end of a cut text, and the same without an incomplete escape.
fn ends(level: &[Written]) -> [&[Written]; 2] {
    let last = level.len().saturating_sub(LONGEST);
    let escape = level[last..].iter().rposition(|written| matches!(written.char, '%' | '/' | '&'));
    [level, &level[..escape.map_or(level.len(), |at| last + at)]]
}

/// The text, and its unescaped forms in every order of escapes.
fn levels(text: &str) -> Vec<Vec<Written>> {
    let written = text.char_indices().map(|(at, char)| Written { char, at: at..at + char.len_utf8() });
    let mut all: Vec<Vec<Written>> = vec![written.collect()];
    let mut newest = 0..1;
    for _ in 0..DEPTH {
        for number in newest.clone() {
            for escape in ['%', '\\', '&'] {
                let below = unescaped(&all[number], escape);
                if all.len() < MOST_LEVELS && !all.contains(&below) {
                    all.push(below);
                }
            }
        }
        newest = newest.end..all.len();
    }
    all
}

/// The characters to compare: without those that a URL or a field removes, and with those that they replace unified.
fn compared(level: &[Written]) -> Vec<Written> {
    let kept = level.iter().filter(|written| !matches!(written.char, '\t' | '\n' | '\r'));
    let folded = |char: char| match char {
        '+' | '\u{a0}' => ' ',
        '\\' => '/',
        char => char.to_lowercase().next().unwrap_or(char),
    };
    kept.map(|written| Written { char: folded(written.char), at: written.at.clone() }).collect()
}

/// Resolves the escapes that begin with this character: those of URLs, of JavaScript (JSON), or of HTML.
fn unescaped(level: &[Written], escape: char) -> Vec<Written> {
    let mut out = vec![];
    let mut rest = level;
    while let Some(first) = rest.first() {
        let read = match first.char {
            char if char != escape => None,
            '%' => percent(rest).or_else(|| utf16(rest)),
            '\\' => utf16(rest).or_else(|| backslash(rest)),
            _ => reference(rest),
        };
        let (char, length) = read.unwrap_or((first.char, 1));
        out.push(Written { char, at: first.at.start..rest[length - 1].at.end });
        rest = &rest[length..];
    }
    out
}

/// `%C3%BC` as UTF-8, or a byte that is none as Latin-1.
fn percent(rest: &[Written]) -> Option<(char, usize)> {
    const BYTE: usize = 3;
    let byte = |at: &[Written]| (at.first()?.char == '%').then(|| hex(at.get(1..BYTE)?)).flatten();
    let bytes: Vec<u8> = rest
        .chunks(BYTE)
        .map_while(byte)
        .take(char::MAX.len_utf8())
        .filter_map(|byte| u8::try_from(byte).ok())
        .collect();
    let text = |length: usize| std::str::from_utf8(bytes.get(..length)?).ok()?.chars().next();
    let utf8 = (1..=bytes.len()).find_map(|length| Some((text(length)?, length * BYTE)));
    utf8.or_else(|| Some((char::from(*bytes.first()?), BYTE)))
}

/// `\u00fc`, `%u00FC`, and the two of a surrogate pair.
fn utf16(rest: &[Written]) -> Option<(char, usize)> {
    const UNIT: usize = 6;
    let unit = |at: &[Written]| {
        let is_unit = matches!(at.first()?.char, '\\' | '%') && at.get(1)?.char == 'u';
        is_unit.then(|| hex(at.get(2..UNIT)?)).flatten().and_then(|unit| u16::try_from(unit).ok())
    };
    let units: Vec<_> = rest.chunks(UNIT).map_while(unit).take(2).collect();
    let char = char::decode_utf16(units).next()?.ok()?;
    Some((char, char.len_utf16() * UNIT))
}

/// `\n`, `\"`, `\x7e`.
fn backslash(rest: &[Written]) -> Option<(char, usize)> {
    match rest.get(1)?.char {
        'b' => Some(('\u{8}', 2)),
        'f' => Some(('\u{c}', 2)),
        'n' => Some(('\n', 2)),
        'r' => Some(('\r', 2)),
        't' => Some(('\t', 2)),
        'x' => Some((char::from_u32(hex(rest.get(2..4)?)?)?, 4)),
        char => matches!(char, '"' | '\'' | '`' | '/' | '\\').then_some((char, 2)),
    }
}

/// `&amp;`, `&#38;`, `&#x26;`.
fn reference(rest: &[Written]) -> Option<(char, usize)> {
    let end = rest.iter().take(LONGEST).position(|written| written.char == ';')?;
    let name: String = rest[1..end].iter().map(|written| written.char).collect();
    let char = match name.as_str() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        number => match number.strip_prefix('#')? {
            hex if hex.starts_with(['x', 'X']) => char::from_u32(u32::from_str_radix(&hex[1..], 16).ok()?)?,
            decimal => char::from_u32(decimal.parse().ok()?)?,
        },
    };
    Some((char, end + 1))
}

fn hex(digits: &[Written]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| Some(number * 16 + digit.char.to_digit(16)?))
}
