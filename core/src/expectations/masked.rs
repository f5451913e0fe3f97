//! Verdicts without personal data.

use super::verdict::{Requirement, Subject};
use crate::recording::mask::{MaskContext, Masker};
use crate::visitor::page_value::PageValue;
use serde_json::Value;

impl Subject {
    /// How its values are masked.
    pub fn mask_context(&self) -> MaskContext {
        match self {
            Self::Field(field) => MaskContext::Field(*field),
            Self::SdkVersion | Self::Region => MaskContext::Unmasked,
            _ => MaskContext::Other,
        }
    }
}

impl Requirement {
    /// The requirement with the personal texts of the file masked like those of the page.
    pub fn masked(&self, masker: &mut Masker, subject: &Subject) -> Self {
        let context = subject.mask_context();
        match self {
            Self::OneOf(values) => {
                let json = |value: &Value| masker.value(&PageValue::decode_plain(value), context).to_json();
                Self::OneOf(values.iter().map(json).collect())
            }
            // A pattern may have the text that it looks for.
            Self::Matches(pattern) => Self::Matches(masker.text(pattern, context)),
            Self::Includes(item) => Self::Includes(masker.text(item, context)),
            Self::Excludes(item) => Self::Excludes(masker.text(item, context)),
            other => other.clone(),
        }
    }
}
