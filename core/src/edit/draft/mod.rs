//! A draft of an edit. Invalid input is stored as typed; only [`Draft::finish`] returns a patch to send.

use crate::edit::change::Change;
use crate::edit::metadata::{MetadataEditor, MetadataError};
use crate::edit::patch::{VisitorPatch, integration_list};
use crate::js_number::loses_digits;
use crate::visitor::edges;
use crate::visitor::flaw::{Flaw, FlawKind, flaws, item_text_flaw, plain_text_flaw};
use crate::visitor::page_value::PageValue;
use crate::visitor::{Field, PerField, Shape, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The input of one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Editor {
    Text(String),
    List(Vec<String>),
    Metadata(MetadataEditor),
}

/// A draft of an edit: for each field keep, set (as typed) or remove.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(from = "DraftFormat", into = "DraftFormat")]
pub struct Draft {
    changes: PerField<Change<Editor>>,
    /// The fields whose unread parts the person agreed to replace. Not stored, so that the person is asked again.
    replaced: Vec<Field>,
}

/// The form in which a draft is stored and sent.
#[derive(Serialize, Deserialize)]
struct DraftFormat {
    /// The changed fields by their keys. Unknown keys are omitted.
    changes: BTreeMap<String, Change<Editor>>,
}

impl From<Draft> for DraftFormat {
    fn from(draft: Draft) -> Self {
        let changes = draft.changes.into_iter().filter(|(_, change)| !change.is_keep());
        Self { changes: changes.map(|(field, change)| (field.key().to_owned(), change)).collect() }
    }
}

impl From<DraftFormat> for Draft {
    fn from(mut format: DraftFormat) -> Self {
        let changes = PerField::from_fn(|field: Field| format.changes.remove(field.key()).unwrap_or_default());
        Self { changes, replaced: vec![] }
    }
}

/// An error that prevents a draft from being sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub field: Field,
    /// The index of the list item or metadata row; `None` for the field as a whole.
    pub item: Option<usize>,
    pub kind: ErrorKind,
    /// A replacement text, if one is obvious.
    pub repair: Option<String>,
}

/// The kinds of errors in typed input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    Empty,
    /// A list without items. Removing is a separate choice.
    EmptyList,
    /// Setting the field replaces unread parts of the value.
    ReplacesUnread,
    /// A text that the SDK silently ignores (*seen*).
    DroppedBySdk,
    TagPattern,
    IntegrationPattern,
    Metadata(MetadataError),
}

impl Draft {
    /// The change of `field`.
    pub fn change(&self, field: Field) -> &Change<Editor> {
        &self.changes[field]
    }

    pub fn set(&mut self, field: Field, change: Change<Editor>) {
        if change.is_keep() {
            self.replaced.retain(|replaced| *replaced != field);
        }
        self.changes[field] = change;
    }

    /// Records that the person agrees to replace the unread parts of `field`.
    pub fn replace_unread(&mut self, field: Field) {
        self.replaced.push(field);
    }

    /// Creates the draft of `patch`.
    pub fn from_patch(patch: &VisitorPatch) -> Self {
        let mut draft = Self::default();
        for field in patch.fields() {
            let change = match patch.change(field) {
                Change::Set(Value::Object(map)) => Change::Set(Editor::Metadata(MetadataEditor::from_map(map))),
                Change::Set(value) => {
                    Change::Set(Editor::from_value(field, Some(&PageValue::decode_plain(value)), None))
                }
                Change::Remove => Change::Remove,
                Change::Keep => Change::Keep,
            };
            draft.set(field, change);
        }
        draft
    }

    /// Whether the draft changes nothing.
    pub fn is_empty(&self) -> bool {
        self.changes.values().all(Change::is_keep)
    }

    /// Returns the patch for the current `visitor`, or all errors. `Ok(None)` if the draft changes nothing.
    pub fn finish(&self, visitor: &Visitor) -> Result<Option<VisitorPatch>, Vec<FieldError>> {
        let (mut changes, mut errors) = (vec![], vec![]);
        for field in Field::ALL {
            if self.replaces_unread(field, visitor) {
                errors.push(FieldError { field, item: None, kind: ErrorKind::ReplacesUnread, repair: None });
            }
            match finish_field(field, self.change(field), visitor) {
                Ok(change) => changes.push((field, change)),
                Err(found) => errors.extend(found),
            }
        }
        if errors.is_empty() { Ok(VisitorPatch::new(changes)) } else { Err(errors) }
    }

    /// Whether setting `field` would replace unread parts without the person's consent.
    fn replaces_unread(&self, field: Field, visitor: &Visitor) -> bool {
        let is_set = matches!(self.change(field), Change::Set(_));
        is_set && !self.replaced.contains(&field) && visitor.field(field).replaces_unread(field)
    }
}

impl Editor {
    /// Creates an editor with the known value of `field`. A malformed value is converted to the documented type if
    /// possible: a number to its text, a single string to a list.
    pub fn starting_from(field: Field, visitor: &Visitor) -> Self {
        let read = visitor.field(field);
        Self::from_value(field, read.now.value(), read.kept_keys())
    }

    /// `kept`: the entries of the metadata, if a call can keep each.
    fn from_value(field: Field, value: Option<&PageValue>, kept: Option<Vec<(String, PageValue)>>) -> Self {
        match field.shape() {
            Shape::Text => Self::Text(value.filter(|value| !is_rounded(value)).map(text_of).unwrap_or_default()),
            Shape::Metadata if kept.is_some() => {
                Self::Metadata(MetadataEditor::from_entries(&kept.unwrap_or_default()))
            }
            Shape::Metadata => {
                let map = value.and_then(|value| value.to_exact_json().or_else(|| value.to_wire_json()));
                let map = map.as_ref().and_then(Value::as_object).cloned().unwrap_or_else(Map::new);
                Self::Metadata(MetadataEditor::from_map(&map))
            }
            Shape::List => Self::List(value.map(items_of).unwrap_or_default()),
        }
    }

    /// Creates an editor with the repair of one flaw applied, if it has one.
    pub fn repairing(field: Field, visitor: &Visitor, flaw: &Flaw) -> Self {
        let editor = Self::starting_from(field, visitor);
        match (editor, &flaw.repair, visitor.field(field).now.value()) {
            (Self::Text(_), Some(repair), _) => Self::Text(repair.clone()),
            (Self::List(mut items), Some(repair), Some(PageValue::List(raw, _))) => {
                let wrong = flaw.item.and_then(|index| raw.get(index)).map(text_of);
                items
                    .iter_mut()
                    .filter(|item| Some(item.as_str()) == wrong.as_deref())
                    .for_each(|item| item.clone_from(repair));
                Self::List(items)
            }
            (editor, ..) => editor,
        }
    }
}

/// Whether it is a number that lost digits in the page, and so isn't the intended ID.
fn is_rounded(value: &PageValue) -> bool {
    matches!(value, PageValue::Number(n) if loses_digits(n))
}

fn text_of(value: &PageValue) -> String {
    match value {
        PageValue::Text(text) | PageValue::Converted { text, .. } => text.clone(),
        PageValue::Number(n) => n.as_str().to_owned(),
        PageValue::Bool(b) => b.to_string(),
        _ => String::new(),
    }
}

fn items_of(value: &PageValue) -> Vec<String> {
    match value {
        PageValue::List(items, _) => {
            items.iter().filter(|item| !is_rounded(item)).map(text_of).filter(|text| !text.is_empty()).collect()
        }
        lone => Some(text_of(lone)).filter(|text| !text.is_empty()).into_iter().collect(),
    }
}

fn finish_field(field: Field, change: &Change<Editor>, visitor: &Visitor) -> Result<Change<Value>, Vec<FieldError>> {
    let editor = match change {
        Change::Keep => return Ok(Change::Keep),
        Change::Remove => return Ok(Change::Remove),
        Change::Set(editor) => editor,
    };
    let value = match editor {
        Editor::Text(text) => finish_text(field, text)?,
        Editor::List(items) => finish_list(field, items, visitor)?,
        Editor::Metadata(editor) => Value::Object(finish_metadata(editor, visitor)?),
    };
    Ok(Change::Set(value))
}

/// Trims invisible characters.
fn finish_text(field: Field, text: &str) -> Result<Value, Vec<FieldError>> {
    let text = edges::trim(text);
    match plain_text_flaw(text).and_then(|(flaw, _)| error_kind(flaw)) {
        Some(kind) => Err(vec![FieldError { field, item: None, kind, repair: None }]),
        None => Ok(text.into()),
    }
}

fn finish_list(field: Field, items: &[String], visitor: &Visitor) -> Result<Value, Vec<FieldError>> {
    if items.is_empty() {
        return Err(vec![FieldError { field, item: None, kind: ErrorKind::EmptyList, repair: None }]);
    }
    let items: Vec<_> = items.iter().map(|item| edges::trim(item).to_owned()).collect();
    let error = |(i, text): (usize, &String)| {
        let (flaw, repair) = item_text_flaw(field, text)?;
        Some(FieldError { field, item: Some(i), kind: error_kind(flaw)?, repair })
    };
    let errors: Vec<_> = items.iter().enumerate().filter_map(error).collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let sent = match field {
        Field::IntegrationIds => integration_list(&visitor.field(field).strings().unwrap_or_default(), &items),
        _ => items,
    };
    Ok(sent.into())
}

fn finish_metadata(editor: &MetadataEditor, visitor: &Visitor) -> Result<Map<String, Value>, Vec<FieldError>> {
    let error =
        |(item, kind)| FieldError { field: Field::Metadata, item, kind: ErrorKind::Metadata(kind), repair: None };
    let missing = editor.not_on_page(&visitor.field(Field::Metadata).kept_keys().unwrap_or_default());
    match editor.finish() {
        Ok(map) if missing.is_empty() => Ok(map),
        finished => Err(finished.err().into_iter().flatten().chain(missing).map(error).collect()),
    }
}

/// The flaws that prevent an edit from being sent. A template or a missing part doesn't, since the person typed it; see
/// [`oddities`].
fn error_kind(flaw: FlawKind) -> Option<ErrorKind> {
    match flaw {
        FlawKind::Empty => Some(ErrorKind::Empty),
        FlawKind::Placeholder | FlawKind::NothingAsText => Some(ErrorKind::DroppedBySdk),
        FlawKind::TagPattern => Some(ErrorKind::TagPattern),
        FlawKind::IntegrationPattern => Some(ErrorKind::IntegrationPattern),
        _ => None,
    }
}

/// The suspicious values of a patch that are sent anyway, each kind once.
pub fn oddities(patch: &VisitorPatch) -> Vec<FlawKind> {
    let mut found = vec![];
    for field in patch.fields() {
        let Change::Set(value) = patch.change(field) else { continue };
        for Flaw { kind, .. } in flaws(field, &PageValue::decode_plain(value)) {
            let odd = [FlawKind::Template, FlawKind::MissingPart, FlawKind::Escaped, FlawKind::DigitsLost];
            if odd.contains(&kind) && !found.contains(&kind) {
                found.push(kind);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
