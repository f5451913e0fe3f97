//! Selects the suggestions for an input.

use super::Values;
use crate::visitor::Field;
use serde_json::Value;

/// Maximum number of suggestions.
pub const MAX_OFFERS: usize = 6;

/// The kind of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// A text of a field other than metadata.
    Text(Field),
    Key,
    /// The value of a metadata key.
    Value {
        key: String,
        /// Only numbers are suggested.
        number: bool,
    },
}

impl Slot {
    pub fn field(&self) -> Field {
        match self {
            Self::Text(field) => *field,
            Self::Key | Self::Value { .. } => Field::Metadata,
        }
    }

    /// The text of a stored value for this input; `None` if it doesn't fit.
    fn text_of<'v>(&self, value: &'v Value) -> Option<&'v str> {
        let pair = |part: usize| value.as_array()?.get(part);
        match self {
            Self::Text(_) => value.as_str(),
            Self::Key => pair(0)?.as_str(),
            Self::Value { key, .. } if pair(0)?.as_str() != Some(key) => None,
            Self::Value { number: true, .. } => pair(1)?.as_number().map(|number| number.as_str()),
            Self::Value { .. } => pair(1)?.as_str(),
        }
    }
}

/// The suggestions that contain `typed`, ignoring case, and that no other input contains. Newest first.
pub fn offers(values: &Values, slot: &Slot, typed: &str, beside: &[String]) -> Vec<String> {
    let typed = typed.trim().to_lowercase();
    let mut offers: Vec<String> = vec![];
    for text in values.of(slot.field()).iter().filter_map(|value| slot.text_of(value)) {
        let is_wanted = text.to_lowercase().contains(&typed) && !beside.iter().any(|other| other == text);
        if is_wanted && !offers.iter().any(|offer| offer == text) {
            offers.push(text.to_owned());
        }
    }
    offers.truncate(MAX_OFFERS);
    offers
}

#[cfg(test)]
mod tests {
    use super::super::{FieldValue, LastUsed, LastUsedChange};
    use super::*;
    use serde_json::json;

    fn values() -> Values {
        let one = |field, value| FieldValue { field, value };
        let applied = vec![
            one(Field::Identities, json!("Ada Marsh")),
            one(Field::Identities, json!("ada@acme.example")),
            one(Field::Identities, json!("Grace")),
            one(Field::Metadata, json!(["plan", "pro"])),
            one(Field::Metadata, json!(["seats", 12])),
            one(Field::Metadata, json!(["seats", "many"])),
            one(Field::Metadata, json!(["plan", "free"])),
        ];
        LastUsed::default().changed(LastUsedChange::Remember("a".into(), applied)).of("a").unwrap().clone()
    }

    fn offered(slot: Slot, typed: &str, beside: &[&str]) -> Vec<String> {
        let beside: Vec<_> = beside.iter().map(|text| (*text).to_owned()).collect();
        offers(&values(), &slot, typed, &beside)
    }

    #[test]
    fn matching_new_values_are_offered() {
        let identities = || Slot::Text(Field::Identities);
        assert_eq!(offered(identities(), "", &[]), ["Ada Marsh", "ada@acme.example", "Grace"]);
        assert_eq!(offered(identities(), " aD", &[]), ["Ada Marsh", "ada@acme.example"]);
        assert_eq!(offered(identities(), "a", &["Ada Marsh"]), ["ada@acme.example", "Grace"]);
        assert_eq!(offered(Slot::Text(Field::Tags), "", &[]), [""; 0]);
    }

    #[test]
    fn metadata_is_offered_by_key() {
        let value = |key: &str, number| Slot::Value { key: key.to_owned(), number };
        assert_eq!(offered(Slot::Key, "", &["seats"]), ["plan"]);
        assert_eq!(offered(Slot::Key, "", &[]), ["plan", "seats"]);
        assert_eq!(offered(value("plan", false), "", &[]), ["pro", "free"]);
        assert_eq!(offered(value("seats", true), "", &[]), ["12"]);
        assert_eq!(offered(value("seats", false), "", &[]), ["many"]);
        assert_eq!(offered(value("other", false), "", &[]), [""; 0]);
    }

    #[test]
    fn the_number_of_offers_is_limited() {
        let many = (0..20).map(|n| FieldValue { field: Field::Tags, value: format!("#T{n}").into() }).collect();
        let used = LastUsed::default().changed(LastUsedChange::Remember("a".into(), many));
        assert_eq!(offers(used.of("a").unwrap(), &Slot::Text(Field::Tags), "#t", &[]).len(), MAX_OFFERS);
    }
}
