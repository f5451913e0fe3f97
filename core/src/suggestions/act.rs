//! The values of an act that the person entered.

use crate::edit::draft::Editor;
use crate::visitor::integration_id::is_clearing;
use crate::visitor::page_value::{PageValue, is_original_mark};
use crate::visitor::{Field, Visitor};
use serde_json::Value;

/// A value of a field.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldValue {
    pub field: Field,
    pub value: Value,
}

/// The values in `sent`, the argument of an `updateConnection`, that are neither in `before`, the argument that undoes
/// it, nor in `reported`: values from the page were not entered by the person.
pub fn applied(sent: &Value, before: &Value, reported: &[FieldValue]) -> Vec<FieldValue> {
    let before = all(before);
    let mut applied = all(sent);
    applied.retain(|one| !before.contains(one) && !reported.contains(one) && !only_removes(one));
    applied
}

/// The visitor's values from the page, as an editor shows them.
pub fn reported(visitor: &Visitor) -> Vec<FieldValue> {
    let of = |field: Field| {
        let value = match Editor::starting_from(field, visitor) {
            Editor::Text(text) => text.into(),
            Editor::List(items) => items.into(),
            Editor::Metadata(_) => visitor.field(field).now.value().map(PageValue::to_json).unwrap_or_default(),
        };
        values(field, &value)
    };
    Field::ALL.into_iter().flat_map(of).collect()
}

fn all(argument: &Value) -> Vec<FieldValue> {
    let of = |field: Field| argument.get(field.key()).map(|value| values(field, value)).unwrap_or_default();
    Field::ALL.into_iter().flat_map(of).collect()
}

fn values(field: Field, value: &Value) -> Vec<FieldValue> {
    let values: Vec<Value> = match value {
        Value::Object(map) => {
            let given = map.iter().filter(|(_, value)| !is_original_mark(value));
            given.map(|(key, value)| Value::Array(vec![key.as_str().into(), value.clone()])).collect()
        }
        Value::Array(items) => items.clone(),
        one => vec![one.clone()],
    };
    values.into_iter().map(|value| FieldValue { field, value }).collect()
}

/// Whether the value only removes integration IDs.
fn only_removes(FieldValue { field, value }: &FieldValue) -> bool {
    *field == Field::IntegrationIds && value.as_str().is_some_and(is_clearing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::visitor;
    use serde_json::json;

    fn pairs(applied: &[FieldValue]) -> Vec<(&'static str, Value)> {
        applied.iter().map(|one| (one.field.key(), one.value.clone())).collect()
    }

    #[test]
    fn only_entered_values_are_remembered() {
        let sent = json!({
            "uniqueId": "7", "identities": null, "tags": ["#VIP", "#NEW"],
            "integrationIds": ["zendesk:", "front:2", "drift:3"], "metadata": {"plan": "pro", "seats": 3},
        });
        let before = json!({
            "uniqueId": "1", "tags": ["#VIP"], "integrationIds": ["front:2", "zendesk:1", "drift:"],
            "metadata": {"plan": "free", "seats": 3},
        });
        let own = [
            ("uniqueId", json!("7")),
            ("identities", json!(null)),
            ("tags", json!("#NEW")),
            ("integrationIds", json!("drift:3")),
            ("metadata", json!(["plan", "pro"])),
        ];
        assert_eq!(pairs(&applied(&sent, &before, &[])), own);
    }

    #[test]
    fn malformed_page_values_are_compared_as_text() {
        let odd = visitor(json!({"uniqueId": 42, "tags": [null, "#A", 3], "metadata": {"n": 1}}));
        let sent = json!({"uniqueId": "42", "tags": ["#A", "3", "#B"], "metadata": {"n": 1, "m": 2}});
        let own = [("tags", json!("#B")), ("metadata", json!(["m", 2]))];
        assert_eq!(pairs(&applied(&sent, &Value::Null, &reported(&odd))), own);
    }
}
