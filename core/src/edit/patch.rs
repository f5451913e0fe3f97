//! The argument of an `updateConnection` call, the only form in which edits are sent.

use crate::edit::change::Change;
use crate::json_read;
use crate::json_text::compact;
use crate::visitor::integration_id::IntegrationId;
use crate::visitor::{Field, Shape};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// Maximum length of a patch's text, in bytes. No edit is that long.
const MAX_TEXT: usize = 1 << 20;

/// Changes to a visitor, at least one, each of the documented type. So it can't have a form that hangs the SDK (a
/// truthy `identities` that is neither string nor list, or no argument; docs/sdk-reference.md#waiting-calls).
#[derive(Clone, Debug, PartialEq)]
pub struct VisitorPatch {
    changes: Vec<(Field, Change<Value>)>,
}

impl VisitorPatch {
    /// Creates a patch; `None` if the changes keep everything, or one sets a value that is not of its field's
    /// documented type.
    pub fn new(changes: impl IntoIterator<Item = (Field, Change<Value>)>) -> Option<Self> {
        let changes: Vec<_> = changes.into_iter().filter(|(_, change)| !change.is_keep()).collect();
        let typed = changes.iter().all(|(field, change)| match change {
            Change::Set(value) => is_typed(*field, value),
            _ => true,
        });
        (typed && !changes.is_empty()).then_some(Self { changes })
    }

    /// The change of `field`.
    pub fn change(&self, field: Field) -> &Change<Value> {
        self.changes.iter().find(|(f, _)| *f == field).map_or(&Change::Keep, |(_, change)| change)
    }

    /// The changed fields, in the order of the call.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        self.changes.iter().map(|(field, _)| *field)
    }

    /// The number of changed fields, at least one.
    pub fn count(&self) -> usize {
        self.changes.len()
    }

    /// The argument of `Upscope('updateConnection', …)`: an absent key keeps, `null` removes.
    pub fn argument(&self) -> Value {
        let entry = |(field, change): &(Field, Change<Value>)| {
            let value = match change {
                Change::Set(value) => value.clone(),
                _ => Value::Null,
            };
            (field.key().to_owned(), value)
        };
        Value::Object(self.changes.iter().map(entry).collect())
    }

    /// Reads an argument; `None` if it is not one of a patch (an unknown key, a wrong type, no key).
    pub fn from_argument(argument: &Value) -> Option<Self> {
        let change = |(key, value): (&String, &Value)| {
            let field = Field::from_key(key)?;
            Some((field, if value.is_null() { Change::Remove } else { Change::Set(value.clone()) }))
        };
        let changes: Option<Vec<_>> = argument.as_object()?.iter().map(change).collect();
        Self::new(changes?)
    }
}

/// The JSON text of the argument. A JavaScript object would lose the digits of numbers, a key `__proto__`, and in
/// Chromium's storage anything that is nested deeper than 100.
impl Serialize for VisitorPatch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&compact(&self.argument()))
    }
}

/// Accepts only what [`VisitorPatch::from_argument`] accepts.
impl<'de> Deserialize<'de> for VisitorPatch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let argument = Some(text).filter(|text| text.len() <= MAX_TEXT).and_then(|text| json_read::read(&text).ok());
        argument.as_ref().and_then(Self::from_argument).ok_or_else(|| D::Error::custom("not a visitor patch"))
    }
}

fn is_typed(field: Field, value: &Value) -> bool {
    match field.shape() {
        Shape::Text => value.is_string(),
        Shape::List => value.as_array().is_some_and(|items| items.iter().all(Value::is_string)),
        Shape::Metadata => value.is_object(),
    }
}

/// Returns the list to send so that `current` becomes `wanted`. The server *adds* IDs, and `system:` clears a system
/// (vendor). A system that loses an ID is cleared first, and its other IDs are sent again. Unchanged IDs are sent again
/// too, because the sent list replaces the SDK's list.
pub fn integration_list(current: &[String], wanted: &[String]) -> Vec<String> {
    let system = |text: &String| IntegrationId::parse(text).map(|id| id.system().to_owned());
    let lost = current.iter().filter(|id| !wanted.contains(id));
    let mut cleared: Vec<String> = vec![];
    for name in lost.filter_map(system) {
        let clearing = IntegrationId::clearing(&name);
        if !cleared.contains(&clearing) && !wanted.contains(&clearing) && !current.contains(&clearing) {
            cleared.push(clearing);
        }
    }
    cleared.extend(wanted.iter().cloned());
    cleared
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn list(items: &[&str]) -> Vec<String> {
        items.iter().map(|item| (*item).to_owned()).collect()
    }

    #[test]
    fn an_empty_patch_cannot_be_created() {
        assert_eq!(VisitorPatch::new([(Field::Tags, Change::Keep)]), None);
        assert_eq!(VisitorPatch::from_argument(&json!({})), None);
    }

    #[test]
    fn a_form_that_hangs_the_sdk_is_rejected() {
        for wrong in [
            json!({"identities": {"0": "a"}}),
            json!({"identities": 1}),
            json!({"identities": [["a"]]}),
            json!({"uniqueId": 7}),
            json!({"metadata": []}),
        ] {
            assert_eq!(VisitorPatch::from_argument(&wrong), None, "{wrong}");
        }
    }

    #[test]
    fn absent_keeps_and_null_removes() {
        let patch = VisitorPatch::new([
            (Field::UniqueId, Change::Remove),
            (Field::Identities, Change::Keep),
            (Field::Tags, Change::Set(json!(["#VIP"]))),
        ]);
        assert_eq!(patch.unwrap().argument(), json!({"uniqueId": null, "tags": ["#VIP"]}));
    }

    #[test]
    fn removing_an_integration_id_clears_its_system() {
        let current = list(&["zendesk:1", "front:a", "front:b"]);
        assert_eq!(
            integration_list(&current, &list(&["zendesk:1", "front:a", "front:b", "drift:9"])),
            list(&["zendesk:1", "front:a", "front:b", "drift:9"])
        );
        assert_eq!(
            integration_list(&current, &list(&["zendesk:1", "front:b"])),
            list(&["front:", "zendesk:1", "front:b"])
        );
        assert_eq!(integration_list(&current, &list(&["zendesk:"])), list(&["front:", "zendesk:"]));
        assert_eq!(integration_list(&list(&["zendesk:"]), &list(&["zendesk:3"])), list(&["zendesk:3"]));
    }
}
