//! A regular expression for texts.

use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use std::cell::Cell;

/// Maximum length of a pattern in bytes.
const MAX_PATTERN: usize = 1000;

/// How much of the memory for all patterns one pattern uses, in bytes: the smallest of these sizes in which its program
/// fits.
const SIZES: [usize; 4] = [1 << 14, 1 << 16, 1 << 18, 1 << 20];

/// Maximum memory for all patterns of a file, by [`SIZES`].
pub(super) const MAX_PATTERNS: usize = 16 << 20;

thread_local! {
    /// The memory that remains while a file is read. It isn't part of a value, because serde reads each value without
    /// the others.
    static LEFT: Cell<usize> = const { Cell::new(MAX_PATTERNS) };
}

/// Reads a file, whose patterns share the memory.
pub(super) fn with_patterns<T>(read: impl FnOnce() -> T) -> T {
    LEFT.set(MAX_PATTERNS);
    read()
}

/// A regular expression to search for in a text. The search takes linear time, whatever the pattern and the text.
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

    /// How much of the memory for all patterns it uses, in bytes.
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

/// The last line of the message. The lines before it show the pattern.
fn reason(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}
