//! The five fields and their edits.

use crate::ui::i18n::*;
use crate::ui::popup::state::Warning;
use inspector_core::page_report::connection::Idle;
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
pub fn names(fields: &[Field]) -> String {
    fields.iter().map(|field| name(*field).text()).collect::<Vec<_>>().join(", ")
}

pub fn warning(warning: Warning) -> Message {
    match warning {
        Warning::NotTaken => WARN_NOT_TAKEN,
        Warning::WillWait(Idle::DeadQueue) => WARN_DEAD_QUEUE,
        Warning::WillWait(Idle::ThroughParent) => WARN_THROUGH_PARENT,
        Warning::WillWait(Idle::AfterReset) => WARN_AFTER_RESET,
        Warning::WillWait(_) => WARN_WILL_WAIT,
        Warning::Down => WARN_DOWN,
        Warning::MetadataLost => WARN_METADATA_LOST,
        Warning::IdsUnknown => WARN_IDS_UNKNOWN,
        Warning::ClearsSystem => WARN_CLEARS_SYSTEM,
        Warning::ListsAsText => WARN_LISTS_AS_TEXT,
        Warning::Unfinished => WARN_UNFINISHED,
        Warning::DigitsLost => FLAW_DIGITS_LOST,
    }
}
