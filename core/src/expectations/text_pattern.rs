//! A regular expression for texts.

use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use std::cell::Cell;

/// Maximum length of a pattern in bytes.
const MAX_PATTERN: usize = 1000;

/// What a pattern may take of the memory for all patterns, in bytes: the least of these that its program fits in.
const SIZES: [usize; 4] = [1 << 14, 1 << 16, 1 << 18, 1 << 20];

/// Maximum memory for all patterns of a file, by [`SIZES`].
pub(super) const MAX_PATTERNS: usize = 16 << 20;

thread_local! {
    /// What is left of it while a file is read. Not part of a value, because each is read without the others.
    static LEFT: Cell<usize> = const { Cell::new(MAX_PATTERNS) };
}

/// Reads a file, whose patterns share the memory.
pub(super) fn with_patterns<T>(read: impl FnOnce() -> T) -> T {
    LEFT.set(MAX_PATTERNS);
    read()
}

/// A regular expression that is searched in a text. The search is linear in time, whatever the pattern and the text.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct TextPattern {
    regex: Regex,
    size: usize,
}

impl TextPattern {
    pub fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    pub fn as_str(&self) -> &str {
        self.regex.as_str()
    }

    /// What it takes of the memory for all patterns, in bytes.
    pub(super) fn size(&self) -> usize {
        self.size
    }
}

impl PartialEq for TextPattern {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl TryFrom<String> for TextPattern {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.len() > MAX_PATTERN {
            return Err(format!("expected a regular expression of at most {MAX_PATTERN} bytes"));
        }
        let left = LEFT.get();
        let mut error = None;
        for size in SIZES {
            if size > left {
                return Err("expected fewer or simpler regular expressions: together they are too large".to_owned());
            }
            match RegexBuilder::new(&text).size_limit(size).dfa_size_limit(size).build() {
                Ok(regex) => {
                    LEFT.set(left - size);
                    return Ok(Self { regex, size });
                }
                Err(wrong @ regex::Error::CompiledTooBig(_)) => error = Some(wrong),
                Err(wrong) => return Err(format!("expected a regular expression: {}", reason(&wrong))),
            }
        }
        Err(format!("expected a simpler regular expression: {}", error.as_ref().map(reason).unwrap_or_default()))
    }
}

/// The last line of the message: the others draw the pattern.
fn reason(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}
