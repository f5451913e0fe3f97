//! Versions of the SDK, in order: `2.2.119`, and dates such as `2026.3.2`.

use serde::Deserialize;

/// Maximum number of parts.
const MAX_PARTS: usize = 6;

/// A version: numbers with dots between. A missing part counts as zero.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct SdkVersion {
    text: String,
    parts: [u64; MAX_PARTS],
}

impl SdkVersion {
    /// `None` if the text is not numbers with dots between, so that its order is unknown.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = [0; MAX_PARTS];
        for (at, part) in text.split('.').enumerate() {
            let is_number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            *parts.get_mut(at)? = is_number.then(|| part.parse().ok())??;
        }
        Some(Self { text: text.to_owned(), parts })
    }

    /// Whether this version is `other` or later.
    pub fn is_at_least(&self, other: &Self) -> bool {
        self.parts >= other.parts
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl TryFrom<String> for SdkVersion {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| "expected a version such as `2.2.119`".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_decide_and_not_letters() {
        let later = |one, other| SdkVersion::parse(one).unwrap().is_at_least(&SdkVersion::parse(other).unwrap());
        assert!(later("2.2.119", "2.2.9") && later("2026.3.2", "2.2.119") && later("2.2", "2.2.0"));
        assert!(!later("2.2.9", "2.2.119") && !later("2.2.119", "2026.3.2"));
        for unclear in ["", "2.", "2.x", "+2", "2.2.119-beta", "1.2.3.4.5.6.7", "99999999999999999999"] {
            assert_eq!(SdkVersion::parse(unclear), None, "{unclear}");
        }
    }
}
