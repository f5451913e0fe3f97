//! Edits metadata as a table of keys and typed values, or as JSON.

use crate::json_read::{self, JsonError};
use crate::json_text::{compact, pretty};
use crate::visitor::page_value::{PageValue, is_original_mark, original_mark};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Maximum size of the JSON text of metadata, in bytes.
pub const MAX_JSON_BYTES: usize = 65_536;

/// The chosen type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CellKind {
    Text,
    Number,
    Boolean,
    Null,
    /// A list or an object, written as JSON.
    Json,
    /// The page's value, passed on unchanged. The text describes it.
    Kept,
}

impl CellKind {
    pub const ALL: [Self; 6] = [Self::Text, Self::Number, Self::Boolean, Self::Null, Self::Json, Self::Kept];

    /// A stable name, for control values.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Null => "null",
            Self::Json => "json",
            Self::Kept => "kept",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A key and its value as typed; may be invalid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    pub key: String,
    pub kind: CellKind,
    pub text: String,
}

/// The state of the editor. Invalid text is stored as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum MetadataEditor {
    Table(Vec<Row>),
    Json(String),
}

/// An error in typed metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MetadataError {
    KeyEmpty,
    KeyTwice,
    NotANumber,
    NotABoolean,
    /// Not JSON, with the line and column of the error, both starting at one.
    NotJson {
        line: usize,
        column: usize,
    },
    NotAnObject,
    TooLarge,
    /// The page's value of this key is to be kept, and a call can't pass one on.
    NotOnPage(String),
}

/// All errors with the index of their row; `None` for the text as a whole.
pub type RowErrors = Vec<(Option<usize>, MetadataError)>;

impl MetadataEditor {
    /// Creates a table editor of `map`.
    pub fn from_map(map: &Map<String, Value>) -> Self {
        Self::Table(map.iter().map(|(key, value)| Row::new(key, value)).collect())
    }

    /// An editor that shows metadata by its keys, as
    /// [`FieldReading::kept_keys`](super::visitor::FieldReading::kept_keys) returns them. A value without exact JSON
    /// keeps the page's value.
    pub fn from_entries(entries: &[(String, PageValue)]) -> Self {
        let row = |(key, value): &(String, PageValue)| match value.to_exact_json() {
            Some(exact) => Some(Row::new(key, &exact)),
            None if value.is_whole() && value.to_wire_json().is_none() => None,
            None => Some(Row::kept(key, value)),
        };
        Self::Table(entries.iter().filter_map(row).collect())
    }

    /// The same input, with rows that keep the page's value described by the present `entries` (see
    /// [`MetadataEditor::from_entries`]).
    pub fn describing(&self, entries: &[(String, PageValue)]) -> Self {
        let describe = |row: &Row| match row.kind {
            CellKind::Kept => Row { text: description(entry(entries, &row.key)), ..row.clone() },
            _ => row.clone(),
        };
        match self {
            Self::Table(rows) => Self::Table(rows.iter().map(describe).collect()),
            Self::Json(_) => self.clone(),
        }
    }

    /// The values to keep that are not in `entries`, the page's values that a call can pass on.
    pub fn not_on_page(&self, entries: &[(String, PageValue)]) -> RowErrors {
        let error = |place: Option<usize>, key: &str, value: &Value| {
            let is_missing = is_original_mark(value) && entry(entries, key).is_none();
            is_missing.then(|| (place, MetadataError::NotOnPage(key.to_owned())))
        };
        match self {
            Self::Table(rows) => {
                let rows = rows.iter().enumerate();
                rows.filter_map(|(i, row)| error(Some(i), &row.key, &row.value().ok()?)).collect()
            }
            Self::Json(text) => {
                let map = parse_object(text).unwrap_or_default();
                map.iter().filter_map(|(key, value)| error(None, key, value)).collect()
            }
        }
    }

    /// Returns the typed map, or all errors.
    pub fn finish(&self) -> Result<Map<String, Value>, RowErrors> {
        let map = match self {
            Self::Table(rows) => finish_rows(rows)?,
            Self::Json(text) => parse_object(text).map_err(|error| vec![(None, error)])?,
        };
        let size: usize = map.iter().map(|(key, value)| key.len() + compact(value).len()).sum();
        if size > MAX_JSON_BYTES { Err(vec![(None, MetadataError::TooLarge)]) } else { Ok(map) }
    }

    /// Returns the content in the other form; unchanged if it is invalid and can't be converted.
    pub fn switched(&self) -> Self {
        match (self, self.finish()) {
            (Self::Table(_), Ok(map)) => Self::Json(pretty(&Value::Object(map))),
            (Self::Json(_), Ok(map)) => Self::from_map(&map),
            (_, Err(_)) => self.clone(),
        }
    }
}

impl Row {
    fn new(key: &str, value: &Value) -> Self {
        let (kind, text) = match value {
            Value::String(text) => (CellKind::Text, text.clone()),
            Value::Number(n) => (CellKind::Number, n.as_str().to_owned()),
            Value::Bool(b) => (CellKind::Boolean, b.to_string()),
            Value::Null => (CellKind::Null, String::new()),
            mark if is_original_mark(mark) => (CellKind::Kept, String::new()),
            nested => (CellKind::Json, compact(nested)),
        };
        Self { key: key.to_owned(), kind, text }
    }

    fn kept(key: &str, value: &PageValue) -> Self {
        Self { key: key.to_owned(), kind: CellKind::Kept, text: description(Some(value)) }
    }

    fn value(&self) -> Result<Value, MetadataError> {
        let text = self.text.trim();
        match self.kind {
            CellKind::Text => Ok(Value::String(self.text.clone())),
            CellKind::Null => Ok(Value::Null),
            CellKind::Kept => Ok(original_mark()),
            CellKind::Number => json_read::read(text).ok().filter(Value::is_number).ok_or(MetadataError::NotANumber),
            CellKind::Boolean => text.parse().map(Value::Bool).map_err(|_| MetadataError::NotABoolean),
            CellKind::Json => json_read::read(text).map_err(not_json),
        }
    }
}

fn entry<'a>(entries: &'a [(String, PageValue)], key: &str) -> Option<&'a PageValue> {
    entries.iter().find(|(own, _)| own == key).map(|(_, value)| value)
}

/// The text that describes a kept value.
fn description(value: Option<&PageValue>) -> String {
    match value {
        Some(PageValue::Converted { text, .. }) => text.clone(),
        _ => String::new(),
    }
}

fn finish_rows(rows: &[Row]) -> Result<Map<String, Value>, RowErrors> {
    let (mut map, mut errors) = (Map::new(), vec![]);
    for (i, row) in rows.iter().enumerate() {
        if row.key.is_empty() {
            errors.push((Some(i), MetadataError::KeyEmpty));
        } else if map.contains_key(&row.key) {
            errors.push((Some(i), MetadataError::KeyTwice));
        }
        match row.value() {
            Ok(value) => drop(map.insert(row.key.clone(), value)),
            Err(error) => errors.push((Some(i), error)),
        }
    }
    if errors.is_empty() { Ok(map) } else { Err(errors) }
}

fn parse_object(text: &str) -> Result<Map<String, Value>, MetadataError> {
    if text.len() > MAX_JSON_BYTES {
        return Err(MetadataError::TooLarge);
    }
    match json_read::read(text).map_err(not_json)? {
        Value::Object(map) => Ok(map),
        _ => Err(MetadataError::NotAnObject),
    }
}

fn not_json(JsonError { line, column, .. }: JsonError) -> MetadataError {
    MetadataError::NotJson { line, column }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn row(key: &str, kind: CellKind, text: &str) -> Row {
        Row { key: key.into(), kind, text: text.into() }
    }

    #[test]
    fn types_survive_both_forms() {
        let Value::Object(map) = json!({"plan": "12", "seats": 12, "trial": false, "end": null, "more": {"a": [1]}})
        else {
            panic!()
        };
        let table = MetadataEditor::from_map(&map);
        assert_eq!(table.finish().as_ref(), Ok(&map));
        let text = table.switched();
        assert!(matches!(text, MetadataEditor::Json(_)));
        assert_eq!(text.finish().as_ref(), Ok(&map));
        assert_eq!(text.switched(), table);
    }

    #[test]
    fn each_row_names_its_own_error() {
        let rows = vec![
            row("", CellKind::Text, "x"),
            row("a", CellKind::Number, "12,5"),
            row("a", CellKind::Boolean, "yes"),
            row("b", CellKind::Json, "{"),
            row("b", CellKind::Null, ""),
        ];
        let errors = MetadataEditor::Table(rows).finish().unwrap_err();
        let expected = [
            (Some(0), MetadataError::KeyEmpty),
            (Some(1), MetadataError::NotANumber),
            (Some(2), MetadataError::NotABoolean),
            (Some(3), MetadataError::NotJson { line: 1, column: 1 }),
        ];
        assert_eq!(errors, expected);
        let twice = MetadataEditor::Table(vec![row("a", CellKind::Text, "1"), row("a", CellKind::Text, "2")]);
        assert_eq!(twice.finish(), Err(vec![(Some(1), MetadataError::KeyTwice)]));
    }

    #[test]
    fn invalid_json_is_stored_as_typed() {
        let typed = MetadataEditor::Json("{\n  \"a\": 1,\n}".into());
        assert_eq!(typed.finish(), Err(vec![(None, MetadataError::NotJson { line: 3, column: 1 })]));
        assert_eq!(typed.switched(), typed);
        assert_eq!(MetadataEditor::Json("[1]".into()).finish(), Err(vec![(None, MetadataError::NotAnObject)]));
        let large = format!("{{\"a\": \"{}\"}}", "x".repeat(MAX_JSON_BYTES));
        assert_eq!(MetadataEditor::Json(large).finish(), Err(vec![(None, MetadataError::TooLarge)]));
    }
}
