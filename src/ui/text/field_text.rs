//! The names of the fields, and the placeholders of their inputs.

use super::list;
use crate::ui::i18n::*;
use inspector_core::visitor::Field;

pub fn name(field: Field) -> Message {
    match field {
        Field::UniqueId => FIELD_UNIQUE_ID,
        Field::Identities => FIELD_IDENTITIES,
        Field::Tags => FIELD_TAGS,
        Field::IntegrationIds => FIELD_INTEGRATION_IDS,
        Field::Metadata => FIELD_METADATA,
    }
}

/// The placeholder of the field's input.
pub fn placeholder(field: Field) -> Message {
    match field {
        Field::UniqueId => TEXT_PLACEHOLDER,
        Field::Identities => ADD_IDENTITY,
        Field::Tags => ADD_TAG,
        Field::IntegrationIds => ADD_INTEGRATION,
        Field::Metadata => ADD_KEY,
    }
}

/// The names of several fields, in one text.
pub fn names(fields: impl IntoIterator<Item = Field>) -> String {
    list::joined(fields.into_iter().map(|field| name(field).text()))
}
