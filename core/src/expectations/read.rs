//! Reads a file of expectations. A file with an error is rejected as a whole.

use super::file::{Expectation, Expectations};
use super::text_pattern::with_patterns;
use serde::de::DeserializeOwned;

/// Maximum size of a file in bytes.
pub const MAX_FILE: usize = 1_000_000;

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Json,
    Toml,
}

/// Why a text is not a file of expectations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotExpectations {
    /// Where, counted from one; the column in bytes. For a value that is wrong as a whole, this is its end.
    pub line: usize,
    pub column: usize,
    /// What was found or expected there.
    pub message: String,
}

/// Reads a file. The deserializers limit its depth, and the types everything else.
///
/// # Errors
/// The first error in the file.
pub fn read(text: &str, format: Format) -> Result<Expectations, NotExpectations> {
    if text.len() > MAX_FILE {
        let message = format!("expected a file of at most {MAX_FILE} bytes");
        return Err(NotExpectations { line: 1, column: 1, message });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    with_patterns(|| match format {
        Format::Json => read_json(text),
        Format::Toml => toml::from_str(text).map_err(|error| from_toml(text, &error)),
    })
}

/// Reads the JSON of one expectation.
pub(super) fn read_expectation(text: &str) -> Result<Expectation, NotExpectations> {
    with_patterns(|| read_json(text))
}

fn read_json<T: DeserializeOwned>(text: &str) -> Result<T, NotExpectations> {
    serde_json::from_str(text).map_err(|error| from_json(&error))
}

fn from_json(error: &serde_json::Error) -> NotExpectations {
    let (line, column) = (error.line().max(1), error.column().max(1));
    let text = error.to_string();
    // The position follows the message.
    let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message).to_owned();
    NotExpectations { line, column, message }
}

fn from_toml(text: &str, error: &toml::de::Error) -> NotExpectations {
    let at = error.span().map_or(0, |span| span.start).min(text.len());
    let before = &text.as_bytes()[..at];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let begin = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    NotExpectations { line, column: at - begin + 1, message: error.message().to_owned() }
}
