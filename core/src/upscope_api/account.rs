//! The team's access to the API: base URL and key.

use super::base_url::BaseUrl;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The secret key. Neither `Debug` nor any message contains it.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey(String);

/// The team's access to the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub base: BaseUrl,
    pub key: ApiKey,
}

/// The agent who watches, as shown to the visitor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    /// The agent's ID in the team's system, or else the name.
    pub id: String,
    pub name: String,
}

/// Maximum length of a key, in bytes. The vendor's have at most 40.
const MAX: usize = 400;

/// Minimum length. The mask would reveal a shorter key.
const MIN: usize = 8;

impl ApiKey {
    /// `None` if invalid: the key is sent in a header, so it must be visible ASCII.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let good = (MIN..=MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        good.then(|| Self(text.to_owned()))
    }

    /// The key for the header and for storage. Not for any other use.
    pub fn secret(&self) -> &str {
        &self.0
    }

    /// The mask of the key: its last four characters.
    pub fn mask(&self) -> String {
        format!("…{}", &self.0[self.0.len() - 4..])
    }

    /// Removes the key from `text`, in case a server returned it.
    pub fn redact(&self, text: &str) -> String {
        text.replace(&self.0, &self.mask())
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ApiKey(…)")
    }
}

impl Agent {
    /// Maximum length of a name, in characters.
    const MAX: usize = 100;

    pub fn new(id: &str, name: &str) -> Self {
        let short = |text: &str| text.trim().chars().take(Self::MAX).collect::<String>();
        Self { id: short(id), name: short(name) }
    }

    /// The ID to send. Not empty if there is a name.
    pub fn sent_id(&self) -> &str {
        if self.id.is_empty() { &self.name } else { &self.id }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upscope_api::base_url::{CLOUD, Deployment};

    #[test]
    fn a_key_is_valid_in_a_header() {
        assert_eq!(ApiKey::parse(" abcd1234 ").map(|key| key.mask()).as_deref(), Some("…1234"));
        for bad in ["", "short12", "with space in it", "line\nbreak\r12", "schlüssel99", &"x".repeat(401)] {
            assert_eq!(ApiKey::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_key_is_never_shown() {
        let key = ApiKey::parse("secret-abcd1234").unwrap();
        let account = Account { base: BaseUrl::parse(Deployment::Cloud, CLOUD).unwrap(), key: key.clone() };
        assert!(!format!("{account:?}").contains("abcd"), "{account:?}");
        assert_eq!(key.redact("bad key secret-abcd1234!"), "bad key …1234!");
    }

    #[test]
    fn an_agent_without_an_id_uses_the_name() {
        assert_eq!(Agent::new("", " Grace ").sent_id(), "Grace");
        assert_eq!(Agent::new("7", "Grace").sent_id(), "7");
    }
}
