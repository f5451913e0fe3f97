//! What is copied with masks in the place of personal data, and every report. A lazy part writes the text, so that the popup
//! starts without what that takes.

use super::copying::calls_text;
use super::model::Mode;
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::page_report::Report;
use inspector_core::page_report::export::{as_text, page_report};
use inspector_core::recording::mask::{MaskContext, Masker};
use inspector_core::visitor::Field;
use inspector_core::visitor::page_value::PageValue;

/// Something to copy, before its text is written.
#[derive(Clone, Debug, PartialEq)]
pub enum CopySource {
    /// The report on a page's frames; `at` in milliseconds since the epoch.
    Report { frames: Vec<Report>, at: i64, masked: bool },
    /// The calls that apply an edit, masked.
    Calls(Mode, VisitorPatch),
    /// A field's value, masked.
    Value(Field, PageValue),
    /// A text, masked.
    Text(MaskContext, String),
    /// An address, masked.
    Address(String),
}

impl CopySource {
    /// The text for the clipboard; `None` where masking leaves nothing to copy.
    pub fn write(self) -> Option<String> {
        let masks = &mut Masker::default();
        match self {
            Self::Report { frames, at, masked: false } => Some(page_report(frames.iter(), at, false)),
            Self::Report { frames, at, masked: true } => {
                let frames: Vec<_> = frames.iter().map(|report| report.masked(masks)).collect();
                Some(page_report(frames.iter(), at, true))
            }
            Self::Calls(mode, patch) => {
                let argument = masks.value(&PageValue::decode(patch.argument()), MaskContext::Other);
                Some(calls_text(mode, &VisitorPatch::from_argument(&argument.to_json())?))
            }
            Self::Value(field, value) => Some(as_text(&masks.value(&value, MaskContext::Field(field)))),
            Self::Text(context, text) => Some(masks.text(&text, context)),
            Self::Address(address) => Some(masks.url(&address)),
        }
    }
}
