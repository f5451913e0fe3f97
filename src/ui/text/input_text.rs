//! Input errors, as text.

use crate::ui::i18n::*;
use inspector_core::edit::draft::ErrorKind;
use inspector_core::edit::metadata::{CellKind, MetadataError};

/// The text of an error; `in_item` if it concerns one item of a list and not the whole field.
pub fn error(kind: &ErrorKind, in_item: bool) -> String {
    match kind {
        ErrorKind::Empty if in_item => ERROR_EMPTY_ITEM.text(),
        ErrorKind::Empty => ERROR_EMPTY.text(),
        ErrorKind::EmptyList => ERROR_EMPTY_LIST.text(),
        ErrorKind::ReplacesUnread => ERROR_NOT_READ.text(),
        ErrorKind::DroppedBySdk => ERROR_DROPPED.text(),
        ErrorKind::TagPattern => FLAW_TAG_PATTERN.text(),
        ErrorKind::IntegrationPattern => FLAW_INTEGRATION_PATTERN.text(),
        ErrorKind::Metadata(error) => metadata(error),
    }
}

/// The stable name of an error, for the attribute `data-error`.
pub fn error_key(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Empty => "empty",
        ErrorKind::EmptyList => "empty-list",
        ErrorKind::ReplacesUnread => "not-read",
        ErrorKind::DroppedBySdk => "dropped-by-sdk",
        ErrorKind::TagPattern => "tag-pattern",
        ErrorKind::IntegrationPattern => "integration-pattern",
        ErrorKind::Metadata(MetadataError::KeyEmpty) => "key-empty",
        ErrorKind::Metadata(MetadataError::KeyTwice) => "key-twice",
        ErrorKind::Metadata(MetadataError::NotANumber) => "not-a-number",
        ErrorKind::Metadata(MetadataError::NotABoolean) => "not-a-boolean",
        ErrorKind::Metadata(MetadataError::NotJson { .. }) => "not-json",
        ErrorKind::Metadata(MetadataError::NotAnObject) => "not-an-object",
        ErrorKind::Metadata(MetadataError::TooLarge) => "too-large",
        ErrorKind::Metadata(MetadataError::NotOnPage(_)) => "not-on-page",
    }
}

fn metadata(error: &MetadataError) -> String {
    match error {
        MetadataError::KeyEmpty => ERROR_KEY_EMPTY.text(),
        MetadataError::KeyTwice => ERROR_KEY_TWICE.text(),
        MetadataError::NotANumber => ERROR_NOT_A_NUMBER.text(),
        MetadataError::NotABoolean => ERROR_NOT_A_BOOLEAN.text(),
        MetadataError::NotJson { line, column } => words::error_not_json(&line.to_string(), &column.to_string()),
        MetadataError::NotAnObject => ERROR_NOT_AN_OBJECT.text(),
        MetadataError::TooLarge => ERROR_TOO_LARGE.text(),
        MetadataError::NotOnPage(key) => words::error_not_on_page(key),
    }
}

/// The types to choose from for a metadata value.
pub fn cell_kind(kind: CellKind) -> Message {
    match kind {
        CellKind::Text => CELL_TEXT,
        CellKind::Number => CELL_NUMBER,
        CellKind::Boolean => CELL_BOOLEAN,
        CellKind::Null => CELL_NULL,
        CellKind::Json => CELL_JSON,
        CellKind::Kept => CELL_KEPT,
    }
}
