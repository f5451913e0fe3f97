//! A regular expression for texts.

use regex::{Regex, RegexBuilder};
use serde::Deserialize;

/// Maximum length of a pattern in bytes, and of its program.
const MAX_PATTERN: usize = 1000;
const MAX_PROGRAM: usize = 1 << 20;

/// A regular expression that is searched in a text. The search is linear in time, whatever the pattern and the text.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct TextPattern(Regex);

impl TextPattern {
    pub fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    pub fn as_str(&self) -> &str {
        self.0.as_str()
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
        let pattern = RegexBuilder::new(&text).size_limit(MAX_PROGRAM).dfa_size_limit(MAX_PROGRAM).build();
        pattern.map(Self).map_err(|error| format!("expected a regular expression: {}", reason(&error)))
    }
}

/// The last line of the message: the others draw the pattern.
fn reason(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}
