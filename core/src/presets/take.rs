//! Captures the values of a preset from the visitor or a draft.

use super::Preset;
use super::placeholder::escape;
use crate::edit::change::Change;
use crate::edit::draft::{Draft, Editor};
use crate::edit::metadata::MetadataEditor;
use crate::visitor::page_value::{PageValue, is_original_mark};
use crate::visitor::{Field, Shape, Visitor};
use serde_json::{Map, Value};

/// The captured values, and the fields that can't be sent unchanged.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct CapturedPreset {
    pub values: Map<String, Value>,
    pub left_out: Vec<Field>,
}

/// Captures the shown visitor. The page's values become plain text without placeholders. Unset fields are not removed,
/// because they mean nothing for the visitor to which the preset is applied.
pub fn capture_visitor(visitor: &Visitor) -> CapturedPreset {
    let known = Field::ALL.into_iter().filter_map(|field| Some((field, visitor.field(field).now.value()?)));
    let mut taken = CapturedPreset::default();
    for (field, value) in known {
        let value = match field.shape() {
            _ if !value.is_whole() => None,
            Shape::Metadata => value.to_wire_json(),
            _ => {
                let editor = Editor::starting_from(field, visitor);
                has_all(&editor, value).then(|| value_of(&editor)).flatten()
            }
        };
        taken.add(field, value.map(|value| escape(&value)));
    }
    taken
}

/// Captures the draft as typed, with placeholders.
pub fn capture_draft(draft: &Draft) -> CapturedPreset {
    let mut taken = CapturedPreset::default();
    for field in Field::ALL {
        match draft.change(field) {
            Change::Keep => {}
            Change::Remove => taken.add(field, Some(Value::Null)),
            Change::Set(editor) => taken.add(field, value_of(editor)),
        }
    }
    taken
}

impl CapturedPreset {
    fn add(&mut self, field: Field, value: Option<Value>) {
        let alone = |value: &Value| Value::Object(Map::from_iter([(field.key().to_owned(), value.clone())]));
        match value.filter(|value| Preset::new("-", &[], alone(value)).is_ok()) {
            Some(value) => drop(self.values.insert(field.key().to_owned(), value)),
            None => self.left_out.push(field),
        }
    }
}

/// Whether the editor of `value` has every item of it. Nested values, empty ones and rounded numbers have no text.
fn has_all(editor: &Editor, value: &PageValue) -> bool {
    match (editor, value) {
        (Editor::List(taken), PageValue::List(items, _)) => taken.len() == items.len(),
        _ => true,
    }
}

fn value_of(editor: &Editor) -> Option<Value> {
    match editor {
        Editor::Text(text) => Some(text.as_str().into()),
        Editor::List(items) => Some(items.clone().into()),
        Editor::Metadata(editor) => metadata(editor),
    }
}

fn metadata(editor: &MetadataEditor) -> Option<Value> {
    // The page's values that an edit keeps are unknown.
    editor.finish().ok().filter(|map| !map.values().any(is_original_mark)).map(Value::Object)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{encoded, visitor};
    use serde_json::json;

    #[test]
    fn a_captured_visitor_is_plain_text() {
        let shown = visitor(json!({
            "uniqueId": "{{user.id}}", "identities": ["{{name}}"], "tags": ["#vip"], "metadata": {"a": "{{b}}", "n": 1},
            "integrationIds": null,
        }));
        let taken = capture_visitor(&shown);
        let values =
            json!({"uniqueId": "\\{{user.id}}", "identities": ["\\{{name}}"], "metadata": {"a": "\\{{b}}", "n": 1}});
        assert_eq!((Value::Object(taken.values), taken.left_out), (values, vec![Field::Tags]));
    }

    #[test]
    fn unread_values_are_left_out() {
        let shown = encoded(json!({
            "identities": {"$": "proxy", "v": ["Ada"]}, "tags": {"$": "list", "v": ["#A"], "n": 5},
            "metadata": {"at": {"$": "Date", "v": "2024-03-01T09:00:00.000Z"}},
        }));
        let taken = capture_visitor(&shown);
        assert_eq!(Value::Object(taken.values), json!({"metadata": {"at": "2024-03-01T09:00:00.000Z"}}));
        assert_eq!(taken.left_out, [Field::Identities, Field::Tags]);
    }

    #[test]
    fn a_list_of_which_a_part_cannot_be_sent_is_left_out() {
        let of_parts =
            [json!([10203040506070809_u64, "Ada"]), json!([null, "Ada"]), json!(["", "Ada"]), json!([["Ada"], "Ada"])];
        for identities in of_parts {
            let taken =
                capture_visitor(&visitor(json!({ "identities": identities, "uniqueId": 10203040506070809_u64 })));
            assert_eq!(taken.values, Map::new(), "{identities}");
            assert_eq!(taken.left_out, [Field::UniqueId, Field::Identities]);
        }
        let taken = capture_visitor(&visitor(json!({"identities": [42, "Ada"], "tags": "#A"})));
        let values = json!({"identities": ["42", "Ada"], "tags": ["#A"]});
        assert_eq!((Value::Object(taken.values), taken.left_out), (values, vec![]));
    }

    #[test]
    fn a_captured_draft_keeps_placeholders_and_removals() {
        let mut draft = Draft::default();
        draft.set(Field::Tags, Change::Set(Editor::List(vec!["#{{TEAM}}".into()])));
        draft.set(Field::UniqueId, Change::Remove);
        draft.set(Field::Identities, Change::Set(Editor::List(vec![])));
        draft.set(Field::IntegrationIds, Change::Set(Editor::List(vec!["zendesk:1".into()])));
        let taken = capture_draft(&draft);
        let values = json!({"uniqueId": null, "tags": ["#{{TEAM}}"], "integrationIds": ["zendesk:1"]});
        assert_eq!((Value::Object(taken.values), taken.left_out), (values, vec![Field::Identities]));
    }
}
