//! What the popup shows of a recording beside the visitor.

use inspector_core::recording::history::ValueKey;
use inspector_core::visitor::page_value::PageValue;

/// What the recording contains about one document.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct RecordingSummary {
    pub origins: Vec<RecordedOrigin>,
    /// The number of findings more severe than a note.
    pub problems: u32,
    /// The number of expectations that are not met.
    pub failing: u32,
}

/// Who set a value, according to the recording.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedOrigin {
    pub key: ValueKey,
    /// The text to show.
    pub text: String,
    /// The value of `data-cause`.
    pub cause: String,
    /// The value that the SDK sent; `None` if it wasn't recorded.
    pub sent: Option<PageValue>,
}
