//! Integration IDs: `/^[a-z]{3,}:.+$/` (documentation page), and the clearing form `system:` (vendor).

use crate::visitor::edges;
use crate::visitor::page_value::PageValue;

/// The live chats that the SDK supports, by their names in the SDK (*seen* in 2.2.119).
const LIVE_CHATS: [&str; 16] = [
    "chatra",
    "drift",
    "freshchat",
    "front",
    "happyfox",
    "helpscout",
    "intercom",
    "livechat",
    "olark",
    "reamaze",
    "sendinblue",
    "sfdc",
    "tawk",
    "twilio_flex",
    "zendesk",
    "zoho",
];

/// The live chat of an integration ID that the SDK added: `twilio_flex:CH1`.
pub fn live_chat_of(text: &str) -> Option<&'static str> {
    let (system, id) = text.split_once(':')?;
    LIVE_CHATS.into_iter().find(|chat| *chat == system && !id.is_empty())
}

/// The names in `entries` that are on: the live chats of an object such as `Upscope._integrations`, by name.
pub fn chats_on(entries: &[(String, PageValue)]) -> impl Iterator<Item = &str> {
    let on = entries.iter().filter(|(_, value)| !value.is_nothing() && *value != PageValue::Bool(false));
    on.map(|(name, _)| name.as_str())
}

/// Whether a text is the clearing form of a system: `zendesk:`.
pub fn is_clearing(text: &str) -> bool {
    IntegrationId::parse(text).is_some_and(|id| id.is_clearing())
}

/// The visitor's ID in another system, for example `zendesk:8831`, or the *clearing* form of that system, `zendesk:`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntegrationId {
    text: String,
    system_len: usize,
}

impl IntegrationId {
    /// `None` if `text` is neither the documented pattern nor the clearing form `system:`.
    pub fn parse(text: &str) -> Option<Self> {
        let (system, id) = text.split_once(':')?;
        let system_ok = system.len() >= 3 && system.bytes().all(|b| b.is_ascii_lowercase());
        // `.` in the documented pattern does not match line breaks.
        let id_ok = !id.contains(['\n', '\r', '\u{2028}', '\u{2029}']);
        (system_ok && id_ok).then(|| Self { text: text.to_owned(), system_len: system.len() })
    }

    /// The form that clears all IDs of `system` (vendor).
    pub fn clearing(system: &str) -> String {
        format!("{system}:")
    }

    /// The system's name, for example `zendesk`.
    pub fn system(&self) -> &str {
        &self.text[..self.system_len]
    }

    /// The ID in that system; empty for the clearing form.
    pub fn id(&self) -> &str {
        &self.text[self.system_len + 1..]
    }

    /// Whether this is the clearing form, which has no ID.
    pub fn is_clearing(&self) -> bool {
        self.id().is_empty()
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The documented ID that `text` most likely means, if any: ` Zendesk: 8831 ` → `zendesk:8831`.
    pub fn repair(text: &str) -> Option<Self> {
        let text = edges::trim(text);
        if live_chat_of(text).is_some() {
            return None;
        }
        let (system, id) = text.split_once([':', '='])?;
        let system: String =
            system.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).map(|c| c.to_ascii_lowercase()).collect();
        Self::parse(&format!("{system}:{}", edges::trim(id)))
            .filter(|fixed| fixed.as_str() != text && !fixed.is_clearing())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_pattern_and_the_clearing_form_are_read() {
        let id = IntegrationId::parse("acmechat:12:3").unwrap();
        assert_eq!((id.system(), id.id(), id.is_clearing()), ("acmechat", "12:3", false));
        assert!(IntegrationId::parse("zendesk:").unwrap().is_clearing());
        for bad in ["", "ab:1", "Zendesk:1", "twilio_flex:1", "zendesk", ":1", "abc:1\n2"] {
            assert_eq!(IntegrationId::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_near_miss_is_repaired() {
        let repaired = |text| IntegrationId::repair(text).map(|id| id.text);
        assert_eq!(repaired(" Zendesk: 8831 ").as_deref(), Some("zendesk:8831"));
        assert_eq!(repaired("my_crm:7").as_deref(), Some("mycrm:7"));
        // The ID of a live chat is unchanged.
        for beyond in ["twilio_flex:CH1", "zendesk:8831", "zendesk", "x:1", "zendesk: "] {
            assert_eq!(repaired(beyond), None, "{beyond}");
        }
    }
}
