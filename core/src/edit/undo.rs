//! The inverse of an edit, as far as the earlier values are known.

use crate::edit::change::Change;
use crate::edit::patch::{VisitorPatch, integration_list};
use crate::visitor::observed::Observed;
use crate::visitor::page_value::{PageValue, is_original_mark};
use crate::visitor::{Field, FieldReading, Visitor};
use serde_json::Value;

/// The patch that undoes an edit, and the fields whose earlier value is not known well enough to restore it.
#[derive(Clone, Debug, PartialEq)]
pub struct Undo {
    pub patch: Option<VisitorPatch>,
    pub impossible: Vec<Field>,
}

/// Returns the inverse of `patch`; `before` is the visitor before the edit.
pub fn undo(patch: &VisitorPatch, before: &Visitor) -> Undo {
    let (mut changes, mut impossible) = (vec![], vec![]);
    for field in patch.fields() {
        match inverse(field, patch.change(field), before) {
            Some(change) => changes.push((field, change)),
            None => impossible.push(field),
        }
    }
    Undo { patch: VisitorPatch::new(changes), impossible }
}

/// `None` if the earlier value is unknown, or has a form that can't be sent.
fn inverse(field: Field, made: &Change<Value>, before: &Visitor) -> Option<Change<Value>> {
    let change = match &before.field(field).now {
        Observed::Unknown(_) => return None,
        Observed::Unset(_) => Change::Remove,
        Observed::Value(value, _) if value.is_whole() => Change::Set(earlier(field, value, made)?),
        Observed::Value(..) => {
            Change::Set(kept_metadata(before.field(field), made).filter(|_| field == Field::Metadata)?)
        }
    };
    VisitorPatch::new([(field, change.clone())]).map(|_| change)
}

fn earlier(field: Field, value: &PageValue, made: &Change<Value>) -> Option<Value> {
    let exact = value.to_wire_json()?;
    match (field, made) {
        (Field::IntegrationIds, Change::Set(sent)) => Some(integration_list(&strings(sent), &strings(&exact)).into()),
        _ => Some(exact),
    }
}

/// The earlier metadata, with the page's values for unread ones; `None` if the edit replaced one of those.
fn kept_metadata(before: &FieldReading, made: &Change<Value>) -> Option<Value> {
    let Change::Set(sent) = made else { return None };
    let entry = |(key, value): (String, PageValue)| match value.to_exact_json() {
        Some(exact) => Some((key, exact)),
        None => sent.get(&key).filter(|value| is_original_mark(value)).cloned().map(|mark| (key, mark)),
    };
    before.kept_keys()?.into_iter().map(entry).collect::<Option<_>>().map(Value::Object)
}

fn strings(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{encoded, visitor};
    use serde_json::json;

    fn undone(before: Value, argument: Value) -> (Option<Value>, Vec<Field>) {
        let undo = undo(&VisitorPatch::from_argument(&argument).unwrap(), &visitor(before));
        (undo.patch.map(|patch| patch.argument()), undo.impossible)
    }

    #[test]
    fn known_values_and_absences_are_restored() {
        let before = json!({"uniqueId": "1", "tags": null, "identities": ["a"]});
        let (sent, impossible) = undone(before, json!({"uniqueId": "2", "tags": ["#A"], "identities": null}));
        assert_eq!(sent, Some(json!({"uniqueId": "1", "tags": null, "identities": ["a"]})));
        assert_eq!(impossible, []);
    }

    #[test]
    fn unknown_or_malformed_values_are_not_restored() {
        let before = json!({"uniqueId": 42, "identities": [null]});
        let (sent, impossible) = undone(before, json!({"uniqueId": "2", "identities": ["b"], "metadata": {"a": 1}}));
        assert_eq!((sent, impossible), (None, vec![Field::UniqueId, Field::Identities, Field::Metadata]));
    }

    #[test]
    fn unread_values_are_restored_only_if_kept() {
        let mark = || json!({"$": "keep"});
        let before =
            || encoded(json!({"metadata": {"plan": {"$": "accessor"}, "seats": 2}, "tags": {"$": "proxy", "v": []}}));
        let undo = |argument| undo(&VisitorPatch::from_argument(&argument).unwrap(), &before());
        let kept = undo(json!({"metadata": {"plan": mark(), "seats": 3}}));
        assert_eq!(kept.patch.unwrap().argument(), json!({"metadata": {"plan": mark(), "seats": 2}}));
        let lost = undo(json!({"metadata": {"plan": "pro"}, "tags": ["#A"]}));
        assert_eq!((lost.patch, lost.impossible), (None, vec![Field::Metadata, Field::Tags]));
        assert_eq!(undo(json!({"metadata": null})).patch, None);
    }

    #[test]
    fn a_date_is_restored_as_text() {
        let before = encoded(json!({"metadata": {"at": {"$": "Date", "v": "2024-03-01T09:00:00.000Z"}}}));
        let patch = VisitorPatch::from_argument(&json!({"metadata": {"a": 1}})).unwrap();
        let sent = undo(&patch, &before).patch.unwrap().argument();
        assert_eq!(sent, json!({"metadata": {"at": "2024-03-01T09:00:00.000Z"}}));
    }

    #[test]
    fn undo_clears_added_integration_ids() {
        let before = json!({"integrationIds": ["zendesk:1"]});
        let (sent, _) = undone(before, json!({"integrationIds": ["zendesk:1", "drift:9"]}));
        assert_eq!(sent, Some(json!({"integrationIds": ["drift:", "zendesk:1"]})));
    }
}
