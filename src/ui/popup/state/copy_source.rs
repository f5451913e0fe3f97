//! Copied text that a lazy part writes: masked text and every report. This code isn't needed for the popup's start.

use super::calls::calls_text;
use super::parts::Mode;
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::page_report::Report;
use inspector_core::page_report::export::{page_report, plain_text};
use inspector_core::recording::mask::{MaskContext, Masker};
use inspector_core::visitor::Field;
use inspector_core::visitor::page_value::PageValue;

/// The source of a text to copy.
#[derive(Clone, Debug, PartialEq)]
pub enum CopySource {
    /// A report on the frames of a page; `at` in milliseconds since the epoch.
    Report { frames: Vec<Report>, at: i64, masked: bool },
    /// The masked calls that apply an edit.
    Calls(Mode, VisitorPatch),
    /// The masked value of a field.
    Value(Field, PageValue),
    /// A masked text.
    Text(MaskContext, String),
    /// A masked URL.
    Address(String),
}

impl CopySource {
    /// Returns the text for the clipboard; `None` if masking leaves nothing to copy.
    pub fn write(self) -> Option<String> {
        let masker = &mut Masker::default();
        match self {
            Self::Report { frames, at, masked: false } => Some(page_report(frames.iter(), at, false)),
            Self::Report { frames, at, masked: true } => {
                let frames: Vec<_> = frames.iter().map(|report| report.masked(masker)).collect();
                Some(page_report(frames.iter(), at, true))
            }
            Self::Calls(mode, patch) => {
                let argument = masker.value(&PageValue::decode_plain(&patch.argument()), MaskContext::Other);
                Some(calls_text(mode, &VisitorPatch::from_argument(&argument.to_json())?))
            }
            Self::Value(field, value) => Some(plain_text(&masker.value(&value, MaskContext::Field(field)))),
            Self::Text(context, text) => Some(masker.text(&text, context)),
            Self::Address(address) => Some(masker.url(&address)),
        }
    }
}
