//! Values of the file within fixed limits, because a file may come from anywhere.

use serde::{Deserialize, Deserializer, de::Error};
use std::borrow::Borrow;
use std::ops::Deref;

/// Maximum number of items of a list in an expectation.
pub const MAX_ITEMS: usize = 100;

/// Maximum number of characters of a name or an item.
pub(super) const MAX_NAME: usize = 500;

/// Maximum number of seconds.
const MAX_SECONDS: f64 = 3600.0;

/// A list of at least one and at most [`MAX_ITEMS`] items.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "Vec<T>", bound(deserialize = "T: Deserialize<'de>"))]
pub struct List<T>(Vec<T>);

impl<T> TryFrom<Vec<T>> for List<T> {
    type Error = String;

    fn try_from(items: Vec<T>) -> Result<Self, String> {
        match items.len() {
            1..=MAX_ITEMS => Ok(Self(items)),
            found => Err(format!("expected 1 to {MAX_ITEMS} items and found {found}")),
        }
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

/// A text that is not empty, of at most [`MAX_NAME`] characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Name(String);

impl TryFrom<String> for Name {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.chars().count() {
            1..=MAX_NAME => Ok(Self(text)),
            _ => Err(format!("expected a text of 1 to {MAX_NAME} characters")),
        }
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// A time, at most an hour.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "f64")]
pub struct Seconds(f64);

impl Seconds {
    /// The time in whole milliseconds.
    pub fn millis(self) -> i64 {
        (self.0 * 1000.0) as i64
    }
}

impl Default for Seconds {
    fn default() -> Self {
        Self(10.0)
    }
}

impl TryFrom<f64> for Seconds {
    type Error = String;

    fn try_from(seconds: f64) -> Result<Self, String> {
        match seconds {
            0.0..=MAX_SECONDS => Ok(Self(seconds)),
            _ => Err(format!("expected 0 to {MAX_SECONDS} seconds")),
        }
    }
}

/// Reads a part that is this value or absent, because the other value would require nothing.
pub(super) fn only<'de, D: Deserializer<'de>, const VALUE: bool>(deserializer: D) -> Result<Option<bool>, D::Error> {
    match bool::deserialize(deserializer)? {
        found if found == VALUE => Ok(Some(found)),
        found => Err(D::Error::custom(format!("expected `{VALUE}` and found `{found}`"))),
    }
}

/// Reads a part that may be absent and is never `null`, which would be ignored.
pub(super) fn some<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
