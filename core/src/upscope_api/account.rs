//! The team's access: where, and with which key.

use super::base::Base;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The secret key. It is shown nowhere: not by `Debug`, and there is no way to write it into a message.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey(String);

/// The team's access to the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub base: Base,
    pub key: ApiKey,
}

/// Who watches, as the visitor is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    /// The agent's id in the team's own system; the name where there is none.
    pub id: String,
    pub name: String,
}

/// How long a key may be, in bytes. The vendor's are 40 and less.
const MAX: usize = 400;

/// A shorter key would be told whole by its mask.
const MIN: usize = 8;

impl ApiKey {
    /// `None` for what cannot be one: a header carries it, so it is of visible ASCII.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let good = (MIN..=MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        good.then(|| Self(text.to_owned()))
    }

    /// For the header that carries it, and for keeping it. Nothing else.
    pub fn secret(&self) -> &str {
        &self.0
    }

    /// The key as a person may see it: its last four characters.
    pub fn mask(&self) -> String {
        format!("…{}", &self.0[self.0.len() - 4..])
    }

    /// `text` without the key in it, should a server have sent it back.
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
    /// How long a name may be, in characters.
    const MAX: usize = 100;

    pub fn new(id: &str, name: &str) -> Self {
        let short = |text: &str| text.trim().chars().take(Self::MAX).collect::<String>();
        Self { id: short(id), name: short(name) }
    }

    /// The id that is sent: never empty where there is a name.
    pub fn sent_id(&self) -> &str {
        if self.id.is_empty() { &self.name } else { &self.id }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upscope_api::base::{CLOUD, Kind};

    #[test]
    fn a_key_fits_a_header() {
        assert_eq!(ApiKey::parse(" abcd1234 ").map(|key| key.mask()).as_deref(), Some("…1234"));
        for bad in ["", "short12", "with space in it", "line\nbreak\r12", "schlüssel99", &"x".repeat(401)] {
            assert_eq!(ApiKey::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn it_is_never_shown() {
        let key = ApiKey::parse("secret-abcd1234").unwrap();
        let account = Account { base: Base::parse(Kind::Cloud, CLOUD).unwrap(), key: key.clone() };
        assert!(!format!("{account:?}").contains("abcd"), "{account:?}");
        assert_eq!(key.redact("bad key secret-abcd1234!"), "bad key …1234!");
    }

    #[test]
    fn an_agent_without_an_id_goes_by_the_name() {
        assert_eq!(Agent::new("", " Grace ").sent_id(), "Grace");
        assert_eq!(Agent::new("7", "Grace").sent_id(), "7");
    }
}
