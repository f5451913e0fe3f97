//! Values that a person applied on each site, to suggest them again. `docs/last-used.md` documents what is stored.
//!
//! A value is a text, or for metadata a pair `[key, text or number]`.

mod act;
mod offer;

pub use act::{FieldValue, applied, reported};
pub use offer::{MAX_OFFERS, Slot, offers};

use crate::json_read;
use crate::json_text::{compact, object};
use crate::visitor::{Field, PerField, Shape};
use serde_json::{Map, Value};

/// Maximum number of sites. The least recently used one is removed first.
pub const MAX_SITES: usize = 30;
/// Maximum number of values for each field of a site. The oldest is removed first.
pub const MAX_VALUES: usize = 25;
/// Maximum length of a value, in characters. For metadata, of key and value together.
pub const MAX_TEXT: usize = 200;
/// Maximum length of a host name, in characters.
pub const MAX_HOST: usize = 253;

/// The version of the stored format. Other versions are read as nothing, and not overwritten.
const VERSION: u32 = 1;

/// The values of one site by field, newest first.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Values(PerField<Vec<Value>>);

/// The values of all sites, most recently used first.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct LastUsed {
    sites: Vec<(String, Values)>,
}

/// A change. It has the same effect on a list that another page has changed.
#[derive(Clone, Debug, PartialEq)]
pub enum LastUsedChange {
    /// Values that were applied on a site.
    Remember(String, Vec<FieldValue>),
    /// All values of a site.
    Forget(String),
}

impl Values {
    /// The values of a field, newest first.
    pub fn of(&self, field: Field) -> &[Value] {
        &self.0[field]
    }

    pub fn is_empty(&self) -> bool {
        self.0.values().all(Vec::is_empty)
    }

    fn remember(&mut self, FieldValue { field, value }: FieldValue) {
        if is_storable(field, &value) {
            let known = &mut self.0[field];
            known.retain(|known| *known != value);
            known.insert(0, value);
            known.truncate(MAX_VALUES);
        }
    }

    fn to_json(&self) -> Value {
        let used = Field::ALL.into_iter().filter(|field| !self.of(*field).is_empty());
        Value::Object(used.map(|field| (field.key().to_owned(), self.of(field).to_vec().into())).collect())
    }

    fn read(kept: &Map<String, Value>) -> Self {
        let mut values = Self::default();
        for field in Field::ALL {
            let of = kept.get(field.key()).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            // The oldest first, in the order in which they were added.
            for value in of.iter().take(MAX_VALUES).rev() {
                values.remember(FieldValue { field, value: value.clone() });
            }
        }
        values
    }
}

impl LastUsed {
    /// Serializes the values.
    pub fn write(&self) -> String {
        let site =
            |(host, values): &(String, Values)| object([("site", host.as_str().into()), ("values", values.to_json())]);
        compact(&object([("v", VERSION.into()), ("sites", self.sites.iter().map(site).collect())]))
    }

    /// Reads the stored text, with limits; `None` for another version.
    pub fn read(text: &str) -> Option<Self> {
        let kept = json_read::read(text).ok()?;
        let sites = kept.get("sites").filter(|_| kept["v"] == VERSION)?.as_array()?;
        let site = |site: &Value| {
            let host = site.get("site")?.as_str().filter(|host| is_host(host))?;
            let values = Values::read(site.get("values")?.as_object()?);
            (!values.is_empty()).then(|| (host.to_owned(), values))
        };
        let mut read = Self::default();
        for (host, values) in sites.iter().take(MAX_SITES).filter_map(site) {
            if read.of(&host).is_none() {
                read.sites.push((host, values));
            }
        }
        Some(read)
    }

    /// The values of a site, if any.
    pub fn of(&self, host: &str) -> Option<&Values> {
        self.sites.iter().find(|(known, _)| known == host).map(|(_, values)| values)
    }

    /// The hosts, most recently used first.
    pub fn hosts(&self) -> impl Iterator<Item = &str> {
        self.sites.iter().map(|(host, _)| host.as_str())
    }

    /// Returns the values after a change.
    pub fn changed(mut self, change: LastUsedChange) -> Self {
        match change {
            LastUsedChange::Forget(host) => self.sites.retain(|(known, _)| *known != host),
            LastUsedChange::Remember(host, applied) => self.remember(host, applied),
        }
        self
    }

    fn remember(&mut self, host: String, applied: Vec<FieldValue>) {
        let place = self.sites.iter().position(|(known, _)| *known == host);
        let mut values = place.map(|place| self.sites.remove(place).1).unwrap_or_default();
        // Reversed, so that the first item of a list is suggested first.
        applied.into_iter().rev().for_each(|applied| values.remember(applied));
        if is_host(&host) && !values.is_empty() {
            self.sites.insert(0, (host, values));
            self.sites.truncate(MAX_SITES);
        }
    }
}

fn is_host(host: &str) -> bool {
    !host.is_empty() && host.len() <= MAX_HOST
}

/// Whether a value is valid for the field and may be stored.
fn is_storable(field: Field, value: &Value) -> bool {
    let length = match (field.shape(), value) {
        (Shape::Metadata, Value::Array(pair)) => match pair.as_slice() {
            [Value::String(key), Value::String(text)] => key.chars().count() + text.chars().count(),
            [Value::String(key), Value::Number(number)] => key.chars().count() + number.as_str().len(),
            _ => return false,
        },
        (Shape::Metadata, _) => return false,
        (_, Value::String(text)) if !text.is_empty() => text.chars().count(),
        _ => return false,
    };
    length <= MAX_TEXT
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn tag(text: &str) -> FieldValue {
        FieldValue { field: Field::Tags, value: text.into() }
    }

    fn used(acts: &[(&str, &[&str])]) -> LastUsed {
        acts.iter().fold(LastUsed::default(), |used, (host, tags)| {
            used.changed(LastUsedChange::Remember((*host).to_owned(), tags.iter().map(|text| tag(text)).collect()))
        })
    }

    fn tags(used: &LastUsed, host: &str) -> Vec<String> {
        let texts =
            |values: &Values| values.of(Field::Tags).iter().filter_map(|tag| Some(tag.as_str()?.to_owned())).collect();
        used.of(host).map(texts).unwrap_or_default()
    }

    #[test]
    fn the_newest_value_is_first_and_unique() {
        let used = used(&[("a", &["#ONE", "#TWO"]), ("b", &["#OTHER"]), ("a", &["#TWO", "#THREE"])]);
        assert_eq!(tags(&used, "a"), ["#TWO", "#THREE", "#ONE"]);
        assert_eq!(tags(&used, "b"), ["#OTHER"]);
        assert_eq!(used.hosts().collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn the_oldest_values_and_sites_are_dropped() {
        let many: Vec<String> = (0..MAX_VALUES + 5).map(|n| format!("#T{n}")).collect();
        let mut used = LastUsed::default();
        for text in &many {
            used = used.changed(LastUsedChange::Remember("a".into(), vec![tag(text)]));
        }
        let kept = tags(&used, "a");
        assert_eq!((kept.len(), &kept[0], kept.last()), (MAX_VALUES, &many[MAX_VALUES + 4], Some(&many[5])));
        for n in 0..MAX_SITES {
            used = used.changed(LastUsedChange::Remember(format!("site-{n}"), vec![tag("#A")]));
        }
        assert_eq!(used.hosts().count(), MAX_SITES);
        assert_eq!(used.of("a"), None);
    }

    #[test]
    fn invalid_values_are_not_remembered() {
        let long = "x".repeat(MAX_TEXT + 1);
        let not_kept = [
            (Field::Tags, json!(long)),
            (Field::Tags, json!("")),
            (Field::Tags, json!(7)),
            (Field::Metadata, json!("gold")),
            (Field::Metadata, json!(["plan", true])),
            (Field::Metadata, json!(["plan", "gold", "x"])),
            (Field::Metadata, json!(["plan", long[1..]])),
        ];
        let applied = not_kept.map(|(field, value)| FieldValue { field, value });
        let used = LastUsed::default().changed(LastUsedChange::Remember("a".into(), applied.into()));
        assert_eq!(used, LastUsed::default());
        assert_eq!(
            used.changed(LastUsedChange::Remember("x".repeat(MAX_HOST + 1), vec![tag("#A")])),
            LastUsed::default()
        );
    }

    #[test]
    fn forgetting_a_site_keeps_the_others() {
        let used = used(&[("a", &["#A"]), ("b", &["#B"])]).changed(LastUsedChange::Forget("a".into()));
        assert_eq!(used.hosts().collect::<Vec<_>>(), ["b"]);
    }

    #[test]
    fn only_the_current_version_is_read() {
        let pair = FieldValue { field: Field::Metadata, value: json!(["seats", 12.50]) };
        let used = used(&[("a", &["#A", "#B"])]).changed(LastUsedChange::Remember("b".into(), vec![pair]));
        assert_eq!(LastUsed::read(&used.write()), Some(used));
        for other in ["", "7", "{}", r#"{"v":2,"sites":[]}"#, r#"{"v":1}"#] {
            assert_eq!(LastUsed::read(other), None, "{other}");
        }
        let odd = json!({"v": 1, "sites": [7, {"site": "", "values": {"tags": ["#A"]}}, {"site": "a", "values": {"tags": "x"}}]});
        assert_eq!(LastUsed::read(&odd.to_string()), Some(LastUsed::default()));
    }
}
